"""Goes over the whole chain, a page at a time, and says what is wrong first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef

from huiqi.foundation.audit.domain import Anchor, Fault, FaultKind, Seal, Walk
from huiqi.foundation.audit.domain.chain import link
from huiqi.foundation.audit.models import AuditEntry, AuditSeal, AuditUnsealed
from huiqi.foundation.audit.queries.rows import all_entries, contents_of, last_seal, seals_after


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a walk over the whole chain found. ``first`` is the first fault, None where all is well."""

    sealed: int
    unsealed: int
    broken: int
    first: Fault | None
    anchors: int


class _Tally:
    """Counts faults and keeps the first."""

    def __init__(self) -> None:
        self.count = 0
        self.first: Fault | None = None

    def add(self, fault: Fault | None) -> None:
        if fault is not None:
            self.count += 1
            self.first = self.first or fault


def verify_chain(anchors: Iterable[Anchor] = ()) -> ChainReport:
    """Check every seal, every entry and every anchor; memory does not grow with the chain.

    What is sealed while it runs is left for the next time.
    """
    kept = sorted(anchors, key=lambda anchor: (anchor.sequence, anchor.day))
    head = last_seal()
    end = head.sequence if head else 0
    tally = _Tally()
    walk = Walk(_Search())
    expected: dict[int, list[Anchor]] = {}
    for anchor in kept:
        expected.setdefault(anchor.sequence, []).append(anchor)
    sealed = 0
    for seal, content, following in _links(end):
        tally.add(walk.step(seal, content, following, name=tally.first is None))
        for anchor in expected.get(seal.sequence, ()):
            if anchor.digests != seal.digests:
                tally.add(Fault(FaultKind.REBUILT, seal.sequence, day=anchor.day))
        sealed += 1
    for anchor in kept:
        if anchor.sequence > end:
            tally.add(Fault(FaultKind.CUT_SHORT, anchor.sequence, day=anchor.day))
    _check_outside(tally)
    return ChainReport(sealed, _waiting(), tally.count, tally.first, len(kept))


def _links(end: int) -> Iterator[tuple[Seal, bytes | None, Seal | None]]:
    """Each seal with its entry's content and the seal after it."""
    held: tuple[Seal, bytes | None] | None = None
    last = -(2**63)
    while page := seals_after(last, end):
        last = page[-1].sequence
        contents = contents_of([seal.entry_id for seal in page])
        for seal in page:
            if held is not None:
                yield *held, seal
            held = seal, contents.get(seal.entry_id)
    if held is not None:
        yield *held, None


def _check_outside(tally: _Tally) -> None:
    """Entries that are neither sealed nor waiting, and waiting ones that are gone."""
    sealed = Exists(AuditSeal.objects.filter(entry_id=OuterRef("id")))
    waiting = Exists(AuditUnsealed.objects.filter(entry_id=OuterRef("id")))
    outside = AuditEntry.objects.filter(~sealed, ~waiting).order_by("id").values_list("id", flat=True)
    there = Exists(AuditEntry.objects.filter(id=OuterRef("entry_id")))
    lost = AuditUnsealed.objects.filter(~there).order_by("entry_id").values_list("entry_id", flat=True)
    for kind, found in ((FaultKind.ENTRY_OUTSIDE, outside), (FaultKind.ENTRY_LOST, lost)):
        first = found.first()
        if first is not None:
            tally.add(Fault(kind, entry_id=first))
            tally.count += found.count() - 1


def _waiting() -> int:
    sealed = Exists(AuditSeal.objects.filter(entry_id=OuterRef("entry_id")))
    there = Exists(AuditEntry.objects.filter(id=OuterRef("entry_id")))
    return int(AuditUnsealed.objects.filter(there, ~sealed).count())


class _Search:
    """Answers from the database what the walk asks about the first wrong link."""

    def is_followed_elsewhere(self, head: str, sequence: int) -> bool:
        return bool(AuditSeal.objects.filter(previous=head).exclude(sequence=sequence).exists())

    def is_of_another_entry(self, seal: Seal) -> bool:
        """By an entry's own id where two seals changed places, by this seal's where two entries did."""
        for entry in all_entries():
            for one in (entry, replace(entry, id=seal.entry_id)):
                if link(seal.sequence, seal.previous, one.content) == seal.digests:
                    return True
        return False
