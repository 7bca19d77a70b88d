"""My account: name, password, telephone, sessions, roles, and its end."""

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.test import Client

from huiqi.foundation.accounts.models import Authenticator, Membership, Person, Session
from huiqi.foundation.accounts.queries import actor_of
from huiqi.foundation.audit.queries import LogFilters, entries
from tests.foundation.accounts.signing_in import NUMBER, page, sign_in, verbs
from tests.support.people import NOW, client_of, organisation, someone

pytestmark = pytest.mark.django_db
GOOD, BETTER = "胡辣汤 配 油馍头", "早上 五点 和面"


def test_the_page_shows_oneself_masked_in_fourteen_questions(django_assert_num_queries) -> None:
    owner = someone("owner")
    client = client_of(owner)
    with django_assert_num_queries(14):
        text = page(client, "/accounts/")
    assert "138****0000" in text
    assert "13800000000" not in text
    assert "演示owner" not in text


def test_a_name_is_corrected_and_the_log_keeps_only_that() -> None:
    owner = someone("owner")
    client = client_of(owner)
    assert "请填姓名" in client.post("/accounts/name/", {"name": "  "}).content.decode()
    client.post("/accounts/name/", {"name": "王小明"})
    assert Person.objects.get().name.reveal() == "王小明"
    (entry,) = entries(LogFilters())
    assert entry.verb == "accounts.correct_name"
    assert "小明" not in str(entry)


def test_a_new_password_ends_every_other_session(client: Client) -> None:
    other = Client()
    sign_in(other)
    sign_in(client)
    answer = client.post("/accounts/password/", {"new": GOOD, "again": GOOD})
    assert answer.status_code == 302
    assert check_password(GOOD, Person.objects.get().password)
    assert actor_of(other.session).role == "visitor"
    assert actor_of(client.session).role == "person"


def test_who_signed_in_by_password_must_know_the_old_one_to_change_it(client: Client) -> None:
    Person.objects.create(phone=NUMBER, password=make_password(GOOD), created_at=NOW)
    client.post("/accounts/sign-in/password/", {"phone": NUMBER, "password": GOOD})
    wrong = client.post("/accounts/password/", {"old": "不是", "new": BETTER, "again": BETTER})
    assert "现在的密码不对" in wrong.content.decode()
    client.post("/accounts/password/", {"old": GOOD, "new": BETTER, "again": BETTER})
    assert check_password(BETTER, Person.objects.get().password)


@pytest.mark.parametrize(
    ("new", "again", "words"),
    [
        (GOOD, BETTER, "不一样"),
        ("password1", "password1", "太常见"),
        ("short", "short", "至少 8 位"),
        ("长" * 257, "长" * 257, "最多 256 位"),
    ],
)
def test_a_password_that_will_not_do_is_told_why(client: Client, new: str, again: str, words: str) -> None:
    sign_in(client)
    assert words in client.post("/accounts/password/", {"new": new, "again": again}).content.decode()
    assert Person.objects.get().password == ""


def test_a_number_is_changed_by_codes_to_both_telephones(client: Client) -> None:
    sign_in(client)
    client.post("/accounts/phone/", {"phone": "13900002222"})
    old, new = _both(page(client, "/accounts/phone/codes/"))
    swapped = client.post("/accounts/phone/codes/", {"old": new, "new": old}).content.decode()
    assert "号码还没有换" in swapped
    client.post("/accounts/phone/codes/", {"old": old, "new": new})
    assert Person.objects.get().phone.reveal() == "13900002222"
    assert Person.objects.filter(phone_index="13900002222").exists()
    assert verbs()[-1] == "accounts.change_phone"
    assert NUMBER not in str(entries(LogFilters())[-2:])


def test_a_slip_in_one_of_two_codes_costs_neither(client: Client) -> None:
    sign_in(client)
    client.post("/accounts/phone/", {"phone": "13900002222"})
    old, new = _both(page(client, "/accounts/phone/codes/"))
    slip = f"{(int(new) + 1) % 10**6:06}"
    refused = client.post("/accounts/phone/codes/", {"old": old, "new": slip}).content.decode()
    assert "还可以再试 4 次" in refused
    client.post("/accounts/phone/codes/", {"old": old, "new": new})
    assert Person.objects.get().phone.reveal() == "13900002222"


