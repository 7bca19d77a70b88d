"""Rows of clocks as the frozen values that can count."""

from huiqi.core.workflow.clocks import Clock, ClockRule, Pause, Unit
from huiqi.foundation.cases.models import CaseClock


def clock_of(row: CaseClock) -> Clock:
    """The clock of a row read with its pauses."""
    rule = ClockRule(row.rule, row.label, row.days, Unit(row.unit), row.amber_left, row.red_left)
    pauses = sorted(row.pauses.all(), key=lambda each: each.pk)
    held = tuple(Pause(each.from_on, each.reason, each.until_on) for each in pauses)
    return Clock(rule, row.started_on, held, row.stopped_on)
