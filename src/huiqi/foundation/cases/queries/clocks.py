"""Rows of clocks as the frozen values that can count."""

from dataclasses import replace
from datetime import date

from huiqi.core.workflow.clocks import Clock, ClockRule, Pause, Unit
from huiqi.foundation.cases.domain import CaseKind, Rung
from huiqi.foundation.cases.models import CaseClock
from huiqi.foundation.parameters.queries import named, number, timeline


def rule_of(kind: CaseKind, clock: str, day: date) -> ClockRule:
    """A clock of a kind as it starts on a day, by the numbers of that day where it has any."""
    rule = kind.machine.clock(clock)
    length, amber = kind.lengths.get(clock), kind.ambers.get(clock)
    days = number(length, day) if length else rule.days
    return replace(rule, days=days, amber_left=number(amber, day) if amber else rule.amber_left)


def ladder_of(kind: CaseKind, day: date) -> tuple[Rung, ...]:
    """The ladder of a clock that started on ``day``: a number that changed later does not move it."""
    return tuple(rung.at(number(rung.number, day)) if rung.number else rung for rung in kind.ladder)


def earliest_rung(kind: CaseKind, today: date) -> int:
    """How many working days before its last one any clock that runs ``today`` can reach its first rung."""
    return max(0, *(-rung.at(days).after for rung in kind.ladder for days in _lengths(rung, today)))


def _lengths(rung: Rung, today: date) -> tuple[int, ...]:
    """How far a rung was from the last day on any day up to ``today``."""
    if not rung.number:
        return (abs(rung.after),)
    begun = [each.from_on for each in timeline(named(rung.number)).versions if each.from_on <= today]
    return tuple(number(rung.number, day) for day in (date.min, *begun))


def clock_of(row: CaseClock) -> Clock:
    """The clock of a row read with its pauses."""
    rule = ClockRule(row.rule, row.label, row.days, Unit(row.unit), row.amber_left, row.red_left)
    pauses = sorted(row.pauses.all(), key=lambda each: each.pk)
    held = tuple(Pause(each.from_on, each.reason, each.until_on) for each in pauses)
    return Clock(rule, row.started_on, held, row.stopped_on)