def test_a_number_of_somebody_else_is_not_taken_over(client: Client) -> None:
    Person.objects.create(phone="13900002222", created_at=NOW)
    sign_in(client)
    client.post("/accounts/phone/", {"phone": "13900002222"})
    old, new = _both(page(client, "/accounts/phone/codes/"))
    answer = client.post("/accounts/phone/codes/", {"old": old, "new": new}).content.decode()
    assert "已经有另一个账号" in answer
    assert Person.objects.filter(phone_index=NUMBER).exists()


def test_sessions_are_listed_in_words_and_ended_one_by_one_or_all(client: Client) -> None:
    phone = Client(HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 14) MicroMessenger/8")
    third = Client()
    for each in (client, phone, third):
        sign_in(each)
    text = page(client, "/accounts/")
    assert "安卓手机，微信" in text
    assert text.count("就是这里") == 1
    handle = Session.objects.get(device="安卓手机，微信").handle
    client.post("/accounts/sessions/end/", {"session": str(handle)})
    assert actor_of(phone.session).role == "visitor"
    assert actor_of(third.session).role == "person"
    client.post("/accounts/sessions/end/")
    assert actor_of(third.session).role == "visitor"
    assert actor_of(client.session).role == "person"


def test_who_has_several_roles_chooses_and_the_actor_follows(client: Client) -> None:
    owner = someone("owner", organisation("business", "演示面馆"))
    shop = organisation("business", "演示烧烤店")
    Membership.objects.create(person=owner.person, organisation=shop, role="handler", from_at=NOW)
    assert sign_in(client, "13800000000", "/policies/") == "/accounts/role/?next=%2Fpolicies%2F"
    assert actor_of(client.session).role == "person"
    other = Membership.objects.get(organisation=shop)
    answer = client.post("/accounts/role/", {"role": str(other.pk), "next": "/policies/"})
    assert answer.headers["Location"] == "/policies/"
    actor = actor_of(client.session)
    assert (actor.role, actor.organisation and actor.organisation.name) == ("handler", "演示烧烤店")
    assert verbs()[-1] == "accounts.switch_role"
    client.post("/accounts/role/", {"role": ""})
    assert actor_of(client.session).role == "person"


def test_a_session_whose_membership_ended_acts_for_the_organisation_no_more() -> None:
    client = client_of(someone("owner"))
    Membership.objects.update(until_at=NOW)
    assert actor_of(client.session).role == "person"
    assert "经营者" not in page(client, "/accounts/")


def test_a_closed_account_is_out_everywhere_and_its_number_begins_anew(client: Client) -> None:
    other = Client()
    sign_in(other)
    sign_in(client)
    assert "请先勾选" in client.post("/accounts/close/").content.decode()
    assert client.post("/accounts/close/", {"sure": "yes"}).headers["Location"] == "/"
    assert actor_of(other.session).role == "visitor"
    assert actor_of(client.session).role == "visitor"
    sign_in(client)
    assert Person.objects.count() == 2
    assert Person.objects.filter(left_at__isnull=True).count() == 1


def test_who_works_for_an_office_is_let_go_by_it() -> None:
    officer = someone("officer")
    answer = client_of(officer).post("/accounts/close/", {"sure": "yes"})
    assert "先由单位管理员" in answer.content.decode()
    assert Person.objects.get().left_at is None


def test_the_frame_shows_who_acts_and_the_way_out_and_costs_four_questions(
    django_assert_num_queries,
) -> None:
    client = client_of(someone("owner", organisation("business", "演示面馆")))
    with django_assert_num_queries(4):
        text = page(client, "/about/")
    assert "演****** · 经营者 · 演示面馆" in text
    assert "/accounts/sign-out/" in text


def test_a_visitor_without_a_session_is_not_looked_up(django_assert_num_queries, client: Client) -> None:
    with django_assert_num_queries(0):
        text = page(client, "/about/")
    assert '<a class="enter no-print" href="/accounts/sign-in/">登录</a>' in text
    with django_assert_num_queries(0):
        page(client, "/accounts/sign-in/password/")


def test_the_proofs_of_a_closed_account_are_gone(client: Client) -> None:
    owner = someone("owner")
    Authenticator.objects.create(person=owner.person, secret="x" * 32, confirmed_at=NOW)
    client_of(owner).post("/accounts/close/", {"sure": "yes"})
    assert Authenticator.objects.count() == 0
    assert Membership.objects.get().until_at is not None


def _both(text: str) -> list[str]:
    found = text.split("shown-code")[1].split("<", maxsplit=1)[0].removeprefix('">').split()
    assert len(found) == 2
    return found
