"""The home of everybody who is signed in: true figures that lead where they come from, and a next step."""

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client

from huiqi.foundation.access.domain import ROLES
from huiqi.foundation.access.domain.words import EVERYONE, SIGNED_IN, VISITOR
from huiqi.foundation.accounts.models import Invitation
from huiqi.foundation.audit.actions import keep_anchor, seal_waiting
from huiqi.foundation.audit.models import AuditSeal
from huiqi.foundation.cases.actions import advance, escalate_due
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.notices.actions import notify
from huiqi.foundation.notices.models import Letter
from huiqi.portal.homes import HOMES
from tests.foundation.cases.places import VISITOR as NOBODY
from tests.foundation.cases.places import Office, act, opened
from tests.support.people import Someone, client_of, someone
from tests.support.triggers import run, without_triggers

SIGNED_IN_ROLES = sorted(set(ROLES) - {EVERYONE, SIGNED_IN, VISITOR})


@pytest.fixture(autouse=True)
def no_real_folders(settings, tmp_path, library) -> None:
    settings.HUIQI_DATA, settings.HUIQI_ANCHORS = tmp_path, tmp_path / "anchors"


def page(client: Client, address: str = "/home/", status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def figures(html: str) -> dict[str, tuple[str, str]]:
    """Each figure of the piles by its words: its number and the address it leads to."""
    found = re.findall(r'class="pile[^"]*" href="([^"]+)"><strong>([^<]+)</strong><span>([^<]+)<', html)
    return {f"{label} {address}": (count, address.replace("&amp;", "&")) for address, count, label in found}


def told(who: Someone, key: str) -> None:
    with transaction.atomic():
        words = {"number": "20261120-BC-0001", "title": "日期写错了", "day": "12月1日（周二）"}
        notify("cases.transfer", key, [str(who.person.pk)], words, now(), who.actor)


def test_a_visitor_is_led_to_the_sign_in(client: Client) -> None:
    assert client.get("/home/").headers["Location"] == "/accounts/sign-in/?next=%2Fhome%2F"


def test_every_role_there_is_has_a_home() -> None:
    assert sorted(HOMES) == SIGNED_IN_ROLES


@pytest.mark.parametrize("role", SIGNED_IN_ROLES)
def test_who_has_nothing_to_do_is_told_so_with_a_next_step_that_opens(role: str) -> None:
    client = client_of(someone(role))
    html = page(client)
    assert "<h1>我的首页</h1>" in html
    assert "都看过了" in html
    main = html[html.index("<main") : html.index("</main>")]
    links = set(re.findall(r'href="([^"#]+)"', main))
    assert links - {"/notices/"}
    for address in links:
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_the_home_is_the_first_tab_of_who_is_signed_in() -> None:
    html = page(client_of(someone("owner")))
    assert re.search(r'class="tab" href="/home/" aria-current="page"', html)


def test_an_owner_sees_what_is_under_way_by_whom_and_until_when() -> None:
    office, owner, other = Office(), someone("owner"), someone("owner")
    mine = opened("a", now(), party_id=str(owner.organisation.pk), title="电话写错了")
    opened("b", now(), party_id=str(other.organisation.pk), title="别人的事")
    html = page(client_of(owner))
    assert "在办的件：1 件" in html
    assert f'href="/cases/{mine.number}/"' in html
    assert office.place.name in html
    assert "别人的事" not in html


def test_who_began_to_answer_is_led_on_from_there() -> None:
    client = client_of(someone("person"))
    assert "接着答" not in page(client)
    client.post("/matching/", {"region_code": "410825", "entity_type": "individual_business"})
    assert "接着答" in page(client)


def test_the_figures_of_an_officer_are_those_of_the_desk_they_lead_to() -> None:
    office = Office()
    for name, age in (("late", 40), ("new", 0), ("free", 40)):
        case = opened(name, now() - timedelta(days=age))
        if name != "free":
            advance(case.number, 1, "take", "", act(office.one, now()))
    client = client_of(office.one)
    shown = figures(page(client))
    assert len(shown) == 8
    for label, (count, address) in shown.items():
        total = re.search(r'id="desk-said"[^>]*>[^<]*?(\d+) 件', page(client, address))
        assert total is not None
        assert total[1] == count, label
    assert shown["已超期 /cases/?pile=overdue"][0] == "1"
    assert shown["已超期 /cases/?scope=ours&amp;pile=overdue"][0] == "2"


def test_a_head_sees_what_was_raised_from_below_and_an_officer_beside_them_does_not() -> None:
    office = Office()
    opened("a", now() - timedelta(days=40))
    escalate_due(act(NOBODY, now()))
    shown = figures(page(client_of(someone("department_head", office.above))))
    assert shown["已超期 /cases/?scope=raised&amp;pile=overdue"][0] == "1"
    for other in (someone("officer", office.above), someone("department_head")):
        raised = [count for label, (count, _) in figures(page(client_of(other))).items() if "raised" in label]
        assert set(raised) <= {"0"}


def test_a_bank_is_told_honestly_what_is_not_there_yet() -> None:
    html = page(client_of(someone("bank_clerk")))
    assert "惠金融还没有开通" in html
    assert not figures(html)


def test_the_log_is_well_until_somebody_changes_what_an_anchor_names() -> None:
    client = client_of(someone("auditor"))
    told(someone("owner"), "k")
    assert "还没有" in page(client)
    seal_waiting()
    keep_anchor(today())
    assert "没有发现问题" in page(client)
    head = AuditSeal.objects.order_by("-sequence").first()
    with without_triggers():
        run("UPDATE audit_auditseal SET sm3 = %s WHERE sequence = %s", "0" * 64, head.sequence)
    assert "日志对不上" in page(client)


def test_the_security_administrator_sees_the_grants_that_wait_and_the_system_administrator_none() -> None:
    inviter = someone("system_admin")
    Invitation.objects.create(
        organisation=inviter.organisation,
        role="officer",
        phone="13900000000",
        secret_hash="0" * 64,
        needs_approval=True,
        invited_by=inviter.person,
        made_at=now(),
        expires_at=now() + timedelta(days=1),
    )
    shown = figures(page(client_of(someone("security_admin"))))
    assert shown["身份 /accounts/grants/"] == ("1", "/accounts/grants/")
    assert shown["办事数字 /parameters/"][0] == "0"
    assert "等您同意" not in page(client_of(inviter))


COSTS = {
    "person": 10,
    "owner": 13,
    "officer": 16,
    "department_head": 19,
    "bank_clerk": 9,
    "auditor": 11,
    "system_admin": 16,
}


@pytest.mark.parametrize(("role", "queries"), COSTS.items())
def test_what_a_home_costs_however_much_there_is(role: str, queries: int, django_assert_num_queries) -> None:
    who = someone(role)
    for number in range(12):
        told(who, f"k{number}")
        opened(f"{number}", now(), party_id=str(who.person.pk))
    client = client_of(who)
    page(client)
    with django_assert_num_queries(queries, connection=connection):
        page(client)


def test_what_was_not_read_leads_to_the_list_of_it_with_the_letter_in_sight() -> None:
    who = someone("officer")
    for number in range(4):
        told(who, f"k{number}")
    client = client_of(who)
    letter = Letter.objects.filter(person=who.person).latest("id")
    html = page(client)
    assert html.count('href="/notices/?show=unread#letters"') == 2, "the card and the head of the page"
    assert f'href="/notices/?show=unread#letter-{letter.pk}"' in html
    listed = page(client, "/notices/?show=unread")
    assert 'id="letters"' in listed
    assert f'id="letter-{letter.pk}"' in listed
    client.post("/notices/read/", {"letter": "all", "newest": letter.pk})
    assert "show=unread" not in page(client)


def test_the_strip_counts_what_was_not_read_on_every_page_and_public_pages_cost_nothing(
    client: Client, django_assert_num_queries
) -> None:
    owner = someone("owner")
    browser = client_of(owner)
    assert "条没看" not in page(browser, "/about/")
    told(owner, "k")
    with django_assert_num_queries(5, connection=connection):
        assert re.search(r'class="unread">1<', page(browser, "/about/"))
    with django_assert_num_queries(0, connection=connection):
        page(client, "/about/")
