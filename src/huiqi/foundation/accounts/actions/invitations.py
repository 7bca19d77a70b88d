"""Bringing members in: invited by one, where it matters agreed to by another, accepted by a third."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from huiqi.foundation.access.queries import demand, role_words
from huiqi.foundation.accounts.actions.member_news import (
    tell_invited,
    tell_of_declining,
    tell_of_proposal,
    tell_of_refusal,
)
from huiqi.foundation.accounts.actions.organisations import locked_organisation
from huiqi.foundation.accounts.domain import KINDS
from huiqi.foundation.accounts.domain.members import (
    INVITATION_WORDS,
    InvitationState,
    RefusedError,
    administrator_clash,
    needs_approval,
)
from huiqi.foundation.accounts.models import Invitation, Membership, Organisation, Person
from huiqi.foundation.accounts.queries.invited import digest_of, invitation_of, own_invitation
from huiqi.foundation.accounts.queries.organisations import as_id
from huiqi.foundation.accounts.queries.relations import relations_to
from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.storage.actions import spend_or_refuse

INVITATIONS_A_DAY = 100
_OLD = "这个邀请{words}，没有再改动。请看看现在的列表。"
_CLASH = "系统、安全、审计三种管理员，一个人只能当一种，没有加入。请让单位换一个人。"
_SELF = "不能给自己身份，没有改动。请让单位里另一位来办。"


@dataclass(frozen=True, slots=True)
class Invited:
    """A new invitation; ``secret`` is for its link and can be had at this moment only."""

    id: str
    secret: str
    needs_approval: bool
    expires_at: datetime


def invite(actor: Actor, organisation_id: str, phone: str, role: str, now: datetime) -> Invited:
    """Invite the holder of a telephone number (eleven digits) to a role. RefusedError for a role this kind of
    organisation does not have, for oneself, for a member, and where an invitation is still undecided.
    """
    demand(actor, "accounts.invite", relations_to(actor, organisation_id, "accounts.invite"))
    spend_or_refuse("accounts.invite", actor.id, INVITATIONS_A_DAY, 24 * 3600, now)
    secret = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            organisation = locked_organisation(organisation_id)
            _check(actor, organisation, phone, role)
            _forget_expired(organisation, phone, role, now)
            row = Invitation.objects.create(
                organisation=organisation,
                role=role,
                phone=phone,
                secret_hash=digest_of(secret),
                needs_approval=needs_approval(role),
                invited_by_id=actor.id,
                made_at=now,
                expires_at=now + timedelta(days=settings.HUIQI_INVITATION_DAYS),
            )
            after = {"身份": role_words(role), "手机号": str(row.phone)}
            record(Entry(now, actor, "accounts.invite", _subject(row), after=after))
            tell_of_proposal(row, actor, now)
    except IntegrityError as failure:
        raise RefusedError(
            "这个号码已经有一个还没用的邀请，没有再发。要换链接，请先撤回那一个，再邀请一次。"
        ) from failure
    return Invited(str(row.pk), secret, row.needs_approval, row.expires_at)


def withdraw_invitation(actor: Actor, invitation_id: str, now: datetime) -> None:
    """Take an undecided invitation back: its link opens nothing from here on."""
    with transaction.atomic():
        row = _locked(invitation_id)
        related = relations_to(actor, str(row.organisation_id), "accounts.withdraw_invitation")
        demand(actor, "accounts.withdraw_invitation", related)
        _end(row, "", now)
        record(Entry(now, actor, "accounts.withdraw_invitation", _subject(row)))


def approve_grant(actor: Actor, invitation_id: str, now: datetime) -> None:
    """Agree that the invited may have the role. Nobody agrees to what they proposed or would get."""
    demand(actor, "accounts.approve_grant", {"all"})
    with transaction.atomic():
        row = _locked(invitation_id)
        _demand_state(row, InvitationState.WAITING, now)
        if _is_party_to(actor, row):
            raise RefusedError(_SELF)
        row.approved_by_id, row.approved_at = actor.id, now
        row.save(update_fields=["approved_by", "approved_at"])
        after = {"身份": role_words(row.role)}
        record(Entry(now, actor, "accounts.approve_grant", _subject(row), after=after))
        tell_invited(row, actor, now)


def refuse_grant(actor: Actor, invitation_id: str, reason: str, now: datetime) -> None:
    """Say no to a proposed role, with a reason the proposer reads."""
    demand(actor, "accounts.refuse_grant", {"all"})
    if not reason:
        raise RefusedError("请写一句为什么不同意，邀请的人要看。还没有处理。")
    with transaction.atomic():
        row = _locked(invitation_id)
        _demand_state(row, InvitationState.WAITING, now)
        _end(row, reason, now)
        record(Entry(now, actor, "accounts.refuse_grant", _subject(row), reason))
        tell_of_refusal(row, actor, now)


def accept_invitation(actor: Actor, secret: str, now: datetime) -> str:
    """Take up the role by the link; returns the membership's id. Only who has the invited number can, and
    only once.
    """
    demand(actor, "accounts.accept_invitation", {"own"})
    row = Invitation.objects.filter(secret_hash=digest_of(secret)).first()
    if row is None:
        raise RefusedError("这个链接不对，没有加入。请向邀请您的人再要一次完整的链接。")
    return _accept(actor, row, now)


def accept_own_invitation(actor: Actor, invitation_id: str, now: datetime) -> str:
    """The same without the link, from the list of what one's number is invited to."""
    demand(actor, "accounts.accept_invitation", {"own"})
    if own_invitation(actor, invitation_id, now) is None:
        raise RefusedError("找不到这个邀请，没有加入。请回到列表重新打开。")
    return _accept(actor, Invitation.objects.get(pk=invitation_id), now)


