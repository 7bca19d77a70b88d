"""A session begins new, says who acts, and ends."""

from datetime import timedelta

import pytest
from django.test import Client

from huiqi.foundation.accounts.actions import SignInRefusedError, begin_session, end_session
from huiqi.foundation.accounts.actions.sessions import switch_role
from huiqi.foundation.accounts.models import Session
from huiqi.foundation.accounts.queries import actor_of
from huiqi.foundation.audit.queries import LogFilters, entries
from tests.support.people import NOW, client_of, someone

pytestmark = pytest.mark.django_db


def test_signing_in_begins_a_new_session_and_keeps_nothing_of_the_old_one() -> None:
    owner = someone("owner")
    session = Client().session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key
    begin_session(session, str(owner.person.pk), "code", NOW)
    session.save()
    assert session.session_key != before
    assert "planted" not in session
    assert actor_of(session).role == "owner"
    assert [entry.verb for entry in entries(LogFilters())] == ["accounts.sign_in"]


def test_a_closed_account_signs_in_no_more() -> None:
    owner = someone("owner")
    owner.person.left_at = NOW
    owner.person.save(update_fields=["left_at"])
    with pytest.raises(SignInRefusedError, match="停用或注销"):
        begin_session(Client().session, str(owner.person.pk), "code", NOW)


def test_signing_out_leaves_a_visitor() -> None:
    session = Client().session
    begin_session(session, str(someone("person").person.pk), "oidc:省平台", NOW)
    end_session(session, NOW)
    assert actor_of(session).role == "visitor"
    assert [entry.verb for entry in entries(LogFilters())] == ["accounts.sign_in", "accounts.sign_out"]


@pytest.mark.parametrize(("role", "hours"), [("officer", 12), ("owner", 30 * 24), ("person", 30 * 24)])
def test_a_session_ends_after_its_time_whatever_is_done_with_it(role: str, hours: int) -> None:
    session = Client().session
    begin_session(session, str(someone(role).person.pk), "passkey", NOW)
    assert session.get_expiry_date() == NOW + timedelta(hours=hours)
    session["something"] = "done later"
    assert session.get_expiry_date() == NOW + timedelta(hours=hours)


def test_a_session_that_is_over_is_forgotten_and_lets_nobody_in() -> None:
    owner = someone("owner")
    client = client_of(owner)
    Session.objects.update(expire_date=NOW - timedelta(seconds=1))
    assert actor_of(client.session).role == "visitor"
    begin_session(Client().session, str(owner.person.pk), "code", NOW)
    assert not Session.objects.filter(person=owner.person).exists()


def test_switching_roles_does_not_lengthen_a_session() -> None:
    owner = someone("owner")
    session = Client().session
    begin_session(session, str(owner.person.pk), "code", NOW)
    switch_role(session, "", NOW + timedelta(days=20))
    assert session.get_expiry_date() == NOW + timedelta(days=30)
