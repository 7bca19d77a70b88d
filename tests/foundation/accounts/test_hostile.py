"""What strangers try."""

import pytest
from django.test import Client

from huiqi.foundation.accounts.models import Person, Session
from huiqi.foundation.accounts.queries import actor_of
from tests.foundation.accounts.signing_in import NUMBER, ask_for_code, sign_in
from tests.support.people import client_of, someone

pytestmark = pytest.mark.django_db

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "/\t/evil.example/",
    "http:///evil.example",
    "javascript:alert(1)",
    "/policies/\r\nSet-Cookie: a=b",
    "/" + "a" * 5000,
]


@pytest.mark.parametrize("way", ELSEWHERE)
def test_signing_in_leads_to_no_other_site(client: Client, way: str) -> None:
    assert sign_in(client, way=way) == "/home/"


def test_a_session_planted_before_signing_in_is_worth_nothing_after() -> None:
    attacker = Client()
    ask_for_code(attacker)
    planted = attacker.cookies["sessionid"].value
    victim = Client()
    victim.cookies["sessionid"] = planted
    sign_in(victim, "13900009999")
    assert victim.cookies["sessionid"].value != planted
    assert actor_of(attacker.session).role == "visitor"


def test_a_made_up_session_key_is_not_taken_over(client: Client) -> None:
    client.cookies["sessionid"] = "abcdefghijklmnopqrstuvwxyz012345"
    sign_in(client)
    assert client.cookies["sessionid"].value != "abcdefghijklmnopqrstuvwxyz012345"


def test_the_code_of_one_number_opens_no_other(client: Client) -> None:
    code = ask_for_code(client)
    client.post("/accounts/sign-in/", {"phone": "13900002222"})
    client.post("/accounts/sign-in/code/", {"code": code})
    assert not Person.objects.filter(phone_index="13900002222").exists()
    assert actor_of(client.session).role == "visitor" or Person.objects.count() == 1


def test_a_code_page_without_a_number_begins_anew(client: Client) -> None:
    assert client.get("/accounts/sign-in/code/").headers["Location"] == "/accounts/sign-in/"
    assert client.post("/accounts/sign-in/code/", {"code": "123456"}).status_code == 302


@pytest.mark.parametrize(
    "address",
    ["", "name/", "password/", "phone/", "phone/codes/", "close/", "role/"],
)
def test_pages_of_an_account_lead_a_visitor_to_the_sign_in(client: Client, address: str) -> None:
    answer = client.get(f"/accounts/{address}")
    assert answer.headers["Location"].startswith("/accounts/sign-in/?next=")


def test_nobody_ends_or_changes_what_is_another_persons() -> None:
    mine, other = someone("owner"), someone("owner")
    client, theirs = client_of(mine), client_of(other)
    theirs.post("/accounts/role/", {"role": ""})
    handle = Session.objects.get(person=other.person).handle
    client.post("/accounts/sessions/end/", {"session": str(handle)})
    client.post("/accounts/sessions/end/", {"session": "1 OR 1=1"})
    client.post("/accounts/passkeys/remove/", {"passkey": "not an id"})
    assert actor_of(theirs.session).id == other.actor.id
    answer = client.post("/accounts/role/", {"role": other.session["acting"]})
    assert "已经不是您的" in answer.content.decode()
    assert actor_of(client.session).id == mine.actor.id


def test_a_form_from_another_site_signs_nobody_in_or_out() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/accounts/sign-in/", {"phone": NUMBER}).status_code == 403
    assert strict.post("/accounts/sign-out/").status_code in (302, 403)


def test_what_is_typed_is_shown_as_it_is_and_never_as_a_page(client: Client) -> None:
    answer = client.post("/accounts/sign-in/", {"phone": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in answer


def test_a_tap_on_the_demos_list_signs_nobody_else_in(client: Client) -> None:
    real = Person.objects.create(phone="13700000000", created_at=someone("owner").person.created_at)
    assert client.post("/accounts/sign-in/demo/", {"person": str(real.pk)}).status_code == 404
    assert client.post("/accounts/sign-in/demo/", {"person": "x"}).status_code == 404


def test_there_is_no_demo_where_codes_are_really_sent(client: Client, settings) -> None:
    settings.HUIQI_SMS = "none"
    owner = someone("owner")
    assert client.post("/accounts/sign-in/demo/", {"person": str(owner.person.pk)}).status_code == 404
    assert "演示：点一下就登录" not in client.get("/accounts/sign-in/").content.decode()
