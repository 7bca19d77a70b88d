"""Entries for the tests of the log."""

from datetime import UTC, datetime

from django.db import transaction

from huiqi.foundation.audit.actions import Actor, Entry, Party, Subject, record, seal_waiting

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
VERB = "library.load_seed"
OFFICER = Actor("p-7", "王某", Party("dept-1", "市政务和大数据局"), Party("b-9", "温县某面馆"))

SHOP = Party("b-9", "温县某面馆")


def entry(number: int = 0, **changes: object) -> Entry:
    values = {
        "happened_at": NOON,
        "actor": OFFICER,
        "verb": VERB,
        "subject": Subject("phone", f"b-{number}", "联系电话"),
        "reason": f"第 {number} 次来电",
    }
    return Entry(**{**values, **changes})  # type: ignore[arg-type]


def written(count: int) -> list[int]:
    """Record that many entries, each in a transaction of its own, every other one a look; their ids."""
    ids = []
    for number in range(count):
        with transaction.atomic():
            ids.append(record(entry(number, party=SHOP if number % 2 else None)))
    return ids


def undone() -> None:
    """Record an entry in a transaction that is rolled back."""
    with transaction.atomic():
        record(entry())
        transaction.set_rollback(True)


def sealed(count: int) -> list[int]:
    ids = written(count)
    assert seal_waiting() == count
    return ids
