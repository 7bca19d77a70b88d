"""Working days with 调休; a year without a table is never guessed in silence."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.catalogue.standards import load_workdays
from huiqi.core.standards.workdays import (
    MissingWorkdayTable,
    WorkdayTable,
    add_workdays,
    is_workday,
    workdays_between,
)

TABLE = load_workdays()
days = st.dates(date(2023, 1, 1), date(2026, 9, 1))


def test_saturday_worked_in_exchange_is_a_workday_and_the_holiday_is_none():
    assert is_workday(date(2026, 1, 4), TABLE)  # Sunday worked for the new year
    assert not is_workday(date(2026, 1, 1), TABLE)
    assert not is_workday(date(2026, 1, 10), TABLE)


def test_day_of_the_event_is_not_counted():
    assert add_workdays(date(2026, 3, 2), 1, TABLE).day == date(2026, 3, 3)
    assert add_workdays(date(2026, 3, 6), 5, TABLE).day == date(2026, 3, 13)


def test_zero_days_end_today_or_on_the_next_workday():
    assert add_workdays(date(2026, 3, 2), 0, TABLE).day == date(2026, 3, 2)
    assert add_workdays(date(2026, 3, 7), 0, TABLE).day == date(2026, 3, 9)


def test_national_day_week_is_jumped_over():
    assert add_workdays(date(2026, 9, 30), 1, TABLE).day == date(2026, 10, 8)


def test_year_without_a_table_raises_and_says_which():
    with pytest.raises(MissingWorkdayTable, match="2027年") as raised:
        add_workdays(date(2026, 12, 28), 10, TABLE)
    assert raised.value.year == 2027
    with pytest.raises(MissingWorkdayTable):
        workdays_between(date(2026, 12, 28), date(2027, 1, 4), TABLE)


def test_estimate_counts_monday_to_friday_and_says_so():
    reached = add_workdays(date(2026, 12, 30), 3, TABLE, estimate_beyond=True)
    assert (reached.day, reached.is_estimated) == (date(2027, 1, 4), True)
    within = add_workdays(date(2026, 12, 30), 1, TABLE, estimate_beyond=True)
    assert (within.day, within.is_estimated) == (date(2026, 12, 31), False)
    counted = workdays_between(date(2026, 12, 30), date(2027, 1, 4), TABLE, estimate_beyond=True)
    assert (counted.count, counted.is_estimated) == (3, True)


@given(days, st.integers(1, 60))
def test_counting_back_gives_the_number_counted_forward(start, count):
    reached = add_workdays(start, count, TABLE, estimate_beyond=True).day
    assert workdays_between(start, reached, TABLE, estimate_beyond=True).count == count
    assert is_workday(reached, TABLE, estimate_beyond=True)


@given(days, st.integers(0, 200), st.integers(0, 200))
def test_spans_add_up_and_run_backwards_negatively(start, first, second):
    middle, end = start + timedelta(first), start + timedelta(first + second)

    def between(a, b):
        return workdays_between(a, b, TABLE, estimate_beyond=True).count

    assert between(start, middle) + between(middle, end) == between(start, end)
    assert between(end, start) == -between(start, end)


def test_negative_number_of_days_is_refused():
    with pytest.raises(ValueError, match="不能为负"):
        add_workdays(date(2026, 3, 2), -1, TABLE)


def test_table_that_says_both_of_one_day_is_refused():
    day = frozenset({date(2026, 1, 4)})
    with pytest.raises(ValueError, match="2026-01-04"):
        WorkdayTable(frozenset({2026}), day, day)
