"""Signing in by a provider that keeps to the rules: first and later arrivals, connecting, ending."""

import pytest
from django.test import Client

from huiqi.foundation.accounts.models import ExternalIdentity, Passkey, Person
from huiqi.foundation.accounts.queries import actor_of
from huiqi.foundation.accounts.queries.acting import PROVEN_KEY
from huiqi.foundation.accounts.queries.proofs import waiting_of
from huiqi.foundation.notices.models import Letter
from tests.foundation.accounts.identifying import BACK, CONNECT, come, prove
from tests.foundation.accounts.signing_in import NUMBER, page, sign_in, verbs
from tests.support.issuer import Issuer
from tests.support.people import NOW, client_of, someone

pytestmark = pytest.mark.django_db


def test_without_a_provider_there_is_no_button_and_no_page(client: Client) -> None:
    assert "provider" not in page(client, "/accounts/sign-in/")
    assert client.post("/accounts/sign-in/provider/").status_code == 404
    assert client.get(BACK, {"code": "a", "state": "b"}).status_code == 404
    assert client.get("/accounts/signed-out/").status_code == 404
    assert "连接" not in page(client_of(someone("person")), "/accounts/")


def test_the_first_arrival_proves_a_number_and_the_next_needs_none(client: Client, issuer: Issuer) -> None:
    assert "用河南政务服务网登录" in page(client, "/accounts/sign-in/")
    issuer.details = {"phone_number": "+86 139 0000 1111", "name": "张三"}
    first = come(client, issuer, "/policies/")
    assert first.headers["Location"] == "/accounts/sign-in/provider/first/?next=%2Fpolicies%2F"
    assert f'value="{NUMBER}"' in page(client, first.headers["Location"])
    assert not Person.objects.exists()
    prove(client)
    person = Person.objects.get()
    assert (person.name.reveal(), actor_of(client.session).id) == ("张三", str(person.pk))
    assert verbs() == ["accounts.open_account", "accounts.connect_identity", "accounts.sign_in"]
    again = Client()
    assert come(again, issuer, "/policies/").headers["Location"] == "/policies/"
    assert actor_of(again.session).id == str(person.pk)
    assert "这次用河南政务服务网账号登录" in page(again, "/accounts/")
    assert again.post("/accounts/sign-out/").headers["Location"] == "/accounts/signed-out/"
    assert f"{issuer.address}/end?client_id=huiqi" in page(again, "/accounts/signed-out/")


@pytest.mark.parametrize("is_trusted", [False, True])
def test_a_claimed_number_takes_nobodys_account(settings, issuer: Issuer, is_trusted: bool) -> None:
    settings.HUIQI_OIDC = {**issuer.settings, "is_phone_trusted": is_trusted}
    owner, attacker = someone("owner"), Client()
    number = owner.person.phone.reveal()
    issuer.details = {"phone_number": number, "phone_number_verified": True}
    assert "/first/" in come(attacker, issuer).headers["Location"]
    assert actor_of(attacker.session).role == "visitor"
    assert not ExternalIdentity.objects.exists()
    prove(attacker, number)  # who holds the telephone is its owner
    assert actor_of(attacker.session).id == owner.actor.id


def test_a_city_may_trust_verified_numbers_that_nobody_has(settings, issuer: Issuer) -> None:
    settings.HUIQI_OIDC = {**issuer.settings, "is_phone_trusted": True}
    issuer.details = {"phone_number": NUMBER, "phone_number_verified": "yes"}
    assert "/first/" in come(Client(), issuer).headers["Location"]
    issuer.details = {"phone_number": NUMBER, "phone_number_verified": True}
    client = Client()
    assert come(client, issuer).headers["Location"] == "/home/"
    assert Person.objects.get().phone.reveal() == NUMBER
    assert ExternalIdentity.objects.get().is_proven is False


def test_subjects_that_differ_by_a_capital_letter_are_two_people(client: Client, issuer: Issuer) -> None:
    issuer.said = {"sub": "AbC"}
    come(client, issuer)
    prove(client)
    for other in ("abc", "ＡbC", " AbC"):
        issuer.said = {"sub": other}
        assert "/first/" in come(Client(), issuer).headers["Location"]


