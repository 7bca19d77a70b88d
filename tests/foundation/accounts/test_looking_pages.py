"""代看 in a browser: for a reason and a time, changing nothing, and told to whoever was seen."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from huiqi.foundation.accounts.domain.members import NEVER_SEEN
from huiqi.foundation.accounts.models import SupportLook
from huiqi.foundation.audit.queries import LogFilters, entries
from huiqi.foundation.cases.models import Case
from huiqi.foundation.clock.queries import now
from huiqi.foundation.notices.queries import letters_of
from tests.foundation.access.test_guard import patterns
from tests.foundation.accounts.mandating import page, send
from tests.foundation.accounts.members import number_of
from tests.foundation.cases.places import opened
from tests.support.people import Someone, client_of, someone

pytestmark = pytest.mark.django_db
SEE_AS = "/accounts/see-as/"
WHY = "来电说看不到办件"
WAYS_OUT = {"/accounts/sign-out/", "/accounts/see-as/end/", "/modes/"}


def looking(support: Someone, at: Someone, view: str = "") -> Client:
    client = client_of(support)
    answer = client.post(SEE_AS, {"phone": number_of(at), "reason": WHY, "view": view, "step": "yes"})
    assert answer.headers["Location"] == "/"
    return client


def test_support_looks_after_number_and_reason_and_the_user_finds_who_when_and_why() -> None:
    support, owner = someone("support"), someone("owner")
    client = client_of(support)
    chosen = send(client, SEE_AS, 200, phone=number_of(owner), reason=WHY)
    assert "经营者" in chosen
    assert "马上会收到一条消息" in chosen
    assert SupportLook.objects.count() == 0
    client = looking(support, owner, owner.session["acting"])
    home = page(client, "/")
    assert "代看中，只能看" in home
    assert "经营者" in home
    page(client, "/cases/own/")
    send(client, "/accounts/see-as/end/", 302)
    assert "代看中" not in page(client, "/")
    seen = page(client_of(owner), "/accounts/looks/")
    for words in (WHY, str(support.person), "经营者"):
        assert words in seen
    assert letters_of(owner.actor.id).letters[0].title.startswith("客服代看您的页面")
    told = [(each.verb, each.actor_id) for each in entries(LogFilters("person", owner.actor.id))]
    verbs = ("accounts.find_user", "accounts.see_as", "accounts.end_seeing")
    assert told == [(verb, support.actor.id) for verb in verbs]


def test_whoever_looks_changes_nothing_on_any_page() -> None:
    client = looking(someone("support"), someone("owner"))
    before = entries(LogFilters(limit=200))
    tried = 0
    for name, pattern in patterns(get_resolver()):
        if "<" in str(pattern.pattern):
            continue
        address = reverse(name)
        if address in WAYS_OUT:
            continue
        tried += 1
        assert client.post(address, {"name": "改了", "next": "/"}).status_code == 403, address
    assert tried > 30
    assert entries(LogFilters(limit=200)) == before


@pytest.mark.parametrize("role", sorted(NEVER_SEEN))
def test_powerful_roles_are_as_unknown_as_a_number_nobody_has(role: str) -> None:
    client, other = client_of(someone("support")), someone(role)
    refused = [
        send(client, SEE_AS, 422, phone=phone, reason=WHY, step=step)
        for phone in (number_of(other), "13999999999")
        for step in ("", "yes")
    ]
    assert all("不能代看这个账号" in html for html in refused)
    assert SupportLook.objects.count() == 0


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"reason": WHY}, "请填手机号"),
        ({"phone": "13800001111"}, "为什么要代看"),
        ({"phone": "13800001111", "reason": "长" * 201}, "最多 200 个"),
    ],
)
def test_number_and_reason_are_needed_before_anything_is_shown(form: dict[str, str], words: str) -> None:
    assert words in send(client_of(someone("support")), SEE_AS, 422, **form)


@pytest.mark.parametrize("role", ["owner", "person", "officer", "adviser", "system_admin", "auditor"])
def test_nobody_but_support_looks(role: str) -> None:
    client = client_of(someone(role))
    page(client, SEE_AS, 403)
    send(client, SEE_AS, 403, phone=number_of(someone("owner")), reason=WHY, step="yes")
    assert SupportLook.objects.count() == 0


def test_a_look_that_is_over_says_so_at_the_next_click() -> None:
    owner = someone("owner")
    client = looking(someone("support"), owner)
    past = now() - timedelta(hours=1)
    SupportLook.objects.update(from_at=past, until_at=past + timedelta(minutes=5))
    assert "代看已经结束" in page(client, "/cases/own/", 403)
    assert "代看已经结束" in page(client, "/policies/")
    send(client, "/accounts/see-as/end/", 302)
    page(client, "/cases/")


def test_signing_out_ends_the_look(client: Client) -> None:
    client = looking(someone("support"), someone("owner"))
    send(client, "/accounts/sign-out/", 302)
    assert SupportLook.objects.get().ended_at is not None
    assert client.get(SEE_AS).headers["Location"].startswith("/accounts/sign-in/")


def test_a_look_costs_a_page_one_question_more_at_most(django_assert_max_num_queries) -> None:
    client = looking(someone("support"), someone("owner"))
    page(client, "/policies/")
    # session, support, membership, the look; unread notices, a number that is being changed; the library
    with django_assert_max_num_queries(7):
        page(client, "/policies/")


def test_support_sees_the_desk_and_the_account_of_whom_they_see() -> None:
    officer = someone("officer")
    number = opened("k" * 22, now()).number
    Case.objects.filter(number=number).update(organisation=officer.organisation)
    Case.objects.filter(number=number).update(assignee=officer.session["acting"])
    client = looking(someone("support"), officer, officer.session["acting"])
    assert number in page(client, "/cases/")
    account = page(client, "/accounts/")
    assert account.index("现在") < account.index("个人")
    assert "这次用" not in account