def decline_invitation(actor: Actor, invitation_id: str, now: datetime) -> None:
    """Say no to what one's own number is invited to: it cannot be accepted any more, and who invited is told.
    RefusedError where it is of another number, or not open.
    """
    demand(actor, "accounts.decline_invitation", {"own"})
    with transaction.atomic():
        if own_invitation(actor, invitation_id, now) is None:
            raise RefusedError("找不到这个邀请，没有改动。请回到列表重新打开。")
        row = _locked(invitation_id)
        _demand_state(row, InvitationState.OPEN, now)
        row.withdrawn_at, row.is_declined = now, True
        row.save(update_fields=["withdrawn_at", "is_declined"])
        record(Entry(now, actor, "accounts.decline_invitation", _subject(row)))
        tell_of_declining(row, actor, now)


def _accept(actor: Actor, row: Invitation, now: datetime) -> str:
    try:
        with transaction.atomic():
            organisation = locked_organisation(str(row.organisation_id))
            row = _locked(str(row.pk))
            person = Person.objects.select_for_update().filter(pk=actor.id, left_at__isnull=True).first()
            if person is None:
                raise RefusedError("您的账号已经注销，没有加入。请用被邀请的号码重新登录。")
            _check_acceptance(row, person, now)
            row.accepted_by, row.accepted_at = person, now
            row.save(update_fields=["accepted_by", "accepted_at"])
            member = Membership.objects.create(
                person=person, organisation=organisation, role=row.role, from_at=now
            )
            after = {"身份": role_words(row.role), "单位": organisation.name}
            record(Entry(now, actor, "accounts.accept_invitation", _subject(row), after=after))
    except IntegrityError as failure:
        raise RefusedError(_CLASH) from failure
    return str(member.pk)


def _check(actor: Actor, organisation: Organisation, phone: str, role: str) -> None:
    if role not in KINDS[organisation.kind].roles:
        raise RefusedError(f"{KINDS[organisation.kind].label}没有这种身份，没有邀请。请从列表里选一个。")
    holder = Person.objects.filter(phone_index=phone, left_at__isnull=True).first()
    if holder is None:
        return
    if str(holder.pk) == actor.id:
        raise RefusedError(_SELF)
    member = Membership.objects.filter(person=holder, organisation=organisation, role=role)
    if member.filter(until_at__isnull=True).exists():
        raise RefusedError("这个号码已经是这个身份了，不用再邀请。")


def _check_acceptance(row: Invitation, person: Person, now: datetime) -> None:
    _demand_state(row, InvitationState.OPEN, now)
    if not Invitation.objects.filter(pk=row.pk, phone_index=person.phone.reveal()).exists():
        raise RefusedError(
            f"这个邀请是给 {row.phone} 的，您现在用的是另一个号码，没有加入。请用被邀请的号码登录。"
        )
    if person.pk in (row.invited_by_id, row.approved_by_id):
        raise RefusedError(_SELF)
    held = Membership.objects.filter(person=person, until_at__isnull=True)
    if held.filter(organisation=row.organisation_id, role=row.role).exists():
        raise RefusedError("您已经是这个身份了，不用再接受。")
    if administrator_clash(frozenset(held.values_list("role", flat=True)), row.role):
        raise RefusedError(_CLASH)


def _is_party_to(actor: Actor, row: Invitation) -> bool:
    phone = Person.objects.get(pk=actor.id).phone.reveal()
    is_theirs = Invitation.objects.filter(pk=row.pk, phone_index=phone).exists()
    return str(row.invited_by_id) == actor.id or is_theirs


def _forget_expired(organisation: Organisation, phone: str, role: str, now: datetime) -> None:
    """One that ran out stands in nobody's way."""
    old = Invitation.objects.filter(organisation=organisation, phone_index=phone, role=role)
    undecided = old.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    undecided.filter(expires_at__lte=now).update(withdrawn_at=now)


def _end(row: Invitation, reason: str, now: datetime) -> None:
    state = invitation_of(row, now).state
    if state not in (InvitationState.WAITING, InvitationState.OPEN):
        raise RefusedError(_OLD.format(words=INVITATION_WORDS[state]))
    row.withdrawn_at, row.reason = now, reason
    row.save(update_fields=["withdrawn_at", "reason"])


def _demand_state(row: Invitation, wanted: InvitationState, now: datetime) -> None:
    state = invitation_of(row, now).state
    if state is not wanted:
        raise RefusedError(_OLD.format(words=INVITATION_WORDS[state]))


def _locked(invitation_id: str) -> Invitation:
    key = as_id(invitation_id)
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("organisation", "invited_by")
    row = rows.filter(pk=key).first() if key else None
    if row is None:
        raise RefusedError("找不到这个邀请，没有改动。请回到列表重新打开。")
    return row


def _subject(row: Invitation) -> Subject:
    return Subject("invitation", str(row.pk), f"{row.organisation.name}：{role_words(row.role)}")
