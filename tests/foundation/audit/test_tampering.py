"""Whoever holds the whole database and switches the triggers off: any one thing done is found and named."""

# ruff: noqa: S608 - attacks are raw SQL on tables named above, never on what people write

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.foundation.audit.domain import KEPT_COLUMNS, FaultKind
from huiqi.foundation.audit.domain.chain import NOTHING_BEFORE, link
from huiqi.foundation.audit.models import AuditSeal
from huiqi.foundation.audit.queries import verify_chain
from huiqi.foundation.audit.queries.rows import entries_of
from tests.foundation.audit.entries import sealed, written
from tests.support.triggers import run, without_triggers

LENGTH = 7
ENTRY, SEAL = "audit_auditentry", "audit_auditseal"
TEXTS = [name for name in KEPT_COLUMNS if name not in ("id", "happened_at")]
Draw = Callable[[st.SearchStrategy[Any]], Any]
Expected = tuple[set[FaultKind], int | None]
PLACE = st.integers(1, LENGTH)
INNER = st.integers(1, LENGTH - 1)
TWO = st.lists(PLACE, min_size=2, max_size=2, unique=True).map(sorted)


def entry_at(sequence: int) -> int:
    return int(AuditSeal.objects.get(sequence=sequence).entry_id)


def exchange(table: str, key: str, one: int, other: int) -> None:
    run(f"UPDATE {table} SET {key} = -9 WHERE {key} = %s", one)
    run(f"UPDATE {table} SET {key} = %s WHERE {key} = %s", one, other)
    run(f"UPDATE {table} SET {key} = %s WHERE {key} = -9", other)


def move(start: int, by: int) -> None:
    """Renumber all seals from ``start`` on."""
    run(f"UPDATE {SEAL} SET sequence = -1000 - sequence WHERE sequence >= %s", start)
    run(f"UPDATE {SEAL} SET sequence = -1000 - sequence + %s WHERE sequence < -1000", by)


def head_before(sequence: int) -> str:
    seal = AuditSeal.objects.filter(sequence=sequence - 1).first()
    return f"{seal.sm3}{seal.sha256}" if seal else NOTHING_BEFORE


def an_entry_is_changed(draw: Draw) -> Expected:
    at, column = draw(PLACE), draw(st.sampled_from(TEXTS))
    run(f"UPDATE {ENTRY} SET {column} = {column} || 'x' WHERE id = %s", entry_at(at))
    return {FaultKind.ENTRY_CHANGED}, at


def the_moment_of_an_entry_is_changed(draw: Draw) -> Expected:
    at = draw(PLACE)
    run(f"UPDATE {ENTRY} SET happened_at = '2020-01-01 00:00:00' WHERE id = %s", entry_at(at))
    return {FaultKind.ENTRY_CHANGED}, at


def a_hash_is_changed(draw: Draw) -> Expected:
    at, column = draw(PLACE), draw(st.sampled_from(["sm3", "sha256", "previous"]))
    run(f"UPDATE {SEAL} SET {column} = %s WHERE sequence = %s", "0" * 63 + "1", at)
    return {FaultKind.SEAL_FORGED}, at


def both_hashes_are_changed(draw: Draw) -> Expected:
    at = draw(PLACE)
    run(f"UPDATE {SEAL} SET sm3 = %s, sha256 = %s WHERE sequence = %s", "1" * 64, "2" * 64, at)
    # Behind the last seal nothing tells which of the two was touched; the sentence says so.
    return {FaultKind.SEAL_FORGED if at < LENGTH else FaultKind.ENTRY_CHANGED}, at


def a_number_is_changed(draw: Draw) -> Expected:
    at, new = draw(PLACE), draw(st.sampled_from([-5, 0, LENGTH + 1, LENGTH + 50]))
    run(f"UPDATE {SEAL} SET sequence = %s WHERE sequence = %s", new, at)
    return ({FaultKind.INSERTED}, new) if new < 1 else ({FaultKind.SEAL_MISSING}, at)


def a_seal_points_nowhere(draw: Draw) -> Expected:
    at = draw(PLACE)
    run(f"UPDATE {SEAL} SET entry_id = 99999999 WHERE sequence = %s", at)
    return {FaultKind.ENTRY_MISSING}, at


def a_seal_points_at_an_entry_put_in_later(draw: Draw) -> Expected:
    at, number = draw(PLACE), written(1)[0]
    run(f"UPDATE {SEAL} SET entry_id = %s WHERE sequence = %s", number, at)
    return {FaultKind.SWAPPED}, at


