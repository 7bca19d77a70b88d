"""Rows of clocks as the frozen values that can count."""

from dataclasses import replace
from datetime import date

from huiqi.core.workflow.clocks import Clock, ClockRule, Pause, Unit
from huiqi.foundation.cases.domain import CaseKind
from huiqi.foundation.cases.models import CaseClock
from huiqi.foundation.parameters.queries import number


def rule_of(kind: CaseKind, clock: str, day: date) -> ClockRule:
    """A clock of a kind as it starts on a day, as long as the number of that day says where it has one."""
    rule = kind.machine.clock(clock)
    key = kind.lengths.get(clock)
    return replace(rule, days=number(key, day)) if key else rule


def clock_of(row: CaseClock) -> Clock:
    """The clock of a row read with its pauses."""
    rule = ClockRule(row.rule, row.label, row.days, Unit(row.unit), row.amber_left, row.red_left)
    pauses = sorted(row.pauses.all(), key=lambda each: each.pk)
    held = tuple(Pause(each.from_on, each.reason, each.until_on) for each in pauses)
    return Clock(rule, row.started_on, held, row.stopped_on)
