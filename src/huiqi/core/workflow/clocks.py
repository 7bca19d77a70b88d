"""Clocks that count working or calendar days, pause and resume.

A day counts where the clock runs at its end, so a pause from one day until another takes out the first of
them and not the last: pausing and resuming on one day changes nothing, and whoever pauses on the last day has
the day of resuming for it. The day of the start is not counted (民法典第201条); a term ends at 24:00 of its
last day, and one that would end on a day off ends on the next working day (第203条).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from huiqi.core.standards.workdays import WorkdayTable, is_workday, workdays_between

_DAY = timedelta(days=1)
LONGEST_DAYS = 3650


class ClockError(ValueError):
    """Something a clock cannot do now; the message is for people."""


class Unit(StrEnum):
    """What a clock counts."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"

    @property
    def words(self) -> str:
        return "个工作日" if self is Unit.WORKING_DAYS else "天"


class Light(StrEnum):
    """How a clock stands, by its thresholds."""

    CALM = "calm"
    AMBER = "amber"
    RED = "red"
    OVERDUE = "overdue"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class ClockRule:
    """How long something may take. ``amber_left`` and ``red_left`` are days left, in the clock's own unit, at
    or under which it changes colour: 30 days with amber on day 20 and red on day 27 are 10 and 3.
    """

    id: str
    label: str
    days: int
    unit: Unit = Unit.WORKING_DAYS
    amber_left: int = 2
    red_left: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.days <= LONGEST_DAYS:
            raise ValueError(f"{self.id}: 0 to {LONGEST_DAYS} days, not {self.days}")
        if not 0 <= self.red_left <= self.amber_left:
            raise ValueError(f"{self.id}: red comes after amber and before the end")

    @property
    def length(self) -> str:
        """7 个工作日"""
        return f"{self.days} {self.unit.words}"


@dataclass(frozen=True, slots=True)
class Pause:
    """From a day until a day, or still going on; why is for people to read."""

    from_on: date
    reason: str
    until_on: date | None = None

    def holds(self, day: date, as_of: date) -> bool:
        """Whether the clock stood still at the end of ``day``; one still going on is ended as of a day."""
        return self.from_on <= day < (self.until_on or max(as_of, self.from_on))


@dataclass(frozen=True, slots=True)
class DueDate:
    """A last day. ``is_estimated`` where a year without a holiday table was counted to reach it."""

    on: date
    is_estimated: bool

    def ends_at(self, zone: tzinfo) -> datetime:
        """The first moment that is too late: 24:00 of the last day."""
        return datetime.combine(self.on + _DAY, datetime.min.time(), zone)


@dataclass(frozen=True, slots=True)
class Clock:
    """One running of a rule. ``started_on`` is the day of the event it runs from; pauses stand in order."""

    rule: ClockRule
    started_on: date
    pauses: tuple[Pause, ...] = ()
    stopped_on: date | None = None

    @property
    def open_pause(self) -> Pause | None:
        """The pause that goes on, if one does."""
        last = self.pauses[-1] if self.pauses else None
        return last if last and last.until_on is None else None

    def pause(self, on: date, reason: str, table: WorkdayTable) -> "Clock":
        """The clock standing still from ``on``. ClockError where it already does, has stopped, is over, or no
        reason is given.
        """
        if not reason.strip():
            raise ClockError("请写明为什么暂停计时，对方会看到这句话。")
        self._must_run(on)
        if self.open_pause:
            raise ClockError(f"已经在暂停了：{self.open_pause.reason}。要换一个原因，请先恢复计时。")
        due = self.due(table, on)
        if on > due.on:
            raise ClockError("期限已经过了，不能再暂停。请先办理，或者请上级处理。")
        return replace(self, pauses=(*self.pauses, Pause(on, reason.strip())))

    def resume(self, on: date) -> "Clock":
        """The clock going on, ``on`` being the first day that may count again. ClockError where it is not
        paused.
        """
        self._must_run(on)
        if self.open_pause is None:
            raise ClockError("现在没有暂停，计时一直在走，不用恢复。")
        return replace(self, pauses=(*self.pauses[:-1], replace(self.open_pause, until_on=on)))

    def stop(self, on: date) -> "Clock":
        """The clock at its end, a pause with it. ClockError where it has stopped already."""
        running = self.resume(on) if self.open_pause else self
        running._must_run(on)  # noqa: SLF001 - the same class
        return replace(running, stopped_on=on)

    def due(self, table: WorkdayTable, as_of: date) -> DueDate:
        """The last day. While it is paused: what it would be if it went on again ``as_of`` that day.

        Counted anew each time, so a holiday table that arrives later makes an estimate certain.
        """
        left, day = self.rule.days, self.started_on
        is_estimated = False
        if left == 0:
            left, day = 1, day - _DAY
        while left:
            day += _DAY
            left -= self._counts(day, table, as_of)
            is_estimated = is_estimated or self._asks(day, table)
        while not is_workday(day, table, estimate_beyond=True) or self._stands(day, as_of):
            day += _DAY
            is_estimated = is_estimated or day.year not in table.years
        return DueDate(day, is_estimated or day.year not in table.years)

    def days_left(self, table: WorkdayTable, as_of: date) -> int:
        """Days after ``as_of`` up to the last one, in the clock's unit; negative once it is over."""
        due = self.due(table, as_of).on
        if self.rule.unit is Unit.CALENDAR_DAYS:
            return (due - as_of).days
        count = workdays_between(as_of, due, table, estimate_beyond=True).count
        return count if due >= as_of else min(count, -1)

    def light(self, table: WorkdayTable, as_of: date) -> Light:
        """How it stands on a day."""
        if self.stopped_on is not None:
            return Light.STOPPED
        if self.open_pause:
            return Light.PAUSED
        left = self.days_left(table, as_of)
        if left < 0:
            return Light.OVERDUE
        if left <= self.rule.red_left:
            return Light.RED
        return Light.AMBER if left <= self.rule.amber_left else Light.CALM

    def _counts(self, day: date, table: WorkdayTable, as_of: date) -> bool:
        if self._stands(day, as_of):
            return False
        return self.rule.unit is Unit.CALENDAR_DAYS or is_workday(day, table, estimate_beyond=True)

    def _asks(self, day: date, table: WorkdayTable) -> bool:
        """Whether the count rests on a table that is not there."""
        return self.rule.unit is Unit.WORKING_DAYS and day.year not in table.years

    def _stands(self, day: date, as_of: date) -> bool:
        return any(pause.holds(day, as_of) for pause in self.pauses)

    def _must_run(self, on: date) -> None:
        if self.stopped_on is not None:
            raise ClockError("计时已经结束，不能再暂停或恢复。")
        last = self.pauses[-1] if self.pauses else None
        earliest = (last.until_on or last.from_on) if last else self.started_on
        if on < earliest:
            raise ClockError(f"日期不能早于 {earliest:%Y年%m月%d日}。")