def test_an_identity_left_behind_is_not_connected_to_who_comes_next(client: Client, issuer: Issuer) -> None:
    come(client, issuer)
    client.post("/accounts/sign-in/provider/first/", {"phone": NUMBER})
    assert sign_in(client, "13900002222") == "/home/"
    assert not ExternalIdentity.objects.exists()


def test_staff_give_their_second_proof_whatever_a_first_arrival_says(settings, issuer: Issuer) -> None:
    settings.HUIQI_OIDC = {**issuer.settings, "strong_acr": ("two",)}
    officer = someone("officer")
    issuer.said = {"sub": "u-1", "acr": "two"}
    client = Client()
    come(client, issuer)
    prove(client, officer.person.phone.reveal())
    again = Client()
    assert come(again, issuer).headers["Location"].startswith("/accounts/set-up/")
    for browser in (client, again):
        assert actor_of(browser.session).role == "visitor"
        assert waiting_of(browser.session) is not None


@pytest.mark.parametrize(
    ("acr", "location"), [("two", "/home/"), ("one", "/accounts/set-up/"), (["two"], None)]
)
def test_two_proofs_over_there_count_for_who_connected_with_two_here(
    settings, issuer: Issuer, acr: object, location: str | None
) -> None:
    settings.HUIQI_OIDC = {**issuer.settings, "strong_acr": ("two",)}
    officer = someone("officer")
    client = client_of(officer)
    session = client.session
    session[PROVEN_KEY] = True
    session.save()
    assert come(client, issuer, start=CONNECT).headers["Location"] == "/accounts/"
    assert verbs() == ["accounts.connect_identity"]
    issuer.said = {"sub": "u-1", "acr": acr}
    assert come(Client(), issuer).headers["Location"] == (location or "/accounts/set-up/")


def test_the_account_shows_the_connection_and_lets_it_be_ended(settings, issuer: Issuer) -> None:
    owner = someone("person")
    client = client_of(owner)
    come(client, issuer, start=CONNECT)
    assert "解除<span" in page(client, "/accounts/")
    identity = str(ExternalIdentity.objects.get().pk)
    stranger = client_of(someone("person"))
    stranger.post("/accounts/identities/end/", {"identity": identity})
    settings.HUIQI_SMS = "none"
    refused = client.post("/accounts/identities/end/", {"identity": identity})
    assert "唯一的登录方式" in refused.content.decode()
    assert ExternalIdentity.objects.count() == 1
    Passkey.objects.create(person=owner.person, credential="c", public_key=b"k", added_at=NOW)
    client.post("/accounts/identities/end/", {"identity": identity})
    client.post("/accounts/identities/end/", {"identity": "no id"})
    assert verbs() == ["accounts.connect_identity", "accounts.end_identity"]
    told = Letter.objects.values_list("notice__title", flat=True)
    assert sorted(told) == ["河南政务服务网账号已经解除", "河南政务服务网账号连上了您的账号"]
    assert "连接<span" in page(client, "/accounts/")


def test_one_identity_signs_one_person_in_and_one_person_has_one(issuer: Issuer) -> None:
    mine, other = client_of(someone("person")), client_of(someone("person"))
    come(mine, issuer, start=CONNECT)
    assert come(mine, issuer, start=CONNECT).status_code == 302
    assert "另一个账号" in come(other, issuer, start=CONNECT).content.decode()
    issuer.said = {"sub": "u-2"}
    assert "已经连着" in come(mine, issuer, start=CONNECT).content.decode()
    assert ExternalIdentity.objects.count() == 1


def test_a_closed_account_keeps_no_way_in(issuer: Issuer) -> None:
    client = client_of(someone("person"))
    come(client, issuer, start=CONNECT)
    client.post("/accounts/close/", {"sure": "yes"})
    assert "/first/" in come(Client(), issuer).headers["Location"]
