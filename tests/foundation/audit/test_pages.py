"""To whom the log is shown: to each their own looks, and all of it, masked, to auditors alone."""

import csv
from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from huiqi.foundation.audit.actions import Party, Subject, record, seal_waiting
from huiqi.foundation.audit.domain import plain_cell
from huiqi.foundation.audit.models import AuditEntry
from huiqi.foundation.audit.queries import LogSearch, looks_at_party, search_log
from huiqi.foundation.clock.queries import now
from tests.foundation.audit.entries import NOON, SHOP, entry, written
from tests.foundation.audit.test_tampering import ENTRY
from tests.foundation.cases.places import Office, opened
from tests.support.people import client_of, someone
from tests.support.triggers import run, without_triggers

pytestmark = pytest.mark.django_db


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


def looked(count: int, party: Party) -> None:
    with transaction.atomic():
        for number in range(count):
            subject = Subject("case", str(number), f"第 {number} 件")
            record(entry(happened_at=now(), verb="cases.see", subject=subject, party=party))


@pytest.fixture
def auditor() -> Client:
    return client_of(someone("auditor"))


def test_an_owner_sees_who_looked_and_nobody_elses_looks() -> None:
    owner, office = someone("owner"), Office()
    ours = owner.actor.organisation
    case = opened(title="电话写错了", party_id=ours.id, party_name=ours.name)
    client_of(office.one).get(f"/cases/{case.number}/")
    looked(1, SHOP)
    words = text_of(client_of(owner).get("/looks/organisation/"))
    assert f"{office.one.organisation.name} 客服 {office.one.actor.name}" in " ".join(words.split())
    assert "电话写错了" in words
    assert "第 0 件" not in words
    assert "电话写错了" not in text_of(client_of(owner).get("/looks/"))
    assert client_of(someone("handler", owner.organisation)).get("/looks/organisation/").status_code == 403
    assert not AuditEntry.objects.filter(verb="audit.see_looks").exists()


def test_looks_are_turned_over_page_by_page_and_each_is_shown_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    owner = someone("person")
    looked(45, Party(owner.actor.id, "演*"))
    client, before, found = client_of(owner), 0, []
    while True:
        page = looks_at_party(owner.actor.id, before)
        found += [each.subject_id for each in page.entries]
        before = page.next_before
        if not before:
            break
    assert found == [str(each) for each in reversed(range(45))]
    with django_assert_num_queries(4):
        words = text_of(client.get("/looks/"))
    assert ("第 44 件" in words, "第 24 件" in words, "更早的" in words) == (True, False, True)
    assert "没有更早的了" in text_of(client.get("/looks/?before=1"))
    assert client.get("/looks/", {"before": "9" * 19}).status_code == 200


@pytest.mark.parametrize("role", ["owner", "officer", "support", "system_admin", "security_admin", "person"])
def test_the_log_opens_to_auditors_alone(role: str) -> None:
    client = client_of(someone(role))
    number = written(1)[0]
    assert client.get("/audit/").status_code == 403
    assert client.get(f"/audit/{number}/").status_code == 403
    assert client.post("/audit/export/", {"purpose": "x"}).status_code == 403


