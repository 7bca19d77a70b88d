"""A session begins new, says who acts, and ends."""

import pytest
from django.test import Client

from huiqi.foundation.accounts.actions import SignInRefusedError, begin_session, end_session
from huiqi.foundation.accounts.queries import actor_of
from huiqi.foundation.audit.queries import LogFilters, entries
from tests.support.people import NOW, someone

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
    with pytest.raises(SignInRefusedError, match="注销"):
        begin_session(Client().session, str(owner.person.pk), "code", NOW)


def test_signing_out_leaves_a_visitor() -> None:
    session = Client().session
    begin_session(session, str(someone("person").person.pk), "oidc:省平台", NOW)
    end_session(session, NOW)
    assert actor_of(session).role == "visitor"
    assert [entry.verb for entry in entries(LogFilters())] == ["accounts.sign_in", "accounts.sign_out"]
