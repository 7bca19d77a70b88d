"""A made-up holiday table and a slow second opinion on when a clock is due."""

from datetime import date, timedelta

from hypothesis import strategies as some

from huiqi.core.standards.workdays import WorkdayTable, is_workday
from huiqi.core.workflow.clocks import Clock, ClockRule, Pause, Unit

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
# A week off in October with the Saturday before worked in exchange, and New Year's day.
TABLE = WorkdayTable(
    frozenset({2026}),
    frozenset({FIRST, *(date(2026, 10, day) for day in range(1, 8))}),
    frozenset({date(2026, 9, 26), date(2026, 10, 10)}),
)
LATER = WorkdayTable(
    frozenset({2026, 2027}),
    TABLE.holidays | {date(2027, 1, 1), *(date(2027, 2, day) for day in range(5, 13))},
    TABLE.makeup_days | {date(2027, 2, 14)},
)

UNITS = some.sampled_from(Unit)
days = some.dates(date(2026, 1, 2), date(2026, 12, 20))


@some.composite
def clocks(draw: some.DrawFn, unit: some.SearchStrategy[Unit] = UNITS) -> Clock:
    """A clock with pauses that are over, each wherever it may be."""
    rule = ClockRule("answer", "答复", draw(some.integers(0, 40)), draw(unit), 3, 1)
    clock = Clock(rule, draw(days))
    at = clock.started_on
    for _ in range(draw(some.integers(0, 4))):
        at += DAY * draw(some.integers(0, 15))
        if at > clock.due(TABLE, at).on:
            break
        clock = clock.pause(at, "等材料", TABLE)
        at += DAY * draw(some.integers(0, 15))
        clock = clock.resume(at)
    return clock


def slow_due(clock: Clock, table: WorkdayTable) -> date:
    """Every evening somebody looks whether the clock runs, and makes a stroke if the day counts."""
    strokes, evening = 0, clock.started_on
    if clock.rule.days == 0:
        return _open_evening(evening, clock.pauses, table)
    while strokes < clock.rule.days:
        evening += DAY
        runs = not any(_is_asleep(pause, evening) for pause in clock.pauses)
        works = clock.rule.unit is Unit.CALENDAR_DAYS or is_workday(evening, table, estimate_beyond=True)
        strokes += runs and works
    return _open_evening(evening, clock.pauses, table)


def _open_evening(evening: date, pauses: tuple[Pause, ...], table: WorkdayTable) -> date:
    while any(_is_asleep(pause, evening) for pause in pauses) or not is_workday(
        evening, table, estimate_beyond=True
    ):
        evening += DAY
    return evening


def _is_asleep(pause: Pause, evening: date) -> bool:
    if pause.until_on is None:
        return evening >= pause.from_on
    asleep = {pause.from_on + DAY * n for n in range((pause.until_on - pause.from_on).days)}
    return evening in asleep