def test_an_auditor_finds_by_each_key_and_every_search_is_an_entry(
    auditor: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with transaction.atomic():
        record(entry(1, party=SHOP, request_id="ABCDEFGH2345"))
        record(entry(2, happened_at=now(), reason="来电 13812345678"))
    old = {"since": "2026-11-01", "until": "2026-11-30"}
    keys = {"actor_id": "p-7", "party_id": "b-9", "request_id": "abcdefgh2345", "organisation_id": "dept-1"}
    for name, value in keys.items():
        assert "联系电话" in text_of(auditor.get("/audit/", {**old, name: value})), name
        assert "没有符合" in text_of(auditor.get("/audit/", {**old, name: "nobody"})), name
    assert "联系电话" in text_of(
        auditor.get("/audit/", {**old, "subject_kind": "phone", "subject_id": "b-1"})
    )
    assert AuditEntry.objects.filter(verb="audit.search").count() == 9
    told = AuditEntry.objects.filter(verb="audit.search", party_id="b-9")
    assert [each.party_name for each in told] == ["温县某面馆"], "whose looks were read is told of it"
    with django_assert_num_queries(11):
        auditor.get("/audit/", old)


def test_a_search_no_index_leads_to_is_bounded_and_says_so(auditor: Client) -> None:
    answer = auditor.get("/audit/", {"since": "2025-01-01", "until": "2026-11-30"})
    assert (answer.status_code, "一次最多查 92 天" in text_of(answer)) == (422, True)
    assert auditor.get("/audit/", {"since": "2026-12-01", "until": "2026-11-01"}).status_code == 422
    strange = {"since": "0001-01-01", "until": "9999-12-31", "actor_id": "a\0b", "before": "-1", "verb": "x"}
    assert auditor.get("/audit/", strange).status_code == 200
    with pytest.raises(ValueError, match="too many"):
        search_log(LogSearch(NOON - timedelta(days=93), NOON))


def test_what_an_index_leads_to_is_found_whatever_its_day(auditor: Client) -> None:
    with transaction.atomic():
        record(entry(happened_at=NOON - timedelta(days=900), party=SHOP, request_id="ABCDEFGH2345"))
    assert "没有符合" in text_of(auditor.get("/audit/", {"party_id": SHOP.id, "since": "2026-11-01"}))
    assert "联系电话" in text_of(auditor.get("/audit/", {"party_id": SHOP.id}))
    found = auditor.get("/audit/", {"request_id": "ABCDEFGH2345", "since": "2026-11-01"})
    assert "联系电话" in text_of(found)


def search(**keys: str) -> LogSearch:
    return LogSearch(NOON - timedelta(days=30), NOON + timedelta(days=30), **keys)


@pytest.mark.parametrize(
    ("keys", "index"),
    [
        ({}, "audit_by_moment"),
        ({"verb": "library.load_seed"}, "audit_by_moment"),
        ({"organisation_id": "dept-1"}, "audit_by_moment"),
        ({"actor_id": "p-7"}, "audit_by_actor"),
        ({"party_id": "b-9"}, "audit_by_party"),
        ({"request_id": "ABCDEFGH2345"}, "audit_by_request"),
        ({"subject_kind": "phone", "subject_id": "b-1"}, "audit_by_subject"),
    ],
)
@pytest.mark.parametrize("is_next", [False, True])
def test_every_search_walks_an_index(keys: dict[str, str], index: str, is_next: bool) -> None:
    before = written(3)[1] if is_next else 0
    plan = plan_of(lambda: search_log(search(**keys), before))
    assert index in plan
    assert "SCAN audit" not in plan
    assert "Seq Scan" not in plan


def plan_of(ask: Callable[[], object]) -> str:
    """How the database goes about the last question asked. PostgreSQL walks a table of three rows whole, or
    sorts them, unless told not to.
    """
    if connection.vendor == "postgresql":
        run("SET LOCAL enable_seqscan = off")
        run("SET LOCAL enable_sort = off")
    with CaptureQueriesContext(connection) as asked:
        ask()
    sql = asked.captured_queries[-1]["sql"]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}")
        return "\n".join(str(row) for row in cursor.fetchall())


def test_pages_of_a_search_without_a_key_show_each_entry_once_whatever_the_order_of_moments() -> None:
    with transaction.atomic():
        for number in range(50):
            record(entry(number, happened_at=NOON + timedelta(minutes=number * 7 % 11)))
    before, found = 0, []
    while True:
        page = search_log(search(), before)
        found += page.entries
        before = page.next_before
        if not before:
            break
    assert len({each.id for each in found}) == len(found) == 50
    assert found == sorted(found, key=lambda each: (each.happened_at, each.id), reverse=True)


def test_one_entry_says_what_changed_masked_and_whether_its_seal_fits(auditor: Client) -> None:
    with transaction.atomic():
        number = record(
            entry(
                before={"电话": "13812345678"},
                after={"电话": "13912345678"},
                reason="身份证 41082519900101123X",
            )
        )
    assert "在等封存" in text_of(auditor.get(f"/audit/{number}/"))
    seal_waiting()
    words = text_of(auditor.get(f"/audit/{number}/"))
    assert "内容和封条对得上" in words
    assert ("13812345678" in words, "41082519900101123X" in words, "138***78" in words) == (
        False,
        False,
        True,
    )
    with without_triggers():
        run(f"UPDATE {ENTRY} SET reason = 'x' WHERE id = %s", number)  # noqa: S608
    assert "可能被改过" in text_of(auditor.get(f"/audit/{number}/"))
    assert auditor.get("/audit/99999999999999999999/").status_code == 404


def test_a_file_says_who_took_it_and_holds_no_formula(auditor: Client) -> None:
    with transaction.atomic():
        record(entry(happened_at=now(), reason="=HYPERLINK(1)", subject=Subject("phone", "1", "\t@SUM")))
    assert auditor.post("/audit/export/", {"purpose": " "}).status_code == 422
    answer = auditor.post("/audit/export/", {"purpose": "=年度检查"})
    rows = list(csv.reader(StringIO(text_of(answer).removeprefix("\ufeff"))))
    assert rows[0][0].startswith("导出人：演")
    assert f"用途：=年度检查；编号：{answer['X-Request-ID']}" in rows[0][0]
    assert "'=HYPERLINK(1)" in rows[3]
    assert not any(cell.lstrip().startswith(("=", "@")) for row in rows for cell in row)
    look = AuditEntry.objects.get(verb="audit.export")
    assert (look.reason, look.request_id) == ("=年度检查", answer["X-Request-ID"])
    assert answer["Cache-Control"] == "no-store, private"


@given(st.text(max_size=8))
def test_no_cell_begins_a_formula(text: str) -> None:
    assert not plain_cell(text).lstrip(" \u3000").startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋"))
    assert plain_cell(text).removeprefix("'") == text.removeprefix("'")
