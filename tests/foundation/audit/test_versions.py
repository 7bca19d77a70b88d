"""Entries from before looks had a party stay sealed, and an entry cannot pass for one of the other kind."""

import json
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from hypothesis import given
from hypothesis import strategies as st

from huiqi.foundation.audit.domain import KEPT_COLUMNS
from huiqi.foundation.audit.domain.chain import NOTHING_BEFORE, link
from huiqi.foundation.audit.queries import KeptEntry, verify_chain
from tests.foundation.audit.entries import NOON, sealed
from tests.support.triggers import run

TEXTS = [name for name in KEPT_COLUMNS if name not in ("id", "happened_at")]
OLD = [name for name in TEXTS if not name.startswith("party_")]
some = st.text('ab\\"{},:é店', max_size=3)


@given(st.fixed_dictionaries(dict.fromkeys(TEXTS, some)), st.fixed_dictionaries(dict.fromkeys(TEXTS, some)))
def test_two_entries_have_one_content_only_where_they_are_the_same(
    one: dict[str, str], other: dict[str, str]
) -> None:
    first, second = KeptEntry(id=1, happened_at=NOON, **one), KeptEntry(id=1, happened_at=NOON, **other)
    assert (first.content == second.content) == (first == second)
    bare = replace(first, party_id="", party_name="")
    version = json.loads(first.content)["version"]
    assert version == (1 if first == bare else 2)
    assert set(json.loads(bare.content)) == {"version", "id", "happened_at", *OLD}


def old_content(number: int) -> bytes:
    """As the code before looks wrote it."""
    values: dict[str, object] = {"version": 1, "id": number, "happened_at": NOON.isoformat()}
    values |= {name: f"{name} {number}" for name in OLD}
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.django_db(transaction=True)
def test_a_chain_from_before_is_whole_after_the_migration() -> None:
    MigrationExecutor(connection).migrate([("audit", "0003_by_whom_it_was_done_for")])
    try:
        previous = NOTHING_BEFORE
        for number in (1, 2, 3):
            names = ", ".join(("id", "happened_at", *OLD))
            places = ", ".join(["%s"] * (len(OLD) + 2))
            moment = NOON.replace(tzinfo=None) if connection.vendor == "sqlite" else NOON
            values = (f"{name} {number}" for name in OLD)
            run(f"INSERT INTO audit_auditentry ({names}) VALUES ({places})", number, moment, *values)  # noqa: S608
            digests = link(number, previous, old_content(number))
            seal = (number, number, previous, digests.sm3, digests.sha256)
            run("INSERT INTO audit_auditseal VALUES (%s, %s, %s, %s, %s)", *seal)
            run("DELETE FROM audit_auditunsealed")
            previous = str(digests)
    finally:
        MigrationExecutor(connection).migrate([("audit", "0004_whose_data_was_read")])
    assert (verify_chain().sealed, verify_chain().broken, verify_chain().unsealed) == (3, 0, 0)
    with pytest.raises(DatabaseError, match="kept for ever"):
        run("UPDATE audit_auditentry SET party_id = 'b-9'")
    if connection.vendor == "postgresql":
        run("SELECT setval(pg_get_serial_sequence('audit_auditentry', 'id'), 3)")
    sealed(4)
    assert (verify_chain().sealed, verify_chain().broken) == (7, 0)
