"""The demo's people: one for each role, in by one tap."""

import pytest
from django.test import Client
from django.utils import timezone

from huiqi.foundation.access.domain import ROLES
from huiqi.foundation.access.domain.words import EVERYONE, SIGNED_IN, VISITOR
from huiqi.foundation.accounts.actions import make_demo_people
from huiqi.foundation.accounts.domain.demo import DEMO_ACCOUNTS
from huiqi.foundation.accounts.queries import actor_of
from huiqi.foundation.accounts.queries.demo import demo_people, demo_proof
from huiqi.foundation.audit.actions import Actor
from tests.foundation.accounts.signing_in import code_on, page
from tests.support.people import NOW

pytestmark = pytest.mark.django_db
MAKER = Actor("cli:test", "test")


def test_there_is_one_for_each_role() -> None:
    assert {each.role for each in DEMO_ACCOUNTS} == set(ROLES) - {EVERYONE, SIGNED_IN, VISITOR}
    assert len({each.number for each in DEMO_ACCOUNTS}) == len(DEMO_ACCOUNTS)


def test_they_are_made_once() -> None:
    assert make_demo_people(NOW, MAKER) == len(DEMO_ACCOUNTS)
    assert make_demo_people(NOW, MAKER) == 0
    assert [each.role for each in demo_people()] == [ROLES[each.role] for each in DEMO_ACCOUNTS]


def test_each_is_in_by_a_tap_and_the_code_that_is_shown() -> None:
    make_demo_people(NOW, MAKER)
    for account, person in zip(DEMO_ACCOUNTS, demo_people(), strict=True):
        client = Client()
        answer = client.post("/accounts/sign-in/demo/", {"person": person.id})
        if answer.headers["Location"] == "/accounts/sign-in/second/":
            code = code_on(page(client, "/accounts/sign-in/second/"))
            client.post("/accounts/sign-in/second/", {"code": code})
        assert actor_of(client.session).role == account.role


def test_everybody_arrives_at_their_own_home() -> None:
    make_demo_people(NOW, MAKER)
    for person in demo_people():
        client = Client()
        answer = client.post("/accounts/sign-in/demo/", {"person": person.id})
        if answer.headers["Location"] == "/accounts/sign-in/second/":
            code = code_on(page(client, "/accounts/sign-in/second/"))
            answer = client.post("/accounts/sign-in/second/", {"code": code})
        assert answer.headers["Location"] == "/home/"
        assert client.get("/home/").status_code == 200


def test_a_real_site_shows_nobodys_proof(settings) -> None:
    make_demo_people(NOW, MAKER)
    officer = next(each for each in demo_people() if each.role == "工作人员")
    assert demo_proof(officer.id, timezone.now())
    settings.HUIQI_SMS = "http"
    assert demo_people() == ()
    assert demo_proof(officer.id, timezone.now()) == ""
