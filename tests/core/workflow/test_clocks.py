"""When something is due: working and calendar days, pauses, and years nobody announced yet."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from huiqi.core.standards.workdays import is_workday
from huiqi.core.workflow.clocks import Clock, ClockError, ClockRule, Light, Pause, Unit
from tests.core.workflow.calendars import DAY, LATER, TABLE, clocks, days, slow_due

FRIDAY, SATURDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)
FIVE = ClockRule("answer", "答复", 5, amber_left=2, red_left=1)
BANK = ClockRule("decision", "银行答复", 30, Unit.CALENDAR_DAYS, amber_left=10, red_left=3)


def due(clock: Clock, as_of: date = FRIDAY) -> date:
    return clock.due(TABLE, as_of).on


def test_the_day_of_the_start_is_not_counted() -> None:
    assert due(Clock(FIVE, FRIDAY)) == date(2026, 11, 27)
    assert due(Clock(FIVE, SATURDAY)) == date(2026, 11, 27)


def test_a_term_ends_with_the_end_of_its_last_day() -> None:
    shanghai = ZoneInfo("Asia/Shanghai")
    end = Clock(FIVE, FRIDAY).due(TABLE, FRIDAY).ends_at(shanghai)
    assert end.isoformat() == "2026-11-28T00:00:00+08:00"


def test_a_term_of_calendar_days_that_ends_on_a_day_off_ends_on_the_next_working_day() -> None:
    assert due(Clock(BANK, date(2026, 11, 20))) == date(2026, 12, 21)  # the 20th is a Sunday
    assert due(Clock(BANK, date(2026, 9, 3))) == date(2026, 10, 8)  # in the middle of the national days


def test_at_once_means_today_or_the_next_working_day() -> None:
    at_once = ClockRule("at-once", "即办", 0, amber_left=0)
    assert due(Clock(at_once, FRIDAY)) == FRIDAY
    assert due(Clock(at_once, SATURDAY)) == MONDAY


def test_who_pauses_on_the_last_day_has_the_day_of_resuming() -> None:
    last = due(Clock(FIVE, FRIDAY))
    resumed = Clock(FIVE, FRIDAY).pause(last, "等材料", TABLE).resume(last + DAY * 4)
    assert due(resumed) == last + DAY * 4


def test_resuming_on_a_day_off_leaves_the_next_working_day() -> None:
    last = due(Clock(FIVE, FRIDAY))
    resumed = Clock(FIVE, FRIDAY).pause(last, "等材料", TABLE).resume(last + DAY)
    assert (last + DAY).weekday() == 5
    assert due(resumed) == last + DAY * 3


def test_pausing_twice_is_refused_and_says_what_it_waits_for() -> None:
    paused = Clock(FIVE, FRIDAY).pause(MONDAY, "等税务回函", TABLE)
    with pytest.raises(ClockError, match="等税务回函"):
        paused.pause(MONDAY + DAY, "再等", TABLE)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda clock: clock.resume(MONDAY), "没有暂停"),
        (lambda clock: clock.pause(MONDAY, "  ", TABLE), "为什么暂停"),
        (lambda clock: clock.pause(FRIDAY - DAY, "等", TABLE), "不能早于 2026年11月20日"),
        (lambda clock: clock.pause(MONDAY + DAY * 7, "等", TABLE), "期限已经过了"),
        (lambda clock: clock.stop(MONDAY).pause(MONDAY, "等", TABLE), "已经结束"),
        (lambda clock: clock.stop(MONDAY).stop(MONDAY), "已经结束"),
        (lambda clock: clock.pause(MONDAY, "等", TABLE).resume(FRIDAY), "不能早于 2026年11月23日"),
    ],
)
def test_what_a_clock_cannot_do_is_refused_in_words(act, said: str) -> None:
    with pytest.raises(ClockError, match=said):
        act(Clock(FIVE, FRIDAY))


def test_a_bank_is_amber_on_day_20_and_red_on_day_27() -> None:
    clock = Clock(BANK, date(2026, 3, 2))  # thirty days on is a working day
    on = {day: clock.light(TABLE, clock.started_on + DAY * day) for day in (19, 20, 26, 27, 30, 31)}
    assert list(on.values()) == [Light.CALM, Light.AMBER, Light.AMBER, Light.RED, Light.RED, Light.OVERDUE]


def test_the_day_after_the_last_is_overdue_even_where_it_is_a_day_off() -> None:
    clock = Clock(FIVE, FRIDAY)
    assert clock.days_left(TABLE, due(clock)) == 0
    assert clock.days_left(TABLE, due(clock) + DAY) == -1
    assert clock.light(TABLE, due(clock) + DAY) is Light.OVERDUE


def test_a_stopped_clock_shines_no_more() -> None:
    assert Clock(FIVE, FRIDAY).pause(MONDAY, "等", TABLE).light(TABLE, MONDAY) is Light.PAUSED
    assert Clock(FIVE, FRIDAY).pause(MONDAY, "等", TABLE).stop(MONDAY).light(TABLE, MONDAY) is Light.STOPPED


def test_a_year_nobody_announced_is_estimated_and_becomes_certain_with_its_table() -> None:
    clock = Clock(ClockRule("long", "办理", 30), date(2026, 12, 20))
    guess, certain = clock.due(TABLE, clock.started_on), clock.due(LATER, clock.started_on)
    assert (guess.is_estimated, certain.is_estimated) == (True, False)
    assert (guess.on, certain.on) == (date(2027, 1, 29), date(2027, 2, 1))


def test_only_the_last_day_of_calendar_days_asks_for_a_table() -> None:
    clock = Clock(ClockRule("long", "办理", 400, Unit.CALENDAR_DAYS), date(2025, 1, 1))
    assert not clock.due(TABLE, clock.started_on).is_estimated


@given(clocks())
def test_quick_and_slow_agree_on_every_due_date(clock: Clock) -> None:
    assert due(clock, clock.started_on) == slow_due(clock, TABLE)


@given(clocks(some.just(Unit.WORKING_DAYS)), some.integers(0, 30), some.integers(0, 40))
def test_a_pause_adds_exactly_the_working_days_it_took(clock: Clock, after: int, length: int) -> None:
    """Those of its days that would have counted: the start and days off never do."""
    earliest = clock.pauses[-1].until_on if clock.pauses else clock.started_on + DAY
    start = (earliest or clock.started_on) + DAY * after
    if clock.rule.days == 0 or start <= clock.started_on or start > due(clock):
        return
    paused = clock.pause(start, "等材料", TABLE).resume(start + DAY * length)
    taken = sum(is_workday(start + DAY * n, TABLE, estimate_beyond=True) for n in range(length))
    moved = due(paused)
    between = [due(clock) + DAY * n for n in range(1, (moved - due(clock)).days + 1)]
    assert sum(is_workday(day, TABLE, estimate_beyond=True) for day in between) == taken


@given(clocks(), some.integers(0, 20), some.integers(0, 20))
def test_a_longer_pause_is_never_due_earlier(clock: Clock, length: int, more: int) -> None:
    at = due(clock, clock.started_on)
    paused = clock.pause(at, "等材料", TABLE)
    short, long = (paused.resume(at + DAY * n) for n in (length, length + more))
    assert due(clock) <= due(short) <= due(long)


@given(clocks(), some.integers(0, 30))
def test_a_longer_rule_and_a_later_start_are_never_due_earlier(clock: Clock, more: int) -> None:
    rule = ClockRule("longer", "更久", clock.rule.days + more, clock.rule.unit)
    assert due(Clock(rule, clock.started_on, clock.pauses)) >= due(clock)
    fresh, later = Clock(clock.rule, clock.started_on), Clock(clock.rule, clock.started_on + DAY * more)
    assert due(fresh) <= due(later)


@given(clocks(), some.integers(0, 60))
def test_while_it_is_paused_the_due_date_is_that_of_resuming_now(clock: Clock, waited: int) -> None:
    at = due(clock, clock.started_on)
    paused = clock.pause(at, "等材料", TABLE)
    day = at + DAY * waited
    assert paused.due(TABLE, day) == paused.resume(day).due(TABLE, day)
    assert paused.days_left(TABLE, day) >= 0


@given(clocks())
def test_the_last_day_is_a_working_day_on_which_the_clock_runs(clock: Clock) -> None:
    last = due(clock)
    assert is_workday(last, TABLE, estimate_beyond=True)
    assert not any(pause.holds(last, last) for pause in clock.pauses)


@given(clocks())
def test_counting_anew_with_a_later_table_is_counting_with_it_from_the_start(clock: Clock) -> None:
    """Nothing of the estimate stays behind, and a certain day stays where it was."""
    guess, certain = (clock.due(table, clock.started_on) for table in (TABLE, LATER))
    assert certain.on == slow_due(clock, LATER)
    if not guess.is_estimated:
        assert certain == guess


@given(clocks(), days)
def test_days_left_fall_by_at_most_one_a_day_and_never_rise(clock: Clock, day: date) -> None:
    today, tomorrow = (clock.days_left(TABLE, day + DAY * n) for n in (0, 1))
    assert today - tomorrow in (0, 1)


def test_a_pause_that_goes_on_is_never_held_before_it_began() -> None:
    pause = Pause(MONDAY, "等")
    assert not pause.holds(MONDAY, MONDAY - timedelta(days=3))


@pytest.mark.parametrize(
    "broken", [{"days": -1}, {"days": 9999}, {"days": 5, "amber_left": 1, "red_left": 2}]
)
def test_a_rule_that_cannot_run_is_refused_when_it_is_made(broken: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="answer"):
        ClockRule("answer", "答复", **broken)
