"""One step of the machine of a case; closing and opening again are steps like others."""

from collections.abc import Set

from django.db import transaction

from huiqi.core.workflow.machines import IllegalMoveError, Machine, Transition
from huiqi.foundation.accounts.queries import membership_of
from huiqi.foundation.cases.actions.acts import Act
from huiqi.foundation.cases.actions.clocks import start_clock, stop_clocks
from huiqi.foundation.cases.actions.keeping import Told, keep, locked, tell, written
from huiqi.foundation.cases.actions.telling import tell_party
from huiqi.foundation.cases.domain import CaseError, CaseKind
from huiqi.foundation.cases.models import Case
from huiqi.foundation.cases.queries.clocks import rule_of
from huiqi.foundation.cases.queries.kinds import kinds
from huiqi.foundation.cases.queries.rights import role_of

WRITTEN = "reason"  # the guard that holds where something was written


def advance(
    number: str, version: int, action: str, text: str, act: Act, held: Set[str] = frozenset()
) -> None:
    """Do ``action``. Both sides see that and ``text``. ``held`` are guards the caller has seen to.

    CaseError where the table does not allow it, ConflictError where somebody was first.
    """
    said = written(text)
    with transaction.atomic():
        case = locked(number, act, "cases.advance", version)
        kind = kinds()[case.kind]
        holds = {*held, WRITTEN} if said else held
        try:
            move = kind.machine.apply(case.state, action, role_of(act.actor), holds)
        except IllegalMoveError as refused:
            raise CaseError(str(refused)) from refused
        _move(case, kind, move, act)
        keep(case, act)
        words = f"{kind.machine.words.actions[action]}：{_between(kind.machine, move)}"
        tell(case, act, Told("cases.advance", words, said), {"状态": move.target})
        if case.closed_at:
            tell_party(case, act)


def _move(case: Case, kind: CaseKind, move: Transition, act: Act) -> None:
    is_final = kind.machine.state(move.target).is_final
    case.state = move.target
    case.closed_at = max(act.now, case.opened_at) if is_final else None
    if is_final:
        case.overseer, case.height = None, 0
    stop_clocks(case, None if is_final else frozenset(move.stops), act)
    for rule in move.starts:
        start_clock(case, rule_of(kind, rule, act.today), act)
    if case.assignee_id is None and _is_inside(case, act):
        case.assignee_id = membership_of(act.actor) or None


def _is_inside(case: Case, act: Act) -> bool:
    if act.actor.behalf_of is not None:
        return False
    return act.actor.organisation is not None and act.actor.organisation.id == str(case.organisation_id)


def _between(machine: Machine, move: Transition) -> str:
    return f"{machine.state(move.state).label} → {machine.state(move.target).label}"
