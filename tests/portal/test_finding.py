"""From a number, a name or a code to the entries of the log; every search is itself an entry."""

from datetime import date
from html import unescape

import pytest
from django.db import transaction
from django.test import Client

from huiqi.foundation.accounts.queries import subject_of_number
from huiqi.foundation.audit.actions import Actor, Entry, Party, Subject, record
from huiqi.foundation.audit.models import AuditEntry
from huiqi.foundation.businesses.models import Registration
from huiqi.foundation.clock.queries import now
from huiqi.portal.finding import FINDS_A_DAY
from tests.support.people import Someone, client_of, organisation, someone

pytestmark = pytest.mark.django_db
HERE, WHY = "/audit/find/", "核对一件投诉"
CODE = "92410825MA9XB5TC2N"


@pytest.fixture
def auditor() -> Someone:
    return someone("auditor")


def find(who: Someone, text: str, purpose: str = WHY, status: int = 200) -> str:
    answer = client_of(who).post(HERE, {"text": text, "purpose": purpose})
    assert answer.status_code == status
    return unescape(answer.content.decode())


def look() -> AuditEntry:
    return AuditEntry.objects.filter(verb="portal.find_party").latest("id")


def registered(name: str, operator: str = "") -> None:
    Registration.objects.create(
        credit_code=CODE,
        name=name,
        operator=operator,
        region_code="410825",
        industry_code="",
        entity_type="",
        status="open",
        source="试用",
        observed_on=date(2026, 11, 1),
    )


@pytest.mark.parametrize("typed", ["{0}", "+86 {0}", " {0} "])
def test_a_whole_number_leads_to_what_was_done_by_to_and_about_the_person(auditor, typed: str) -> None:
    owner = someone("owner")
    html = find(auditor, typed.format(owner.person.phone.reveal()))
    me = str(owner.person.pk)
    for asked in (f"party_id={me}", f"actor_id={me}", f"subject_kind=person&subject_id={me}"):
        assert f"/audit/?{asked}#found" in html
    assert owner.person.name.reveal() not in html
    assert (look().party_id, look().subject_id, look().reason) == (me, me, WHY)
    assert WHY in client_of(Someone(owner.person, None, owner.session)).get("/looks/").content.decode()


def test_the_way_leads_to_the_entries(auditor) -> None:
    owner = someone("owner")
    with transaction.atomic():
        subject, party = Subject("case", "7", "第七件"), Party(str(owner.person.pk), "演*")
        record(Entry(now(), Actor("p-7", "王某"), "cases.see", subject, party=party))
    find(auditor, owner.person.phone.reveal())
    listed = client_of(auditor).get("/audit/", {"party_id": str(owner.person.pk)}).content.decode()
    assert "第七件" in listed
    assert "按手机号或单位找了审计记录" in listed


def test_an_unknown_number_gets_a_plain_answer_and_the_log_keeps_it_masked(auditor) -> None:
    html = find(auditor, "13900001111")
    assert "没有人在用 139****1111" in html
    assert f"subject_id={subject_of_number('13900001111')}" in html
    assert (look().party_id, look().subject_name) == ("", "139****1111")
    assert not AuditEntry.objects.filter(subject_name__contains="13900001111").exists()


@pytest.mark.parametrize("part", ["1380000", "3800000000", "138000000000"])
def test_part_of_a_number_finds_nobody(auditor, part: str) -> None:
    someone("owner")
    assert "这不像 11 位手机号" in find(auditor, part)
    assert part not in look().subject_name


def test_an_organisation_is_found_by_part_of_its_name_even_where_it_is_closed(auditor) -> None:
    place = organisation("bank", "温县农商银行")
    organisation("bank", "修武农商银行")
    type(place).objects.filter(pk=place.pk).update(closed_at=now())
    html = find(auditor, "温县农商")
    assert ("温县农商银行" in html, "修武" in html) == (True, False)
    for asked in ("party_id", "organisation_id", "subject_kind=organisation&subject_id"):
        assert f"/audit/?{asked}={place.pk}#found" in html
    assert look().party_id == str(place.pk)


