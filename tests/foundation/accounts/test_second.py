"""The second proof: who must have one, and that it is taken once."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from huiqi.foundation.accounts.actions import SignInRefusedError, begin_session
from huiqi.foundation.accounts.actions.proofs import (
    finish_by_authenticator,
    finish_by_recovery_code,
    make_recovery_codes,
)
from huiqi.foundation.accounts.domain import KINDS
from huiqi.foundation.accounts.domain.sign_in import TWO_PROOFS
from huiqi.foundation.accounts.models import Authenticator, RecoveryCode
from huiqi.foundation.accounts.queries import actor_of, waiting_of
from tests.foundation.accounts.signing_in import give_app, page, sign_in, verbs
from tests.support.people import NOW, client_of, organisation, someone

pytestmark = pytest.mark.django_db
ROLES = sorted({role for kind in KINDS.values() for role in kind.roles})


@pytest.mark.parametrize("role", ROLES)
def test_whose_role_opens_other_peoples_files_is_not_in_before_a_second_proof(role: str) -> None:
    who = someone(role)
    session = Client().session
    begin_session(session, str(who.person.pk), "code", NOW)
    is_let_in = role in ("owner", "handler", "adviser")
    assert (role in TWO_PROOFS) is not is_let_in
    assert actor_of(session).role == (role if is_let_in else "visitor")
    assert (waiting_of(session) is None) is is_let_in


def test_who_has_none_is_led_to_setting_it_up_and_can_do_nothing_else(client: Client) -> None:
    someone("officer")
    assert sign_in(client, "13800000000") == "/accounts/set-up/"
    assert client.get("/accounts/").headers["Location"].startswith("/accounts/sign-in/")
    assert client.get("/accounts/sign-in/?next=/x/").headers["Location"] == "/accounts/set-up/?next=%2Fx%2F"
    client.post("/accounts/set-up/", {"begin": "1"})
    text = page(client, "/accounts/set-up/")
    app = Authenticator.objects.get()
    assert 'src="data:image/svg+xml' in text
    code = _code_of(app)
    done = client.post("/accounts/set-up/", {"code": code}).content.decode()
    assert len(re.findall(r"<li>[A-Z2-9]{5}-[A-Z2-9]{5}</li>", done)) == 8
    assert actor_of(client.session).role == "officer"
    assert "accounts.sign_in" in verbs()


def test_a_code_of_the_app_is_taken_once(client: Client) -> None:
    who = someone("officer")
    app = give_app(who.person, NOW)
    code = app.at(NOW)
    first, second = Client().session, Client().session
    for session in (first, second):
        begin_session(session, str(who.person.pk), "code", NOW)
    finish_by_authenticator(first, code, NOW)
    with pytest.raises(SignInRefusedError, match="刚刚用过"):
        finish_by_authenticator(second, code, NOW + timedelta(seconds=5))
    assert actor_of(first).role == "officer"
    assert actor_of(second).role == "visitor"
    finish_by_authenticator(second, app.at(NOW + timedelta(seconds=30)), NOW + timedelta(seconds=30))


def test_a_clock_half_a_minute_wrong_is_forgiven_and_no_more() -> None:
    who = someone("officer")
    app = give_app(who.person, NOW)
    session = Client().session
    begin_session(session, str(who.person.pk), "code", NOW)
    with pytest.raises(SignInRefusedError):
        finish_by_authenticator(session, app.at(NOW - timedelta(seconds=90)), NOW)
    finish_by_authenticator(session, app.at(NOW - timedelta(seconds=30)), NOW)


def test_a_recovery_code_lets_in_once_and_only_its_digest_is_kept(client: Client) -> None:
    who = someone("bank_clerk")
    give_app(who.person, timezone.now())
    code, other = make_recovery_codes(str(who.person.pk), NOW)[:2]
    assert code.replace("-", "") not in str(list(RecoveryCode.objects.values()))
    assert sign_in(client, "13800000000") == "/accounts/sign-in/second/"
    answer = client.post("/accounts/sign-in/second/", {"spare": f" {code.lower()} "})
    assert answer.headers["Location"] == "/home/"
    session = Client().session
    begin_session(session, str(who.person.pk), "code", NOW)
    with pytest.raises(SignInRefusedError, match="已经用过"):
        finish_by_recovery_code(session, code, NOW)
    finish_by_recovery_code(session, other, NOW)


def test_the_recovery_code_of_another_person_lets_nobody_in() -> None:
    mine, other = someone("officer"), someone("officer")
    give_app(mine.person, NOW)
    code = make_recovery_codes(str(other.person.pk), NOW)[0]
    session = Client().session
    begin_session(session, str(mine.person.pk), "code", NOW)
    with pytest.raises(SignInRefusedError):
        finish_by_recovery_code(session, code, NOW)


def test_the_secret_of_an_app_is_encrypted() -> None:
    app = give_app(someone("officer").person, NOW)
    row = Authenticator.objects.values().get()
    assert app.secret not in str(row["secret"].stored)


def test_an_owner_may_add_one_and_take_it_away_and_an_officer_may_not(client: Client) -> None:
    client = client_of(someone("owner"))
    client.post("/accounts/set-up/", {"begin": "1"})
    client.post("/accounts/set-up/", {"code": _code_of(Authenticator.objects.get())})
    assert sign_in(Client(), "13800000000") == "/accounts/sign-in/second/"
    client.post("/accounts/proofs/remove/")
    assert sign_in(Client(), "13800000000") == "/home/"
    officer = someone("officer")
    give_app(officer.person, NOW)
    answer = client_of(officer).post("/accounts/proofs/remove/")
    assert answer.status_code == 403
    assert "必须有第二道验证" in answer.content.decode()


def test_adding_a_second_proof_ends_the_sessions_that_were_begun_without(client: Client) -> None:
    owner = someone("owner")
    old, here = client_of(owner), client_of(owner)
    here.post("/accounts/set-up/", {"begin": "1"})
    here.post("/accounts/set-up/", {"code": _code_of(Authenticator.objects.get())})
    assert actor_of(old.session).role == "visitor"
    assert actor_of(here.session).role == "owner"


def test_who_owes_a_second_proof_cannot_replace_it_instead(client: Client) -> None:
    who = someone("officer")
    give_app(who.person, timezone.now())
    sign_in(client, "13800000000")
    assert client.get("/accounts/set-up/").headers["Location"] == "/accounts/sign-in/second/"
    client.post("/accounts/set-up/", {"begin": "1"})
    assert Authenticator.objects.filter(confirmed_at__isnull=True).count() == 0
    assert client.post("/accounts/passkeys/offer/").status_code == 403


def test_a_role_that_takes_a_second_proof_is_not_switched_to_without() -> None:
    owner = someone("owner")
    client = client_of(owner)
    office = organisation("department")
    member = owner.person.memberships.create(organisation=office, role="officer", from_at=NOW)
    answer = client.post("/accounts/role/", {"role": str(member.pk), "next": "/policies/"})
    assert answer.headers["Location"].startswith("/accounts/set-up/")
    assert actor_of(client.session).role == "visitor"


def _code_of(app: Authenticator) -> str:
    """What the app shows now; the pages read the real clock."""
    import pyotp  # noqa: PLC0415

    return pyotp.TOTP(app.secret.reveal()).at(timezone.now())