def an_entry_is_deleted(draw: Draw) -> Expected:
    at = draw(PLACE)
    run(f"DELETE FROM {ENTRY} WHERE id = %s", entry_at(at))
    return {FaultKind.ENTRY_MISSING}, at


def a_seal_is_deleted(draw: Draw) -> Expected:
    at = draw(PLACE)
    run(f"DELETE FROM {SEAL} WHERE sequence = %s", at)
    return ({FaultKind.SEAL_MISSING}, at) if at < LENGTH else ({FaultKind.ENTRY_OUTSIDE}, None)


def an_entry_and_its_seal_are_deleted(draw: Draw) -> Expected:
    at = draw(INNER)  # at the very end only an anchor can tell
    run(f"DELETE FROM {ENTRY} WHERE id = %s", entry_at(at))
    run(f"DELETE FROM {SEAL} WHERE sequence = %s", at)
    return {FaultKind.SEAL_MISSING}, at


def they_are_deleted_and_the_rest_moves_up(draw: Draw) -> Expected:
    at = draw(INNER)
    an_entry_and_its_seal_are_deleted(lambda _: at)
    move(at + 1, -1)
    return {FaultKind.SEAL_MISSING}, at


def two_seals_change_places(draw: Draw) -> Expected:
    one, other = draw(TWO)
    exchange(SEAL, "sequence", one, other)
    return {FaultKind.SWAPPED}, one


def two_seals_exchange_their_entries(draw: Draw) -> Expected:
    one, other = draw(TWO)
    exchange(SEAL, "entry_id", entry_at(one), entry_at(other))
    return {FaultKind.SWAPPED}, one


def two_entries_exchange_their_ids(draw: Draw) -> Expected:
    one, other = draw(TWO)
    exchange(ENTRY, "id", entry_at(one), entry_at(other))
    return {FaultKind.SWAPPED}, one


def an_entry_is_inserted_past_the_queue(draw: Draw) -> Expected:
    del draw
    written(1)
    return {FaultKind.ENTRY_OUTSIDE}, None


def a_seal_is_inserted(draw: Draw) -> Expected:
    at, is_well_made = draw(INNER), draw(st.booleans())
    number = written(1)[0]
    move(at, 1)
    previous = head_before(at) if is_well_made else "0" * 128
    digests = link(at, previous, entries_of([number])[0].content if is_well_made else b"?")
    AuditSeal.objects.create(
        sequence=at, entry_id=number, previous=previous, sm3=digests.sm3, sha256=digests.sha256
    )
    return {FaultKind.INSERTED}, at


ATTACKS = (
    an_entry_is_changed,
    the_moment_of_an_entry_is_changed,
    a_hash_is_changed,
    both_hashes_are_changed,
    a_number_is_changed,
    a_seal_points_nowhere,
    a_seal_points_at_an_entry_put_in_later,
    an_entry_is_deleted,
    a_seal_is_deleted,
    an_entry_and_its_seal_are_deleted,
    they_are_deleted_and_the_rest_moves_up,
    two_seals_change_places,
    two_seals_exchange_their_entries,
    two_entries_exchange_their_ids,
    an_entry_is_inserted_past_the_queue,
    a_seal_is_inserted,
)


@pytest.mark.django_db
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_it_is_found_and_named(attack: Callable[[Draw], Expected], data: st.DataObject) -> None:
    with transaction.atomic():
        sealed(LENGTH)
        assert verify_chain().broken == 0
        with without_triggers():
            kinds, sequence = attack(data.draw)
        report = verify_chain()
        transaction.set_rollback(True)
    assert report.broken >= 1
    assert report.first is not None
    assert (report.first.kind in kinds, report.first.sequence) == (True, sequence), str(report.first)
    assert str(report.first.entry_id if sequence is None else sequence) in str(report.first)


@pytest.mark.django_db
def test_a_column_of_nonsense_is_named_and_ends_nothing() -> None:
    ids = sealed(LENGTH)
    nonsense = {
        "sqlite": "happened_at = 'no moment', reason = x'ff'",
        "postgresql": "happened_at = 'infinity'",
    }
    with without_triggers():
        run(f"UPDATE {ENTRY} SET {nonsense[connection.vendor]} WHERE id = %s", ids[2])
    report = verify_chain()
    assert report.first is not None
    assert (report.broken, report.first.kind, report.first.sequence) == (1, FaultKind.ENTRY_CHANGED, 3)
