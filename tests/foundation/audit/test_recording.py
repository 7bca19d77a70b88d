"""What is recorded is kept as it was told, with what it tells or not at all."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.foundation.audit.actions import Actor, Entry, EntryError, Subject, record
from huiqi.foundation.audit.domain import KEPT_COLUMNS, LONGEST_NAME, MASK, columns_of
from huiqi.foundation.audit.models import AuditEntry, AuditSeal, AuditUnsealed
from huiqi.foundation.audit.queries import KeptEntry, LogFilters, entries, line_of, verbs
from huiqi.foundation.storage.immutable import ImmutableError, permissions, refusals
from tests.foundation.audit.entries import NOON, VERB, entry, sealed, undone, written
from tests.support.triggers import run

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST, LAST = datetime(1970, 1, 2), datetime(2200, 1, 1)  # noqa: DTZ001 - the zone is drawn


def kept(**changes: object) -> KeptEntry:
    values = columns_of(entry(**changes))
    return KeptEntry(**{name: values.get(name, 1) for name in KEPT_COLUMNS})  # type: ignore[arg-type]


def changes_of(before: dict[str, object], after: dict[str, object], *masked: str) -> dict[str, object]:
    told = columns_of(entry(before=before, after=after, masked=frozenset(masked)))
    return json.loads(str(told["changes"]))


def test_a_line_can_be_read_aloud() -> None:
    line = line_of(
        kept(before={"电话": "1"}, after={"电话": "2"}, masked={"电话"}), {VERB: "修改了"}, SHANGHAI
    )
    assert line == (
        "2026-11-24 12:00:00 王某（市政务和大数据局）代 温县某面馆 修改了 联系电话，理由：第 0 次来电；"
        "电话 *** → ***"
    )


def test_a_line_stays_one_line_whatever_the_reason_holds() -> None:
    line = line_of(kept(reason="一\n二\x1b[31m"), {}, SHANGHAI)
    assert line.isprintable()
    assert VERB in line


def test_only_what_differs_is_kept() -> None:
    told = changes_of(
        {"a": 1, "b": [1, {"c": None}], "d": True}, {"a": 1, "b": [1, {"c": 2}], "d": 1, "e": 5}
    )
    assert told == {"b": [[1, {"c": None}], [1, {"c": 2}]], "d": [True, 1], "e": [None, 5]}


def test_of_a_masked_field_only_that_it_changed_is_kept() -> None:
    before, after = {"电话": "13800000001", "证件": None}, {"电话": "13800000002", "证件": "4108"}
    assert changes_of(before, after, "电话", "证件") == {"电话": [MASK, MASK], "证件": [None, MASK]}
    assert changes_of(before, before, "电话") == {}


def test_days_and_sums_are_kept_as_they_are_written() -> None:
    told = changes_of({}, {"day": date(2026, 1, 2), "sum": Decimal("1.10")})
    assert told == {"day": [None, "2026-01-02"], "sum": [None, "1.10"]}


@pytest.mark.parametrize(
    "wrong",
    [
        {"after": {"x": float("nan")}},
        {"after": {"x": object()}},
        {"after": {"x": "\ud800"}},
        {"reason": "\0"},
        {"request_id": "x" * 81},
        {"subject": Subject("phone", "", "")},
        {"actor": Actor("x" * 81, "")},
        {"happened_at": datetime(2026, 1, 1)},  # noqa: DTZ001
    ],
)
def test_what_no_database_keeps_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(EntryError):
        columns_of(entry(**wrong))


def test_a_name_that_is_too_long_is_shortened_and_says_so() -> None:
    told = columns_of(entry(subject=Subject("phone", "1", "𬱖" * 500)))
    assert len(str(told["subject_name"])) == LONGEST_NAME
    assert str(told["subject_name"]).endswith("…")


@pytest.mark.django_db
def test_an_entry_waits_for_its_seal_and_reads_back_as_it_was_hashed() -> None:
    number = record(entry(reason="刘𬱖说：“好” 'x' \\ \U0001f35c", before={"名": "a"}, after={"名": "𬱖"}))
    assert list(AuditUnsealed.objects.values_list("entry_id", flat=True)) == [number]
    told = columns_of(entry(reason="刘𬱖说：“好” 'x' \\ \U0001f35c", before={"名": "a"}, after={"名": "𬱖"}))
    assert entries(LogFilters()) == (KeptEntry(id=number, **told),)  # type: ignore[arg-type]


@pytest.mark.django_db
@settings(deadline=None)
@given(st.datetimes(min_value=FIRST, max_value=LAST, timezones=st.timezones()))
def test_a_moment_is_hashed_alike_whatever_its_zone(moment: datetime) -> None:
    with transaction.atomic():
        number = record(entry(happened_at=moment))
        read = next(each for each in entries(LogFilters(limit=1)) if each.id == number)
        assert read.content == replace(read, happened_at=moment).content
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_an_entry_goes_with_the_transaction_of_what_it_tells() -> None:
    undone()
    assert not AuditEntry.objects.exists()
    assert not AuditUnsealed.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused() -> None:
    with pytest.raises(EntryError, match="transaction"):
        record(entry())


@pytest.mark.django_db
def test_a_verb_no_room_declares_is_refused() -> None:
    with pytest.raises(EntryError, match="no room declares"):
        record(Entry(NOON, Actor("x", "x"), "nobody.knows", Subject("x", "x", "x")))


def test_every_verb_has_words_to_be_read_aloud() -> None:
    assert {VERB, "clock.advance_demo_clock", "businesses.load_registrations"} <= set(verbs())
    assert all(words and words.isprintable() for words in verbs().values())


@pytest.mark.django_db
def test_the_log_is_read_by_subject_by_actor_and_by_day() -> None:
    written(3)
    other = replace(entry(7), actor=Actor("p-8", "李某"), happened_at=datetime(2026, 11, 25, tzinfo=UTC))
    record(other)
    assert [each.subject_id for each in entries(LogFilters(subject_kind="phone", subject_id="b-1"))] == [
        "b-1"
    ]
    assert [each.subject_id for each in entries(LogFilters(actor_id="p-8"))] == ["b-7"]
    assert [each.subject_id for each in entries(LogFilters(since=other.happened_at))] == ["b-7"]
    assert [each.subject_id for each in entries(LogFilters(limit=2))] == ["b-2", "b-7"]


CHANGES = (
    "UPDATE {table} SET {column} = {column}",
    "DELETE FROM {table}",
    {
        "sqlite": "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "postgresql": "TRUNCATE {table}",
    }[connection.vendor],
)


@pytest.mark.django_db
@pytest.mark.parametrize("statement", CHANGES)
@pytest.mark.parametrize(("table", "column"), [("audit_auditentry", "reason"), ("audit_auditseal", "sm3")])
def test_the_database_itself_refuses_to_change_what_is_kept(statement: str, table: str, column: str) -> None:
    sealed(2)
    with pytest.raises((DatabaseError, IntegrityError), match="kept for ever"), transaction.atomic():
        run(statement.format(table=table, column=column))
    assert AuditEntry.objects.count() == AuditSeal.objects.count() == 2


@pytest.mark.django_db
def test_the_models_refuse_to_change_what_is_kept() -> None:
    sealed(1)
    for model in (AuditEntry, AuditSeal):
        row = model.objects.get()
        for change in (
            row.save,
            row.delete,
            model.objects.all().delete,
            lambda m=model: m.objects.update(pk=1),
        ):
            with pytest.raises(ImmutableError):
                change()


@pytest.mark.django_db
def test_a_migration_back_lets_go_and_forward_holds_again() -> None:
    sealed(1)
    table = "audit_auditseal"
    for statement in permissions(table)[connection.vendor]:
        run(statement)
    run("UPDATE audit_auditseal SET sm3 = sm3")
    for statement in refusals(table, "sequence", "entry_id")[connection.vendor]:
        run(statement)
    with pytest.raises(DatabaseError, match="kept for ever"), transaction.atomic():
        run("UPDATE audit_auditseal SET sm3 = sm3")
