"""Nobody reads another's data without an entry, and nobody gets the page where none can be written."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from huiqi.foundation.accounts.actions.acting import see_as
from huiqi.foundation.audit.actions import Actor, EntryError, Party, Subject, record_look
from huiqi.foundation.audit.adapters import LookKeeper
from huiqi.foundation.audit.domain.looks import TOGETHER, is_own
from huiqi.foundation.audit.models import AuditEntry
from huiqi.foundation.clock.queries import now
from huiqi.foundation.storage.adapters import ReadOnlyGuard, WriteWhileReadingError
from huiqi.foundation.storage.domain import is_adding_to
from tests.foundation.accounts.members import number_of
from tests.foundation.cases.places import Office, opened
from tests.support.people import Someone, client_of, someone
from tests.support.triggers import run

pytestmark = pytest.mark.django_db

OFFICER = Actor("p-7", "王*", Party("dept-1", "市大数据局"), role="officer")
SHOP, OTHER = Party("b-9", "温县某面馆"), Party("b-10", "另一家")
PHONE = Subject("phone", "1", "联系电话")


@contextmanager
def a_log_that_takes_nothing() -> Iterator[None]:
    if connection.vendor == "postgresql":
        run(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'no space left'; END $$"
        )
        run("CREATE TRIGGER full_disk BEFORE INSERT ON audit_auditentry EXECUTE FUNCTION full_disk()")
        yield
        run("DROP TRIGGER full_disk ON audit_auditentry")
        return
    run(
        "CREATE TRIGGER full_disk BEFORE INSERT ON audit_auditentry "
        "BEGIN SELECT RAISE(ABORT, 'no space left'); END"
    )
    yield
    run("DROP TRIGGER full_disk")


def party_of(owner: Someone) -> dict[str, str]:
    return {"party_id": str(owner.organisation.pk), "party_name": owner.organisation.name}


def shown(
    *subjects: Subject, party: Party = SHOP, actor: Actor = OFFICER, method: str = "GET"
) -> HttpResponse:
    """The answer of a page that shows these of a party."""

    def page(request: HttpRequest) -> HttpResponse:
        for subject in subjects:
            record_look(request, "cases.see", subject, party)
        return HttpResponse("secret")

    request = RequestFactory().generic(method, "/")
    request.actor = actor
    return ReadOnlyGuard(LookKeeper(page))(request)


def test_a_page_that_shows_many_things_is_one_entry() -> None:
    answer = shown(PHONE, *(Subject("fact", str(each), f"第 {each} 项") for each in range(40)), PHONE)
    entry = AuditEntry.objects.get()
    assert (entry.party_id, entry.party_name, entry.subject_name) == ("b-9", "温县某面馆", "联系电话")
    assert (TOGETHER in entry.changes, "第 19 项" in entry.changes, "第 20 项" in entry.changes) == (
        True,
        True,
        False,
    )
    assert answer["Cache-Control"] == "no-store, private"


def test_a_page_that_shows_nobodys_data_writes_nothing() -> None:
    assert shown().content == b"secret"
    assert not AuditEntry.objects.exists()


def test_the_head_of_a_page_tells_nothing_and_is_no_look() -> None:
    assert shown(PHONE, method="HEAD").content == b""
    assert not AuditEntry.objects.exists()


def test_two_parties_are_never_told_of_in_one_entry() -> None:
    def page(request: HttpRequest) -> HttpResponse:
        for party in (SHOP, OTHER):
            record_look(request, "cases.see", PHONE, party)
        return HttpResponse("secret")

    request = RequestFactory().get("/")
    request.actor = OFFICER
    with pytest.raises(EntryError, match="one party"):
        LookKeeper(page)(request)


def test_a_look_nobody_declared_is_refused() -> None:
    with pytest.raises(EntryError, match="no room declares"):
        record_look(RequestFactory().get("/"), "cases.advance", PHONE, SHOP)


@pytest.mark.parametrize(
    ("actor", "own"),
    [
        (Actor("p-1", "赵*", SHOP, role="owner"), True),
        (Actor("b-9", "赵*", role="person"), True),
        (OFFICER, False),
        (Actor("p-1", "赵*", SHOP, role="owner", seen_by=Party("s-1", "客服")), False),
        (Actor("p-1", "赵*", SHOP, behalf_of=SHOP, role="adviser"), False),
    ],
)
def test_ones_own_is_no_look_but_under_a_mandate_and_while_seen(actor: Actor, own: bool) -> None:
    assert is_own(actor, SHOP) is own
    shown(PHONE, actor=actor)
    assert AuditEntry.objects.exists() is not own


def test_where_the_log_takes_nothing_the_reader_gets_nothing() -> None:
    office, owner = Office(), someone("owner")
    case = opened(title="很特别的一件事", **party_of(owner))
    reader, own = client_of(office.one), client_of(owner)
    with a_log_that_takes_nothing():
        answer = reader.get(f"/cases/{case.number}/")
        mine = own.get(f"/cases/{case.number}/")
    words = answer.content.decode()
    assert (answer.status_code, "现在不能看这些信息" in words, "很特别" in words) == (503, True, False)
    assert answer["X-Request-ID"] in words
    assert mine.status_code == 200
    assert "很特别" in reader.get(f"/cases/{case.number}/").content.decode()
    entry = AuditEntry.objects.get(verb="cases.see")
    assert (entry.actor_id, entry.party_id) == (office.one.actor.id, owner.actor.organisation.id)
    assert len(entry.request_id) == 12


def test_support_that_sees_the_site_as_an_owner_leaves_a_look_and_takes_no_document() -> None:
    support, owner = someone("support"), someone("owner")
    client = client_of(support)
    session = client.session
    see_as(session, support.actor, number_of(owner), owner.session["acting"], "看不到材料", now())
    session.save()
    client.cookies["sessionid"] = session.session_key
    assert client.get("/documents/").status_code == 200
    look = AuditEntry.objects.get(verb="documents.see")
    assert (look.actor_id, look.behalf_id, look.party_id) == (
        support.actor.id,
        owner.actor.id,
        owner.actor.organisation.id,
    )
    assert "客服" in look.changes
    words = client_of(owner).get("/looks/organisation/").content.decode()
    assert f"客服 {support.actor.name}，代 {owner.actor.name}" in " ".join(words.split())


@pytest.mark.parametrize(
    ("sql", "is_let"),
    [
        ('INSERT INTO "audit_auditentry" ("id") VALUES (%s)', True),
        ("BEGIN IMMEDIATE", True),
        ('INSERT INTO "audit_auditentries" ("id") VALUES (%s)', False),
        ("INSERT OR REPLACE INTO audit_auditentry VALUES (1)", False),
        ("INSERT INTO audit_auditentry VALUES (1) ON CONFLICT DO NOTHING", False),
        ("INSERT INTO audit_auditentry VALUES (1); DELETE FROM t", False),
        ("UPDATE audit_auditentry SET verb = 'x'", False),
        ("BEGIN EXCLUSIVE", False),
    ],
)
def test_only_adding_to_the_one_table_is_let_through(sql: str, is_let: bool) -> None:
    assert is_adding_to("audit_auditentry", sql) is is_let


def test_a_page_that_reads_still_cannot_write_the_log_itself() -> None:
    def page(request: HttpRequest) -> HttpResponse:
        run("INSERT INTO audit_auditunsealed (entry_id) VALUES (1)")
        return HttpResponse(request.path)

    with pytest.raises(WriteWhileReadingError):
        ReadOnlyGuard(page)(RequestFactory().get("/"))
