"""Invitations: who may invite, what the invited sees, who can accept, and how often."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from huiqi.foundation.access.queries import NotAllowedError
from huiqi.foundation.accounts.actions.accounts import close_account
from huiqi.foundation.accounts.actions.founding import appoint_first_administrators
from huiqi.foundation.accounts.actions.invitations import (
    accept_invitation,
    approve_grant,
    invite,
    refuse_grant,
    withdraw_invitation,
)
from huiqi.foundation.accounts.domain.members import InvitationState, RefusedError
from huiqi.foundation.accounts.models import Invitation, Membership
from huiqi.foundation.accounts.queries.invited import invitation_by_secret, waiting_grants
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.audit.queries import LogFilters, entries
from tests.foundation.accounts.members import PHONE, invited, joined, platform
from tests.support.people import NOW, organisation, someone

pytestmark = pytest.mark.django_db


def test_the_invited_sees_who_invites_them_to_what_and_accepts_once() -> None:
    owner, guest = someone("owner"), someone("person")
    made = invited(owner, guest, "handler")
    seen = invitation_by_secret(made.secret, NOW)
    assert seen is not None
    assert (seen.role, seen.organisation.name, seen.state) == (
        "handler",
        owner.organisation and owner.organisation.name,
        InvitationState.OPEN,
    )
    assert "*" in seen.invited_by.name
    assert "*" in seen.phone
    accept_invitation(guest.actor, made.secret, NOW)
    with pytest.raises(RefusedError, match="已接受"):
        accept_invitation(guest.actor, made.secret, NOW)
    assert Membership.objects.filter(person=guest.person, until_at__isnull=True).count() == 1


def test_of_the_secret_nothing_is_kept_that_opens_the_link() -> None:
    made = invited(someone("owner"), someone("person"), "handler")
    row = Invitation.objects.get()
    assert made.secret not in str({name: getattr(row, name) for name in ("secret_hash", "phone_index")})
    assert invitation_by_secret(row.secret_hash, NOW) is None
    assert invitation_by_secret("", NOW) is None
    kept = "".join(entry.changes for entry in entries(LogFilters("invitation")))
    assert made.secret not in kept


def test_another_number_than_the_invited_one_cannot_accept() -> None:
    made = invited(someone("owner"), someone("person"), "handler")
    stranger = someone("person")
    with pytest.raises(RefusedError, match="另一个号码"):
        accept_invitation(stranger.actor, made.secret, NOW)
    assert stranger.actor.role == "person"
    assert not Membership.objects.filter(person=stranger.person).exists()


def test_an_invitation_runs_out_and_stands_in_nobodys_way_then() -> None:
    owner, guest = someone("owner"), someone("person")
    made = invited(owner, guest, "handler")
    later = made.expires_at
    with pytest.raises(RefusedError, match="已过期"):
        accept_invitation(guest.actor, made.secret, later)
    again = invite(owner.actor, str(owner.organisation.pk), guest.person.phone.reveal(), "handler", later)
    accept_invitation(guest.actor, again.secret, later + timedelta(days=6))


def test_what_was_withdrawn_opens_nothing() -> None:
    owner, guest = someone("owner"), someone("person")
    made = invited(owner, guest, "handler")
    withdraw_invitation(owner.actor, made.id, NOW)
    with pytest.raises(RefusedError, match="已撤回"):
        accept_invitation(guest.actor, made.secret, NOW)
    with pytest.raises(RefusedError, match="已撤回"):
        withdraw_invitation(owner.actor, made.id, NOW)


def test_a_number_is_invited_to_a_role_once_at_a_time() -> None:
    owner, guest = someone("owner"), someone("person")
    invited(owner, guest, "handler")
    with pytest.raises(RefusedError, match="还没用的邀请"):
        invited(owner, guest, "handler")
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "given"),
    [
        ("owner", "bank_clerk"),
        ("bank_manager", "system_admin"),
        ("department_head", "auditor"),
        ("adviser", "owner"),
    ],
)
def test_a_role_of_another_kind_of_organisation_is_not_given(role: str, given: str) -> None:
    with pytest.raises(RefusedError, match="没有这种身份"):
        invited(someone(role), someone("person"), given)


@pytest.mark.parametrize(
    "role",
    [
        *("handler", "officer", "window_clerk", "bank_clerk", "task_force", "fund_approver"),
        *("fund_accountant", "auditor", "security_admin", "audit_admin", "support"),
    ],
)
def test_who_leads_nothing_invites_nobody(role: str) -> None:
    with pytest.raises(NotAllowedError):
        invited(someone(role), someone("person"), role)


def test_a_manager_invites_into_own_bank_and_branches_and_nowhere_else() -> None:
    bank = organisation("bank")
    branch, other = organisation("bank", parent=bank), organisation("bank")
    manager = someone("bank_manager", bank)
    invite(manager.actor, str(branch.pk), PHONE, "bank_clerk", NOW)
    with pytest.raises(NotAllowedError):
        invite(manager.actor, str(other.pk), PHONE, "bank_clerk", NOW)
    below = someone("bank_manager", branch)
    with pytest.raises(NotAllowedError):
        invite(below.actor, str(bank.pk), PHONE, "bank_clerk", NOW)
    foreign = invited(someone("bank_manager", other), someone("person"), "bank_clerk")
    with pytest.raises(NotAllowedError):
        withdraw_invitation(manager.actor, foreign.id, NOW)


def test_a_staff_role_waits_for_the_security_administrator() -> None:
    head, guest = someone("department_head"), someone("person")
    _, security = platform()
    made = invited(head, guest, "officer")
    assert made.needs_approval
    assert [each.id for each in waiting_grants(security.actor, NOW)] == [made.id]
    assert waiting_grants(head.actor, NOW) == ()
    with pytest.raises(RefusedError, match="等安全管理员同意"):
        accept_invitation(guest.actor, made.secret, NOW)
    approve_grant(security.actor, made.id, NOW)
    accept_invitation(guest.actor, made.secret, NOW)
    assert waiting_grants(security.actor, NOW) == ()


@pytest.mark.parametrize("role", ["department_head", "system_admin", "audit_admin", "support"])
def test_nobody_else_agrees_to_a_grant(role: str) -> None:
    made = invited(someone("department_head"), someone("person"), "officer")
    with pytest.raises(NotAllowedError):
        approve_grant(someone(role).actor, made.id, NOW)


def test_a_refused_grant_says_why_and_is_over() -> None:
    head, guest = someone("department_head"), someone("person")
    _, security = platform()
    made = invited(head, guest, "officer")
    with pytest.raises(RefusedError, match="为什么"):
        refuse_grant(security.actor, made.id, "", NOW)
    refuse_grant(security.actor, made.id, "不是本单位的人", NOW)
    with pytest.raises(RefusedError, match="已撤回"):
        approve_grant(security.actor, made.id, NOW)
    with pytest.raises(RefusedError, match="已撤回"):
        accept_invitation(guest.actor, made.secret, NOW)


@pytest.mark.parametrize("role", ["owner", "department_head", "bank_manager", "system_admin"])
def test_nobody_invites_themselves(role: str) -> None:
    me = someone(role)
    assert me.organisation is not None
    with pytest.raises(RefusedError, match="不能给自己"):
        invite(me.actor, str(me.organisation.pk), me.person.phone.reveal(), role, NOW)


def test_who_takes_over_the_invited_number_gives_themselves_nothing() -> None:
    owner, guest = someone("owner"), someone("person")
    made = invited(owner, guest, "handler")
    close_account(guest.actor, NOW)
    owner.person.phone = "13900007777"
    owner.person.save(update_fields=["phone", "phone_index"])
    row = Invitation.objects.get()
    row.phone = "13900007777"
    row.save(update_fields=["phone", "phone_index"])
    with pytest.raises(RefusedError, match="不能给自己"):
        accept_invitation(owner.actor, made.secret, NOW)


def test_the_security_administrator_agrees_to_no_role_for_themselves() -> None:
    admin, security = platform()
    audit_office = organisation("audit_office")
    made = invited(admin, security, "auditor", audit_office)
    with pytest.raises(RefusedError, match="不能给自己"):
        approve_grant(security.actor, made.id, NOW)


@pytest.mark.parametrize("second", ["security_admin", "audit_admin"])
def test_nobody_becomes_two_administrators(second: str) -> None:
    admin, security = platform()
    guest = someone("person")
    assert admin.organisation is not None
    joined(admin, guest, "system_admin", security, admin.organisation)
    made = invited(admin, guest, second, organisation("platform"))
    approve_grant(security.actor, made.id, NOW)
    with pytest.raises(RefusedError, match="只能当一种"):
        accept_invitation(guest.actor, made.secret, NOW)


def test_the_database_itself_keeps_administrators_apart() -> None:
    admin, _ = platform()
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            person=admin.person, organisation=organisation("platform"), role="audit_admin", from_at=NOW
        )


def test_the_first_three_administrators_are_three_people_and_are_named_once() -> None:
    phones = {"system_admin": "13900000001", "security_admin": "13900000002", "audit_admin": "13900000003"}
    operator = Actor("operator", "运维")
    with pytest.raises(RefusedError, match="三个不同的手机号"):
        appoint_first_administrators({**phones, "audit_admin": "139 0000 0001"}, "平台运营", operator, NOW)
    office = appoint_first_administrators(phones, "平台运营", operator, NOW)
    held = Membership.objects.filter(organisation=office)
    assert sorted(held.values_list("role", flat=True)) == sorted(phones)
    with pytest.raises(RefusedError, match="已经有管理员"):
        appoint_first_administrators(phones, "平台运营", operator, NOW)


def test_every_step_of_a_grant_is_in_the_log_with_its_doer() -> None:
    head, guest = someone("department_head"), someone("person")
    _, security = platform()
    made = invited(head, guest, "officer")
    approve_grant(security.actor, made.id, NOW)
    accept_invitation(guest.actor, made.secret, NOW)
    kept = [(entry.verb, entry.actor_id) for entry in entries(LogFilters("invitation", made.id))]
    assert kept == [
        ("accounts.invite", head.actor.id),
        ("accounts.approve_grant", security.actor.id),
        ("accounts.accept_invitation", guest.actor.id),
    ]
