"""Signing in by telephone and by password, on pages."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from huiqi.foundation.accounts.actions.codes import TRIES, TypedCode, WrongCodeError, make_code, take_codes
from huiqi.foundation.accounts.models import OneTimeCode, Person, Session
from huiqi.foundation.accounts.queries import actor_of
from huiqi.foundation.audit.queries import LogFilters, entries
from tests.foundation.accounts.signing_in import NUMBER, ask_for_code, page, sign_in, verbs
from tests.support.people import NOW, someone

pytestmark = pytest.mark.django_db
PASSWORD = "胡辣汤 配 油馍头"  # noqa: S105 # pragma: allowlist secret


def test_two_screens_lead_in_and_the_first_time_makes_the_account(client: Client) -> None:
    assert sign_in(client, "+86 139 0000 1111", "/policies/") == "/policies/"
    assert actor_of(client.session).role == "person"
    assert Person.objects.get(phone_index=NUMBER).phone.reveal() == NUMBER
    assert verbs() == ["accounts.open_account", "accounts.sign_in"]
    assert sign_in(Client()) == "/home/"
    assert Person.objects.count() == 1


def test_the_first_screen_asks_for_a_number_the_telephone_knows(client: Client) -> None:
    text = page(client, "/accounts/sign-in/")
    assert 'inputmode="tel"' in text
    assert 'autocomplete="tel"' in text
    ask_for_code(client)
    text = page(client, "/accounts/sign-in/code/")
    assert 'inputmode="numeric"' in text
    assert 'autocomplete="one-time-code"' in text
    assert "139****1111" in text
    assert NUMBER not in text


def test_what_is_no_number_is_said_and_kept(client: Client) -> None:
    answer = client.post("/accounts/sign-in/", {"phone": "0391-8123456"}).content.decode()
    assert "这不像一个手机号" in answer
    assert 'value="0391-8123456"' in answer
    assert OneTimeCode.objects.count() == 0


def test_a_wrong_code_says_how_many_tries_are_left_and_then_the_code_is_over(client: Client) -> None:
    code = ask_for_code(client)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for left in range(TRIES - 1, 0, -1):
        answer = client.post("/accounts/sign-in/code/", {"code": wrong}).content.decode()
        assert f"还可以再试 {left} 次" in answer
        assert f'value="{wrong}"' in answer
    client.post("/accounts/sign-in/code/", {"code": wrong})
    answer = client.post("/accounts/sign-in/code/", {"code": code}).content.decode()
    assert "重新发送" in answer
    assert actor_of(client.session).role == "visitor"
    assert verbs() == ["accounts.refuse_sign_in"] * (TRIES + 1)


def test_a_new_code_ends_the_one_before(client: Client) -> None:
    first = ask_for_code(client)
    client.post("/accounts/sign-in/code/", {"again": "1"})
    second = client.get("/accounts/sign-in/code/").content.decode()
    if first not in second:  # one in a million is the same
        answer = client.post("/accounts/sign-in/code/", {"code": first})
        assert answer.status_code == 200
    assert OneTimeCode.objects.count() == 1


def test_a_code_lasts_five_minutes_and_is_used_once() -> None:
    code = make_code(NUMBER, "trial", "here", NOW)
    with pytest.raises(WrongCodeError, match="过期"):
        take_codes([TypedCode(NUMBER, "trial", code)], "here", NOW + timedelta(minutes=5))
    take_codes([TypedCode(NUMBER, "trial", code)], "here", NOW + timedelta(minutes=4, seconds=59))
    with pytest.raises(WrongCodeError, match="已经用过"):
        take_codes([TypedCode(NUMBER, "trial", code)], "here", NOW)


def test_nothing_kept_tells_the_code_or_the_number() -> None:
    code = make_code(NUMBER, "trial", "here", NOW)
    row = str(OneTimeCode.objects.values().get())
    assert code not in row
    assert NUMBER not in row


def test_another_browser_neither_guesses_nor_uses_up_the_code_that_is_waited_for() -> None:
    mine = make_code(NUMBER, "trial", "mine", NOW)
    make_code(NUMBER, "trial", "a stranger's", NOW)
    for _ in range(TRIES):
        with pytest.raises(WrongCodeError):
            take_codes([TypedCode(NUMBER, "trial", "no code")], "a stranger's", NOW)
    take_codes([TypedCode(NUMBER, "trial", mine)], "mine", NOW)


def test_the_same_is_said_whether_anybody_has_the_number(client: Client) -> None:
    someone("owner")
    known = client.post("/accounts/sign-in/", {"phone": "13800000000"})
    unknown = Client().post("/accounts/sign-in/", {"phone": "13999999999"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )


def test_who_asks_for_too_many_codes_waits_and_is_written_down(client: Client) -> None:
    answers = [client.post("/accounts/sign-in/", {"phone": NUMBER}) for _ in range(7)]
    assert [each.status_code for each in answers[:6]] == [302] * 6
    assert "请等" in answers[6].content.decode()
    assert f'value="{NUMBER}"' in answers[6].content.decode()
    assert verbs() == ["accounts.lock_out"]
    (entry,) = entries(LogFilters())
    assert (entry.subject_name, entry.actor_id) == ("139****1111", "visitor")


def test_a_stranger_who_spends_the_allowance_of_a_number_does_not_lock_its_owner_out(client: Client) -> None:
    sign_in(client)
    client.post("/accounts/sign-out/")
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(20):
        stranger.post("/accounts/sign-in/", {"phone": NUMBER})
    assert sign_in(client) == "/home/"


def test_a_password_lets_in_and_the_same_is_said_of_a_wrong_one_and_of_nobody(client: Client) -> None:
    person = Person.objects.create(phone=NUMBER, password=make_password(PASSWORD), created_at=NOW)
    wrong = client.post("/accounts/sign-in/password/", {"phone": NUMBER, "password": "不是这个"})
    nobody = client.post("/accounts/sign-in/password/", {"phone": "13999999999", "password": "不是这个"})
    words = "手机号或密码不对"
    assert words in wrong.content.decode()
    assert words in nobody.content.decode()
    assert "不是这个" not in wrong.content.decode()
    answer = client.post("/accounts/sign-in/password/", {"phone": NUMBER, "password": PASSWORD})
    assert answer.status_code == 302
    assert actor_of(client.session).id == str(person.pk)


def test_passwords_are_tried_ten_times_an_hour(client: Client) -> None:
    Person.objects.create(phone=NUMBER, password=make_password(PASSWORD), created_at=NOW)
    tried = {"phone": NUMBER, "password": "不是这个"}
    codes = [client.post("/accounts/sign-in/password/", tried).status_code for _ in range(11)]
    assert codes == [200] * 10 + [429]
    assert verbs()[-1] == "accounts.lock_out"


def test_an_account_without_a_password_has_none_to_guess(client: Client) -> None:
    someone("person")
    answer = client.post("/accounts/sign-in/password/", {"phone": "13800000000", "password": ""})
    assert "请填密码" in answer.content.decode()


def test_a_session_is_of_no_use_to_who_steals_the_table(client: Client) -> None:
    sign_in(client)
    row = Session.objects.values().get(person__isnull=False)
    key = client.cookies["sessionid"].value
    assert row["session_key"] != key
    thief = Client()
    thief.cookies["sessionid"] = str(row["session_key"])
    assert actor_of(thief.session).role == "visitor"
    assert str(row["person_id"]) not in str(row["session_data"].stored)
