"""The sealer: numbers what was committed and links it to the chain.

Promised: an entry committed before another was written gets the lower number. Transactions that overlap
have no order until the seal gives them one, and that one stays. Ids may have gaps and may be committed late:
what waits is told by a table of its own, not by the highest id seen.
"""

from django.db import transaction

from huiqi.foundation.audit.domain import Seal, next_seal
from huiqi.foundation.audit.models import AuditSeal, AuditUnsealed
from huiqi.foundation.audit.queries.rows import PAGE, entries_of, last_seal
from huiqi.foundation.storage.actions import one_at_a_time


def seal_waiting() -> int:
    """Seal everything that waits; return how many entries were sealed.

    Several processes on several machines may do this: they take turns, page by page. A page is one
    transaction, so an end at any point leaves each entry either sealed once or waiting.
    """
    sealed = 0
    lost: set[int] = set()
    while AuditUnsealed.objects.exclude(entry_id__in=lost).exists():
        with one_at_a_time("audit-seal"), transaction.atomic():
            sealed += _seal_page(lost)
    return sealed


def _seal_page(lost: set[int]) -> int:
    """Always from the lowest id on: a page that began further up could overtake what is committed late."""
    waiting = AuditUnsealed.objects.exclude(entry_id__in=lost).order_by("entry_id")
    ids = list(waiting.values_list("entry_id", flat=True)[:PAGE])
    done = set(AuditSeal.objects.filter(entry_id__in=ids).values_list("entry_id", flat=True))
    entries = [entry for entry in entries_of(ids) if entry.id not in done]
    last, seals = last_seal(), list[Seal]()
    for entry in entries:
        last = next_seal(last, entry.id, entry.content)
        seals.append(last)
    AuditSeal.objects.bulk_create(_row(seal) for seal in seals)
    finished = done.union(entry.id for entry in entries)
    AuditUnsealed.objects.filter(entry_id__in=finished).delete()
    lost.update(set(ids) - finished)  # `verify` names them; they must not stop the others
    return len(seals)


def _row(seal: Seal) -> AuditSeal:
    return AuditSeal(
        sequence=seal.sequence,
        entry_id=seal.entry_id,
        previous=seal.previous,
        sm3=seal.digests.sm3,
        sha256=seal.digests.sha256,
    )
