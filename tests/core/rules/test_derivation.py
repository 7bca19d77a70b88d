"""Derived facts: only where absent, always marked, and dates to the day."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from huiqi.core.rules.derivation import date_reaching, derive, full_months, inputs_to_ask
from huiqi.core.standards.size_class import Bounds, SizeRow, SizeStandard

AS_OF = date(2026, 6, 30)
# Two trades of the 2017 standard: 餐饮业 by persons and revenue, 农林牧渔业 by revenue alone.
CATERING = SizeRow("餐饮业", ("H62",), (), Bounds(300, 100, 10), Bounds(10_000, 2_000, 100), None)
FARMING = SizeRow("农林牧渔业", ("A",), (), None, Bounds(20_000, 500, 50), None)
STANDARD = SizeStandard("test", (CATERING, FARMING), ("J",))

days = st.dates(date(1996, 1, 1), date(2030, 12, 31))


@given(days, st.integers(0, 400))
@example(date(2024, 1, 31), 1)
@example(date(2024, 2, 29), 12)
@example(date(2023, 12, 31), 2)
@example(date(2000, 2, 29), 48)
def test_date_reaching_is_the_first_day_with_so_many_full_months(start: date, months: int) -> None:
    day = date_reaching(start, months)
    assert full_months(start, day) >= months
    assert full_months(start, day - timedelta(days=1)) < months


@given(days, days)
def test_full_months_count_each_month_end_once(start: date, end: date) -> None:
    """An independent count: the day of the month comes round, or the month is too short to have it."""
    start, end = sorted((start, end))
    count, day = 0, start
    while (day := day + timedelta(days=1)) <= end:
        is_overdue = day.day == 1 and (day - timedelta(days=1)).day < start.day
        count += day.day == start.day or is_overdue
    assert full_months(start, end) == count


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2025-06-30", "2026-06-29", 11),
        ("2025-06-30", "2026-06-30", 12),
        ("2024-02-29", "2025-02-28", 11),
        ("2024-02-29", "2025-03-01", 12),
        ("2024-01-31", "2024-02-29", 0),
        ("2024-01-31", "2024-03-01", 1),
        ("2026-06-30", "2026-06-30", 0),
    ],
)
def test_a_month_begun_is_not_counted(start: str, end: str, months: int) -> None:
    assert full_months(date.fromisoformat(start), date.fromisoformat(end)) == months


def test_months_are_derived_from_the_founding_date_and_marked() -> None:
    found = derive({"established_on": date(2024, 6, 30)}, AS_OF, None)
    assert found.facts["months_since_established"] == 24
    assert found.derived == {"months_since_established"}


def test_what_is_given_is_never_derived_again() -> None:
    facts = {"established_on": date(2024, 6, 30), "months_since_established": 3, "size_class": "large",
             "industry_code": "H6210", "employees": 1, "annual_revenue_cny": 1}  # fmt: skip
    found = derive(facts, AS_OF, STANDARD)
    assert found.facts == facts
    assert found.derived == frozenset()


def test_nothing_is_derived_from_nothing() -> None:
    assert derive({}, AS_OF, STANDARD).derived == frozenset()
    assert derive({"employees": 3}, AS_OF, STANDARD).derived == frozenset()


@pytest.mark.parametrize(
    ("facts", "size"),
    [
        ({"employees": 9, "annual_revenue_cny": 50_000_000}, "micro"),
        ({"employees": 9}, "micro"),
        ({"employees": 10}, None),
        ({"employees": 10, "annual_revenue_cny": 1_000_000}, "small"),
        ({"employees": 10, "annual_revenue_cny": 999_999}, "micro"),
        ({"employees": 300, "annual_revenue_cny": 100_000_000}, "large"),
        ({"employees": 300, "annual_revenue_cny": 99_999_999}, "medium"),
        ({"annual_revenue_cny": 1_000_000}, None),
    ],
)
def test_the_size_of_a_noodle_shop_follows_the_standard_or_stays_unknown(
    facts: dict, size: str | None
) -> None:
    found = derive({"industry_code": "H6210", **facts}, AS_OF, STANDARD)
    assert found.facts.get("size_class") == size
    assert found.derived == ({"size_class"} if size else frozenset())


@pytest.mark.parametrize("industry_code", ["H", "J66", "C13"])
def test_a_trade_too_coarse_or_outside_the_standard_has_no_size(industry_code: str) -> None:
    facts = {"industry_code": industry_code, "employees": 1, "annual_revenue_cny": 1, "total_assets_cny": 1}
    assert derive(facts, AS_OF, STANDARD).derived == frozenset()


amounts = st.sampled_from([0, 9, 10, 100, 300, 1_000_000, 20_000_000, 200_000_000])
size_facts = st.fixed_dictionaries(
    {},
    optional={
        "industry_code": st.sampled_from(["H6210", "A0111", "H"]),
        "employees": amounts,
        "annual_revenue_cny": amounts,
        "total_assets_cny": amounts,
    },
)


@given(size_facts, st.data())
def test_learning_more_never_changes_a_size_already_known(facts: dict, data: st.DataObject) -> None:
    kept = data.draw(st.sets(st.sampled_from(sorted(facts)))) if facts else set()
    before = derive({fact_id: facts[fact_id] for fact_id in kept}, AS_OF, STANDARD).facts.get("size_class")
    assert before in (None, derive(facts, AS_OF, STANDARD).facts.get("size_class"))


def test_for_a_derived_fact_the_owner_is_asked_what_it_is_computed_from() -> None:
    assert inputs_to_ask("months_since_established", {}, STANDARD) == ("established_on",)
    assert inputs_to_ask("size_class", {}, STANDARD) == ("industry_code",)
    known = {"industry_code": "H6210", "employees": 20}
    assert inputs_to_ask("size_class", known, STANDARD) == ("annual_revenue_cny",)
    assert inputs_to_ask("size_class", {"industry_code": "J66"}, STANDARD) == ("size_class",)
    assert inputs_to_ask("size_class", {}, None) == ("size_class",)
    assert inputs_to_ask("owner_age", {}, STANDARD) == ("owner_age",)
