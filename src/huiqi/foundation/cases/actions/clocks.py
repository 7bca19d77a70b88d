"""Clocks start, stop, pause, go on, and are counted anew when a holiday table arrives."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from huiqi.core.rules.wording import day_text
from huiqi.core.workflow.clocks import Clock, ClockError, ClockRule
from huiqi.foundation.cases.actions.acts import Act
from huiqi.foundation.cases.actions.keeping import (
    Told,
    keep,
    lock,
    locked,
    must_be_open,
    running_clocks,
    tell,
    written,
)
from huiqi.foundation.cases.domain import CaseError, Visibility
from huiqi.foundation.cases.models import Case, CaseClock, ClockPause
from huiqi.foundation.cases.queries.clocks import clock_of
from huiqi.foundation.cases.queries.kinds import kinds


@dataclass(frozen=True, slots=True)
class Recount:
    """How many estimated clocks were counted anew, and how many last days moved."""

    counted: int
    moved: int


def start_clock(case: Case, rule: ClockRule, act: Act) -> None:
    """Start a rule for a case; one of the same rule that still runs ends here."""
    stop_clocks(case, frozenset({rule.id}), act)
    due = Clock(rule, act.today).due(act.workdays, act.today)
    CaseClock.objects.create(
        case=case,
        rule=rule.id,
        label=rule.label,
        days=rule.days,
        unit=rule.unit,
        amber_left=rule.amber_left,
        red_left=rule.red_left,
        started_on=act.today,
        due_on=due.on,
        is_estimated=due.is_estimated,
    )


def stop_clocks(case: Case, rules: frozenset[str] | None, act: Act) -> None:
    """Stop the running clocks of these rules, every one where it is None, and end their pauses."""
    for row in running_clocks(case):
        if rules is None or row.rule in rules:
            stopped = clock_of(row).stop(max(act.today, row.started_on))
            ClockPause.objects.filter(clock=row, until_on__isnull=True).update(until_on=act.today)
            _keep_clock(row, stopped, act)


def pause(number: str, version: int, reason: str, act: Act) -> None:
    """Let the main clock stand still from today on; both sides see why. CaseError where it cannot."""
    with transaction.atomic():
        case = locked(number, act, "cases.pause", version)
        must_be_open(case, "暂停计时")
        row = _main(case)
        paused = _tried(lambda: clock_of(row).pause(act.today, written(reason), act.workdays))
        ClockPause.objects.create(clock=row, from_on=act.today, reason=paused.pauses[-1].reason)
        _keep_clock(row, paused, act)
        keep(case, act)
        tell(case, act, Told("cases.pause", f"暂停计时：{row.label}", paused.pauses[-1].reason))


def resume(number: str, version: int, reason: str, act: Act) -> None:
    """Let the main clock go on, today being the first day that counts again. CaseError where it cannot."""
    with transaction.atomic():
        case = locked(number, act, "cases.resume", version)
        must_be_open(case, "恢复计时")
        row = _main(case)
        resumed = _tried(lambda: clock_of(row).resume(act.today))
        ClockPause.objects.filter(clock=row, until_on__isnull=True).update(until_on=act.today)
        _keep_clock(row, resumed, act)
        keep(case, act)
        words = f"恢复计时：{row.label}，到期日 {day_text(row.due_on)}"
        tell(case, act, Told("cases.resume", words, written(reason)))


def recompute_due(act: Act) -> Recount:
    """Count every estimated clock anew, as when next year's holidays were announced. Safe to run again."""
    waiting = CaseClock.objects.filter(stopped_on__isnull=True, is_estimated=True)
    numbers = list(waiting.values_list("case__number", flat=True).distinct().order_by("case__number"))
    moved = sum(_recount(number, act) for number in numbers)
    return Recount(len(numbers), moved)


def _recount(number: str, act: Act) -> bool:
    with transaction.atomic():
        case = lock(number)
        if case is None:
            return False
        changed = []
        for row in running_clocks(case):
            before = (row.due_on, row.is_estimated)
            _keep_clock(row, clock_of(row), act)
            if before != (row.due_on, row.is_estimated):
                changed.append(f"{row.label}由 {day_text(before[0])} 改为 {day_text(row.due_on)}")
        if changed:
            keep(case, act)
            words = f"按公布的放假安排重新计算到期日：{'；'.join(changed)}"
            tell(case, act, Told("cases.recompute", words, visibility=Visibility.BOTH))
        return bool(changed)


def _main(case: Case) -> CaseClock:
    main = kinds()[case.kind].main_clock
    row = next((row for row in running_clocks(case) if row.rule == main), None)
    if row is None:
        raise CaseError("这件现在没有在计时。")
    return row


def _keep_clock(row: CaseClock, clock: Clock, act: Act) -> None:
    due = clock.due(act.workdays, act.today)
    row.stopped_on = clock.stopped_on
    row.due_on, row.is_estimated = due.on, due.is_estimated
    row.save(update_fields=["stopped_on", "due_on", "is_estimated"])


def _tried(attempt: Callable[[], Clock]) -> Clock:
    """A clock says what it cannot do; the case says the same."""
    try:
        return attempt()
    except ClockError as refused:
        raise CaseError(str(refused)) from refused
