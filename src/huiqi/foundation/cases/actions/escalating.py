"""The ladder: a case that comes near its last day, or is past it, is told of to one more after another."""

from datetime import timedelta

from django.db import transaction

from huiqi.core.standards.workdays import add_workdays
from huiqi.foundation.cases.actions.acts import Act
from huiqi.foundation.cases.actions.keeping import Told, lock, running_clocks, tell
from huiqi.foundation.cases.actions.telling import tell_rise
from huiqi.foundation.cases.domain import HEIGHTS, RISES, CaseKind, Rise, Rung, Visibility, climbed
from huiqi.foundation.cases.models import Case, CaseClock, ReachedRung
from huiqi.foundation.cases.queries.clocks import clock_of, earliest_rung, ladder_of
from huiqi.foundation.cases.queries.kinds import kinds
from huiqi.foundation.parameters.queries import read_once


@read_once()
def escalate_due(act: Act) -> int:
    """Climb every rung that is reached today and was not climbed before; returns how many.

    Safe to run again and by several at once: a rung is climbed once for each running of a clock, under the
    lock of its case. Clocks that are paused climb nothing.
    """
    return sum(_climb(number, act) for number in _candidates(act))


def _candidates(act: Act) -> list[str]:
    """Open cases whose main clock is near enough and that stand below the top of their ladder."""
    numbers: list[str] = []
    for kind in kinds().values():
        if not kind.ladder:
            continue
        last = add_workdays(act.today, earliest_rung(kind, act.today), act.workdays, estimate_beyond=True).day
        rows = CaseClock.objects.filter(
            stopped_on__isnull=True,
            rule=kind.main_clock,
            due_on__lte=last + timedelta(days=1),
            case__kind=kind.id,
            case__closed_at__isnull=True,
        ).exclude(rungs__rung=kind.ladder[-1].id)
        numbers += rows.order_by("due_on", "id").values_list("case__number", flat=True)
    return numbers


def _climb(number: str, act: Act) -> int:
    with transaction.atomic():
        case = lock(number)
        if case is None:
            return 0
        kind = kinds()[case.kind]
        row = next((row for row in running_clocks(case) if row.rule == kind.main_clock), None)
        if row is None or clock_of(row).open_pause:
            return 0
        reached = _new_rungs(row, kind, act)
        for rung in reached:
            ReachedRung.objects.create(clock=row, rung=rung.id, reached_at=act.now)
            _rise(case, rung, act)
            tell_rise(case, row, rung, act)
        return len(reached)


def _new_rungs(row: CaseClock, kind: CaseKind, act: Act) -> list[Rung]:
    done = set(ReachedRung.objects.filter(clock=row).values_list("rung", flat=True))
    left = clock_of(row).days_left(act.workdays, act.today)
    return [rung for rung in climbed(ladder_of(kind, row.started_on), left) if rung.id not in done]


def _rise(case: Case, rung: Rung, act: Act) -> None:
    """Its height shows on every desk; above, the organisation one up sees it too and may not take it away."""
    words = f"催办：{RISES[rung.to]}"
    above = case.organisation.parent
    if rung.to is Rise.ABOVE:
        case.overseer = above
        words = f"催办：报上级单位{above.name}" if above else "催办：没有上级单位，仍由部门负责人督办"
    case.height = max(case.height, HEIGHTS[rung.to] if rung.to is not Rise.ABOVE or above else 2)
    case.changed_at = act.now
    case.save(update_fields=["overseer", "height", "changed_at"])
    tell(case, act, Told("cases.escalate", words, visibility=Visibility.INTERNAL), {"台阶": rung.id})
