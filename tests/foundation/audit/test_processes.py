"""Writers at once, commits that come late, and a sealer that is killed again and again."""

import json
import random
import select
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction

from huiqi.foundation.audit.actions import record, seal_waiting
from huiqi.foundation.audit.models import AuditSeal
from huiqi.foundation.audit.queries import verify_chain
from tests.foundation.audit.entries import entry, written
from tests.foundation.audit.writing import started
from tests.support.databases import own_database

WRITERS, EACH, KILLS = 3, 150, 5


@pytest.mark.django_db
def test_a_sealer_killed_at_any_point_neither_loses_nor_doubles_a_seal(tmp_path: Path) -> None:
    database_url = own_database(tmp_path, "audits")
    writers = [started(tmp_path, database_url, "write", f"w{each}", str(EACH)) for each in range(WRITERS)]
    dice = random.Random(7)  # noqa: S311 - a moment, not a secret
    for _ in range(KILLS):
        with started(tmp_path, database_url, "seal") as sealer:
            assert sealer.stdout is not None
            select.select([sealer.stdout], [], [], 20)  # until it has sealed once, then a moment more
            select.select([], [], [], dice.random() / 10)
            sealer.kill()
    assert [writer.wait() for writer in writers] == [0] * WRITERS
    with started(tmp_path, database_url, "tell") as teller:
        told = json.loads(teller.communicate()[0])
    expected = {"sealed": WRITERS * EACH, "unsealed": 0, "broken": 0, "is_each_in_order": True}
    assert told == expected


def test_an_entry_that_commits_late_is_sealed_after_those_that_came_before(transactional_db) -> None:
    """On PostgreSQL; SQLite lets no two transactions write at once."""
    if connection.vendor != "postgresql":
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        return
    has_begun, may_end = Event(), Event()
    late: list[int] = []

    def slow() -> None:
        with transaction.atomic():
            late.append(record(entry()))
            has_begun.set()
            may_end.wait()
        connections.close_all()

    writer = Thread(target=slow)
    writer.start()
    has_begun.wait()
    early = written(2)
    assert seal_waiting() == 2
    may_end.set()
    writer.join()
    assert late[0] < min(early)
    assert seal_waiting() == 1
    assert list(AuditSeal.objects.order_by("sequence").values_list("entry_id", flat=True)) == early + late
    assert verify_chain().broken == 0
