"""Rows of the log as frozen values."""

from collections.abc import Iterable, Iterator

from django.db import DatabaseError

from huiqi.foundation.audit.domain import KEPT_COLUMNS, Digests, KeptEntry, Seal
from huiqi.foundation.audit.models import AuditEntry, AuditSeal

PAGE = 500  # SQLite takes no more than 999 ids in one question
UNREADABLE = b""
_BROKEN_VALUES = (DatabaseError, ValueError, TypeError, AttributeError, OverflowError)


def entries_of(ids: list[int]) -> list[KeptEntry]:
    """The entries with these ids, by id."""
    rows = AuditEntry.objects.filter(id__in=ids).order_by("id").values_list(*KEPT_COLUMNS)
    return [KeptEntry(*row) for row in rows]


def contents_of(ids: list[int]) -> dict[int, bytes]:
    """The canonical content of each entry there is; UNREADABLE where a column holds what nobody of us wrote
    (SQLite keeps anything in any column).
    """
    try:
        return {entry.id: entry.content for entry in entries_of(ids)}
    except _BROKEN_VALUES:
        if len(ids) == 1:
            return {ids[0]: UNREADABLE}
        return {number: content for each in ids for number, content in contents_of([each]).items()}


def all_entries() -> Iterator[KeptEntry]:
    """Every entry that can be read, by id, a page at a time."""
    last = -1
    while ids := list(
        AuditEntry.objects.filter(id__gt=last).order_by("id").values_list("id", flat=True)[:PAGE]
    ):
        last = ids[-1]
        yield from _readable(ids)


def seals_after(sequence: int, up_to: int) -> list[Seal]:
    """One page of the chain."""
    rows = AuditSeal.objects.filter(sequence__gt=sequence, sequence__lte=up_to).order_by("sequence")
    return list(_seals(rows.values_list("sequence", "entry_id", "previous", "sm3", "sha256")[:PAGE]))


def last_seal() -> Seal | None:
    """The head of the chain; None before anything is sealed."""
    rows = AuditSeal.objects.order_by("-sequence")
    return next(_seals(rows.values_list("sequence", "entry_id", "previous", "sm3", "sha256")[:1]), None)


def _seals(rows: Iterable[tuple[int, int, str, str, str]]) -> Iterator[Seal]:
    for sequence, entry_id, previous, sm3, sha256 in rows:
        yield Seal(sequence, entry_id, previous, Digests(sm3, sha256))


def _readable(ids: list[int]) -> list[KeptEntry]:
    try:
        return [entry for entry in entries_of(ids) if entry.content]
    except _BROKEN_VALUES:
        return [entry for each in ids for entry in _readable([each])] if len(ids) > 1 else []