def test_of_many_with_the_name_none_is_told_and_the_rest_is_said(auditor) -> None:
    for number in range(12):
        organisation("business", f"面馆{number}")
    html = find(auditor, "面馆")
    assert "不止 10 个" in html
    assert html.count("对这个单位办的") == 10
    assert (look().party_id, look().subject_name) == ("", "单位名称“面馆”：10 个")


def test_a_credit_code_finds_whoever_is_registered_under_it_and_no_other_name_leaves(auditor) -> None:
    place, other = organisation("business", "温县张三丰面馆"), organisation("business", "温县张五丰面馆")
    assert "登记册里没有" in find(auditor, CODE)
    registered("温县张三丰面馆", "张三丰")
    html = find(auditor, f" {CODE.lower()} ")
    assert (f"party_id={place.pk}" in html, str(other.pk) in html) == (True, False)
    type(place).objects.filter(pk=place.pk).update(name="温县别的面馆")
    html = find(auditor, CODE)
    assert ("没有开设单位" in html, "张三丰" in html, "张**" in html) == (True, False, True)


@pytest.mark.parametrize(
    ("text", "purpose"),
    [("", WHY), ("面馆", ""), ("面馆", " \u202e"), ("字" * 61, WHY), ("面馆", "字" * 201)],
)
def test_what_cannot_be_searched_says_why_and_keeps_what_was_typed(auditor, text: str, purpose: str) -> None:
    html = find(auditor, text, purpose, 422)
    assert "请" in html
    assert text in html
    assert not AuditEntry.objects.filter(verb="portal.find_party").exists()


@pytest.mark.parametrize("text", ["%", "_" * 9, "'; DROP TABLE x--", "<script>alert(1)</script>", "\0\0"])
def test_hostile_text_is_text(auditor, text: str) -> None:
    organisation("bank", "温县农商银行")
    answer = client_of(auditor).post(HERE, {"text": text, "purpose": WHY})
    assert answer.status_code in (200, 422)
    html = answer.content.decode()
    assert "<script>alert" not in html
    assert "温县农商银行" not in html


@pytest.mark.parametrize("role", ["owner", "officer", "support", "system_admin", "security_admin", "person"])
def test_it_opens_to_auditors_alone(role: str) -> None:
    client = client_of(someone(role))
    assert client.get(HERE).status_code == 403
    assert client.post(HERE, {"text": "面馆", "purpose": WHY}).status_code == 403
    assert HERE not in client.get("/home/").content.decode()


def test_a_visitor_is_led_to_the_sign_in_and_an_auditor_from_the_log(client: Client, library) -> None:
    assert client.get(HERE).headers["Location"].startswith("/accounts/sign-in/")
    for role in ("auditor", "audit_admin"):
        browser = client_of(someone(role))
        assert f'href="{HERE}"' in browser.get("/audit/").content.decode()
        assert f'href="{HERE}"' in browser.get("/home/").content.decode()
        assert browser.get(HERE).status_code == 200


def test_numbers_cannot_be_gone_through_one_by_one(auditor, monkeypatch) -> None:
    monkeypatch.setattr("huiqi.portal.finding.FINDS_A_DAY", 2)
    assert FINDS_A_DAY >= 100
    find(auditor, "13900001111")
    find(auditor, "13900001112")
    assert "今天查得太多了" in find(auditor, "13900001113", status=429)


@pytest.mark.parametrize(("text", "queries"), [("{phone}", 10), ("演示", 10)])
def test_what_a_search_costs(auditor, django_assert_num_queries, text: str, queries: int) -> None:
    for _ in range(5):
        owner = someone("owner")
    client, typed = client_of(auditor), text.format(phone=owner.person.phone.reveal())
    client.post(HERE, {"text": typed, "purpose": WHY})
    with django_assert_num_queries(queries):
        client.post(HERE, {"text": typed, "purpose": WHY})
