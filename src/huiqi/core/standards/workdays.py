"""Working days of mainland China, with public holidays and the weekends worked in exchange (调休).

The table of a year is announced late in the year before. A year without a table raises, because a
deadline guessed in silence is a wrong deadline; a caller that shows 预计 may ask for an estimate.
"""

from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
_SATURDAY = 5


class MissingWorkdayTable(LookupError):  # noqa: N818 (it is what it says: a table is missing)
    """No table for `year`; the message is for people."""

    def __init__(self, year: int) -> None:
        super().__init__(f"还没有{year}年的放假安排，请先录入当年的节假日和调休上班日。")
        self.year = year


@dataclass(frozen=True, slots=True)
class WorkdayTable:
    """`holidays` are days off, weekends among them allowed; `makeup_days` are weekends worked."""

    years: frozenset[int]
    holidays: frozenset[date]
    makeup_days: frozenset[date]

    def __post_init__(self) -> None:
        both = self.holidays & self.makeup_days
        if both:
            raise ValueError(f"{min(both)} 既是放假日又是调休上班日，请改正。")


@dataclass(frozen=True, slots=True)
class WorkdayResult:
    """A day, and whether a year without a table was counted Monday to Friday to reach it."""

    day: date
    is_estimated: bool


@dataclass(frozen=True, slots=True)
class WorkdayCount:
    count: int
    is_estimated: bool


def is_workday(day: date, table: WorkdayTable, *, estimate_beyond: bool = False) -> bool:
    """MissingWorkdayTable for a year without a table, unless an estimate is asked for."""
    if day.year not in table.years:
        if not estimate_beyond:
            raise MissingWorkdayTable(day.year)
        return day.weekday() < _SATURDAY
    if day in table.makeup_days:
        return True
    return day.weekday() < _SATURDAY and day not in table.holidays


def add_workdays(
    start: date, count: int, table: WorkdayTable, *, estimate_beyond: bool = False
) -> WorkdayResult:
    """The `count`-th working day after `start`; the day of the event itself is not counted (民法典第201条).

    Zero gives `start`, or the next working day where `start` is none (民法典第203条).
    """
    if count < 0:
        raise ValueError("工作日数不能为负。")
    day = start
    is_estimated = False
    left = count
    if count == 0:
        left, day = 1, start - _DAY
    while left:
        day += _DAY
        is_estimated = is_estimated or day.year not in table.years
        left -= is_workday(day, table, estimate_beyond=estimate_beyond)
    return WorkdayResult(day, is_estimated)


def workdays_between(
    start: date, end: date, table: WorkdayTable, *, estimate_beyond: bool = False
) -> WorkdayCount:
    """Working days after `start` up to and with `end`; negative where `end` lies before `start`.

    workdays_between(s, add_workdays(s, n).day) is n for every n of one or more.
    """
    if end < start:
        back = workdays_between(end, start, table, estimate_beyond=estimate_beyond)
        return WorkdayCount(-back.count, back.is_estimated)
    days = [start + _DAY * step for step in range(1, (end - start).days + 1)]
    count = sum(is_workday(day, table, estimate_beyond=estimate_beyond) for day in days)
    return WorkdayCount(count, any(day.year not in table.years for day in days))
