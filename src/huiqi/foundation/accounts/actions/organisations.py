"""Organisations: opened, renamed, moved in the tree, closed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from huiqi.foundation.access.queries import demand
from huiqi.foundation.accounts.domain import KINDS
from huiqi.foundation.accounts.domain.members import RefusedError
from huiqi.foundation.accounts.domain.organisations import PARENTS, name_fault, place_fault
from huiqi.foundation.accounts.models import Deputy, Invitation, Mandate, Membership, Organisation
from huiqi.foundation.accounts.queries.organisations import as_id, closing_of, organisations_above
from huiqi.foundation.audit.actions import Actor, Entry, Subject, record

GONE = "这个单位已经关闭或不存在，没有改动。请回到单位列表重新打开。"


@dataclass(frozen=True, slots=True)
class Particulars:
    """What an organisation is opened with: ``division`` is a code of GB/T 2260 or empty, ``parent_id`` what
    it stands under, empty for nothing; ``form_key`` is its own id, so that one form opens one.
    """

    form_key: str
    kind: str
    name: str
    division: str
    parent_id: str


def open_organisation(actor: Actor, particulars: Particulars, now: datetime) -> str:
    """Open a party and return its id; the same form sent again returns the one it opened."""
    demand(actor, "accounts.open_organisation", {"all"})
    if particulars.kind not in KINDS:
        raise RefusedError("没有这种单位类型，没有开设。请从列表里选一个。")
    if fault := name_fault(particulars.name):
        raise RefusedError(fault)
    key = as_id(particulars.form_key)
    if key is None:
        raise RefusedError("这张表单已经失效，没有开设。填的还在，请再点一次。")
    try:
        with transaction.atomic():
            parent = _parent(particulars.kind, particulars.parent_id)
            row = Organisation.objects.create(
                pk=key,
                kind=particulars.kind,
                name=particulars.name,
                division=particulars.division,
                parent=parent,
                created_at=now,
            )
            after = {"名称": row.name, "类型": KINDS[row.kind].label, "上级": parent.name if parent else None}
            record(Entry(now, actor, "accounts.open_organisation", subject_of(row), after=after))
    except IntegrityError:
        return str(key)
    return str(row.pk)


def change_organisation(actor: Actor, organisation_id: str, name: str, parent_id: str, now: datetime) -> None:
    """Give an organisation another name or another place in the tree, where it would stand in no circle.

    Moves take turns, so that two at once cannot make a circle between them.
    """
    demand(actor, "accounts.change_organisation", {"all"})
    if fault := name_fault(name):
        raise RefusedError(fault)
    with transaction.atomic():
        list(Organisation.objects.select_for_update(no_key=True).filter(kind__in=PARENTS).order_by("pk"))
        row = locked_organisation(organisation_id)
        parent = _parent(row.kind, parent_id)
        if parent and (parent == row or str(row.pk) in _ids_above(parent)):
            raise RefusedError("不能把单位移到它自己或它的下级下面，没有移动。请换一个上级。")
        before = {"名称": row.name, "上级": row.parent.name if row.parent else None}
        row.name, row.parent = name, parent
        row.save(update_fields=["name", "parent"])
        after = {"名称": name, "上级": parent.name if parent else None}
        record(Entry(now, actor, "accounts.change_organisation", subject_of(row), before=before, after=after))


def close_organisation(actor: Actor, organisation_id: str, reason: str, now: datetime) -> None:
    """Close an organisation: its members are members no more, what it was invited, deputed and mandated ends.

    `queries.closing_of` tells before what that is. Refused while branches are open or work lies with members.
    """
    demand(actor, "accounts.close_organisation", {"all"})
    if not reason:
        raise RefusedError("请写一句为什么关闭，没有关闭。")
    with transaction.atomic():
        row = locked_organisation(organisation_id)
        members = list(Membership.objects.select_for_update().filter(organisation=row, until_at__isnull=True))
        closing = closing_of(str(row.pk))
        if closing.hindrances:
            raise RefusedError("没有关闭。" + "".join(closing.hindrances))
        Membership.objects.filter(pk__in=[each.pk for each in members]).update(until_at=now)
        Deputy.objects.filter(absent__organisation=row, ended_at__isnull=True).update(ended_at=now)
        _undecided(row).update(withdrawn_at=now)
        mandates = Mandate.objects.filter(Q(principal_organisation=row) | Q(agent_organisation=row))
        mandates.filter(revoked_at__isnull=True).update(revoked_at=now, revoked_by=actor.id)
        row.closed_at = now
        row.save(update_fields=["closed_at"])
        after = {
            "离开的成员": closing.members,
            "撤回的邀请": closing.invitations,
            "结束的委托": closing.mandates_given + closing.mandates_held,
        }
        record(Entry(now, actor, "accounts.close_organisation", subject_of(row), reason, after=after))


def locked_organisation(organisation_id: str) -> Organisation:
    """An open organisation, kept as it is until the transaction ends. RefusedError where there is none."""
    key = as_id(organisation_id)
    rows = Organisation.objects.select_for_update(of=("self",)).select_related("parent")
    row = rows.filter(pk=key, closed_at__isnull=True).first() if key else None
    if row is None:
        raise RefusedError(GONE)
    return row


def subject_of(row: Organisation) -> Subject:
    """How the log names an organisation."""
    return Subject("organisation", str(row.pk), row.name)


def _parent(kind: str, parent_id: str) -> Organisation | None:
    if not parent_id:
        return None
    parent = locked_organisation(parent_id)
    if fault := place_fault(kind, parent.kind):
        raise RefusedError(fault)
    return parent


def _ids_above(row: Organisation) -> set[str]:
    return {each.id for each in organisations_above(str(row.pk))}


def _undecided(row: Organisation) -> QuerySet[Invitation]:
    return Invitation.objects.filter(organisation=row, accepted_at__isnull=True, withdrawn_at__isnull=True)
