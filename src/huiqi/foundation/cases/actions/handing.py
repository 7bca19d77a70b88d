"""A case goes to somebody else: another organisation, a colleague, or all of a leaver's at once."""

from dataclasses import dataclass

from django.db import transaction

from huiqi.foundation.access.queries import demand
from huiqi.foundation.accounts.queries import Member, members_of, staff_of, workplace
from huiqi.foundation.cases.actions.acts import Act
from huiqi.foundation.cases.actions.keeping import Told, keep, locked, must_be_open, tell, written
from huiqi.foundation.cases.actions.telling import tell_heir, tell_heir_of_all
from huiqi.foundation.cases.domain import HEIGHTS, CaseError, Rise, Visibility
from huiqi.foundation.cases.models import Case

WHY = "请写一句为什么转交，接手的人要知道。"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a case goes: an organisation, and whom there; an empty ``member_id`` leaves it to be taken."""

    organisation_id: str
    member_id: str = ""


def transfer(number: str, version: int, to: Destination, reason: str, act: Act) -> None:
    """Give a case to another organisation, which both sides see, or to a colleague, which stays inside."""
    why = written(reason, WHY)
    with transaction.atomic():
        case = locked(number, act, "cases.transfer", version)
        must_be_open(case, "转交")
        organisation = workplace(to.organisation_id)
        if organisation is None:
            raise CaseError("没有选要转给哪个单位，或那个单位已经撤销。请重新选。")
        member = _colleague(to)
        is_outward, held_by = organisation.id != str(case.organisation_id), str(case.assignee_id or "")
        if not is_outward and to.member_id == held_by:
            raise CaseError("现在就在这里，没有转交。请换一个单位或换一个人。")
        case.organisation_id = organisation.id
        case.assignee_id = member.id if member else None
        if case.height == HEIGHTS[Rise.ABOVE]:
            # What was raised stays raised: to get rid of a case is no way to get rid of who watches it.
            case.overseer_id = organisation.parent_id or None
        keep(case, act)
        seen_by = Visibility.BOTH if is_outward else Visibility.INTERNAL
        words = f"转交给{_named(organisation.name, member)}"
        tell(case, act, Told("cases.transfer", words, why, seen_by, held_by=held_by))
        if member:
            tell_heir(case, member, act)


def hand_over(from_id: str, to_id: str, reason: str, act: Act) -> int:
    """Give every open case of one member of the actor's organisation to a colleague, or with an empty
    ``to_id`` back to all; returns how many. Works for who has left, and a second time finds nothing.
    """
    why = written(reason, WHY)
    ours = act.actor.organisation
    leaver = next(iter(members_of(frozenset({from_id}))), None) if from_id else None
    if ours is None or leaver is None or leaver.organisation.id != ours.id:
        demand(act.actor, "cases.hand_over", frozenset())
        raise CaseError("请选本单位的一个人。")
    demand(act.actor, "cases.hand_over", frozenset({"organisation"}))
    if to_id == from_id:
        raise CaseError("移交给了同一个人。请选另一位同事，或选“放回待接手”。")
    with transaction.atomic():
        return _move_all(leaver, _colleague(Destination(ours.id, to_id)), why, act)


def move_work(from_id: str, to_id: str, reason: str, act: Act) -> int:
    """Give every open case of a member to a colleague, in the transaction of accounts, which has asked the
    table whether the actor may hand over what lies with that member; returns how many.
    """
    leaver = next(iter(members_of(frozenset({from_id}))))
    return _move_all(leaver, _colleague(Destination(leaver.organisation.id, to_id)), written(reason), act)


def _move_all(leaver: Member, member: Member | None, why: str, act: Act) -> int:
    place = leaver.organisation
    words = f"{leaver.person.name}的办件移交给{_named(place.name, member)}"
    rows = Case.objects.select_for_update().filter(
        assignee__in=[leaver.id], organisation_id=place.id, closed_at__isnull=True
    )
    cases = list(rows.order_by("pk"))
    for case in cases:
        case.assignee_id = member.id if member else None
        keep(case, act)
        tell(case, act, Told("cases.hand_over", words, why, Visibility.INTERNAL, held_by=leaver.id))
    if member and cases:
        tell_heir_of_all(len(cases), leaver.person.name, member, act)
    return len(cases)


def _colleague(to: Destination) -> Member | None:
    """The member a case goes to; CaseError for one who is not there (any more)."""
    if not to.member_id:
        return None
    found = next((each for each in staff_of(to.organisation_id) if each.id == to.member_id), None)
    if found is None:
        raise CaseError("选的人不在那个单位，或已经离开。请重新选。")
    return found


def _named(organisation: str, member: Member | None) -> str:
    return f"{organisation}的{member.person.name}" if member else f"{organisation}（待接手）"
