"""Members: who leaves, who takes over, who stands in."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from huiqi.foundation.access.queries import demand, role_words
from huiqi.foundation.accounts.actions.member_news import tell_deputy, tell_leaver
from huiqi.foundation.accounts.actions.organisations import locked_organisation
from huiqi.foundation.accounts.domain.members import RefusedError, period_fault
from huiqi.foundation.accounts.models import Deputy, Invitation, Membership
from huiqi.foundation.accounts.queries.leaving import hindrance_to_leaving
from huiqi.foundation.accounts.queries.members import deputy as deputy_by_id
from huiqi.foundation.accounts.queries.members import member_of
from huiqi.foundation.accounts.queries.open_work import kinds_of_work, open_work_of
from huiqi.foundation.accounts.queries.organisations import as_id
from huiqi.foundation.accounts.queries.relations import relations_to_member
from huiqi.foundation.audit.actions import Actor, Entry, Subject, record

_GONE = "这位成员已经离开，没有改动。请看看现在的成员列表。"


@dataclass(frozen=True, slots=True)
class Absence:
    """Who stands in from a day until a day, both included, and why."""

    deputy_id: str
    from_on: date
    until_on: date
    reason: str


def end_membership(actor: Actor, membership_id: str, receiver_id: str, reason: str, now: datetime) -> None:
    """Let a member go. What lies with them goes to ``receiver_id``, a colleague, in the same transaction;
    RefusedError while work lies with them and nobody is named, and for the last one an organisation needs.
    """
    with transaction.atomic():
        row = _locked(membership_id)
        _demand(actor, "accounts.end_membership", row)
        if fault := hindrance_to_leaving(row):
            raise RefusedError(fault)
        if receiver_id:
            _move_work(actor, row, receiver_id, reason, now)
        elif held := open_work_of(str(row.pk)):
            words = "、".join(f"{each.count} 件{each.label}" for each in held)
            raise RefusedError(f"{row.person}手上还有 {words}，没有离开。请先选一位同事接手。")
        row.until_at = now
        row.save(update_fields=["until_at"])
        ahead = Deputy.objects.filter(Q(absent=row) | Q(deputy=row), ended_at__isnull=True)
        ahead.update(ended_at=now)
        _withdraw_invitations_by(row, now)
        after = {"身份": role_words(row.role)}
        record(Entry(now, actor, "accounts.end_membership", _subject(row), reason, before=after))
        tell_leaver(row, actor, now)


def hand_over(actor: Actor, leaver_id: str, receiver_id: str, reason: str, now: datetime) -> int:
    """Give everything that lies with one member to a colleague; returns how much there was."""
    with transaction.atomic():
        row = _locked(leaver_id)
        _demand(actor, "accounts.hand_over", row)
        return _move_work(actor, row, receiver_id, reason, now)


def appoint_deputy(actor: Actor, absent_id: str, absence: Absence, now: datetime) -> str:
    """Let a colleague stand in; returns the arrangement's id. One at a time for each absent member."""
    if fault := period_fault(absence.from_on, absence.until_on, now.date()):
        raise RefusedError(fault)
    if not absence.reason:
        raise RefusedError("请写一句为什么要代班，例如“休假”。")
    with transaction.atomic():
        row = _locked(absent_id)
        _demand(actor, "accounts.appoint_deputy", row)
        deputy = _colleague(row, absence.deputy_id)
        overlapping = Deputy.objects.filter(absent=row, ended_at__isnull=True)
        if overlapping.filter(from_on__lte=absence.until_on, until_on__gte=absence.from_on).exists():
            raise RefusedError("这段日子里已经安排了人代班，没有再安排。要换人，请先结束那一次。")
        made = Deputy.objects.create(
            absent=row,
            deputy=deputy,
            from_on=absence.from_on,
            until_on=absence.until_on,
            reason=absence.reason,
            made_by_id=actor.id,
            made_at=now,
        )
        after = {"代班人": str(deputy.person), "从": absence.from_on, "到": absence.until_on}
        record(Entry(now, actor, "accounts.appoint_deputy", _subject(row), absence.reason, after=after))
        tell_deputy(made, actor, now)
    return str(made.pk)


def end_deputy(actor: Actor, deputy_id: str, now: datetime) -> None:
    """Let the absent member act alone again, at once."""
    found = deputy_by_id(deputy_id)
    if found is None:
        raise RefusedError("这次代班已经结束，没有再改动。")
    with transaction.atomic():
        row = _locked(found.absent_id)
        _demand(actor, "accounts.end_deputy", row)
        if not Deputy.objects.filter(pk=found.id, ended_at__isnull=True).update(ended_at=now):
            raise RefusedError("这次代班已经结束，没有再改动。")
        before = {"代班人": found.deputy}
        record(Entry(now, actor, "accounts.end_deputy", _subject(row), before=before))


def _locked(membership_id: str) -> Membership:
    """A member who is one now, in an open organisation: the organisation is locked first, then the member."""
    key = as_id(membership_id)
    found = Membership.objects.filter(pk=key).first() if key else None
    if found is None:
        raise RefusedError(_GONE)
    locked_organisation(str(found.organisation_id))
    rows = Membership.objects.select_for_update(of=("self",)).select_related("person", "organisation")
    row = rows.filter(pk=found.pk, until_at__isnull=True).first()
    if row is None:
        raise RefusedError(_GONE)
    return row


def _demand(actor: Actor, verb: str, row: Membership) -> None:
    demand(actor, verb, relations_to_member(actor, member_of(row), verb))


def _colleague(row: Membership, membership_id: str) -> Membership:
    key = as_id(membership_id)
    colleagues = Membership.objects.select_related("person").filter(
        organisation=row.organisation, until_at__isnull=True, person__left_at__isnull=True
    )
    found = colleagues.exclude(person=row.person_id).filter(pk=key).first() if key else None
    if found is None:
        raise RefusedError("请从同一个单位现在的成员里选一位同事，没有改动。")
    return found


def _move_work(actor: Actor, row: Membership, receiver_id: str, reason: str, now: datetime) -> int:
    receiver = _colleague(row, receiver_id)
    moved = {
        kind.label: kind.move(str(row.pk), str(receiver.pk), actor, reason, now) for kind in kinds_of_work()
    }
    after = {"接手人": str(receiver.person), **moved}
    record(Entry(now, actor, "accounts.hand_over", _subject(row), reason, after=after))
    return sum(moved.values())


def _withdraw_invitations_by(row: Membership, now: datetime) -> None:
    """What somebody proposed who is no longer there is nobody's proposal."""
    waiting = Invitation.objects.filter(invited_by=row.person_id, organisation=row.organisation_id)
    waiting.filter(accepted_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=now)


def _subject(row: Membership) -> Subject:
    return Subject("membership", str(row.pk), f"{row.organisation.name}：{row.person}")
