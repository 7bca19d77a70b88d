"""Having scanned what waits for it. Nothing is served before it is found clean."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.documents.actions.clamd import Scanner, ScannerError, ScanVerdict
from huiqi.foundation.documents.domain import LABELS, DamagedFileError, ScanState
from huiqi.foundation.documents.models import Content
from huiqi.foundation.documents.queries.kept import content_pieces

MOST_AT_ONCE = 50
_OPEN = (ScanState.WAITING, ScanState.UNSCANNED)
_SITE = Actor("documents", "查毒程序")


@dataclass(frozen=True, slots=True)
class Scanned:
    """How a round went. ``failed`` counts contents that still wait, because there was no verdict."""

    clean: int = 0
    infected: int = 0
    failed: int = 0


def scan_waiting(now: datetime, scanner: Scanner | None, sha256s: frozenset[str] | None = None) -> Scanned:
    """Scan what waits, the oldest first and at most MOST_AT_ONCE; ``sha256s`` names some of it.

    Without a scanner nothing happens. No transaction is open while the scanner works; of two workers with the
    same file one records the verdict. Where the scanner does not answer, the round ends: all still waits.
    """
    if scanner is None:
        return Scanned()
    waiting = Content.objects.filter(state__in=_OPEN).order_by("kept_at")
    if sha256s is not None:
        waiting = waiting.filter(pk__in=sha256s)
    clean = infected = failed = 0
    for content in waiting[:MOST_AT_ONCE]:
        try:
            with closing(content_pieces(content)) as pieces:
                verdict = scanner(pieces)
        except (DamagedFileError, FileNotFoundError):
            failed += 1  # a matter of this file: the others go on
            continue
        except ScannerError:
            return Scanned(clean, infected, failed + 1)
        is_first = _record_verdict(content, verdict, now)
        clean += is_first and not verdict.threat
        infected += is_first and bool(verdict.threat)
    return Scanned(clean, infected, failed)


def _record_verdict(content: Content, verdict: ScanVerdict, now: datetime) -> bool:
    state = ScanState.INFECTED if verdict.threat else ScanState.CLEAN
    with transaction.atomic():
        is_first = bool(
            Content.objects.filter(pk=content.pk, state__in=_OPEN).update(
                state=state, threat=verdict.threat, scanned_at=now
            )
        )
        if is_first:
            subject = Subject("document-content", content.pk, f"{content.pk[:12]}…")
            before = {"查毒": LABELS[ScanState(content.state)]}
            after = {"查毒": LABELS[state], **({"查出": verdict.threat} if verdict.threat else {})}
            record(Entry(now, _SITE, "documents.scan", subject, before=before, after=after))
    return is_first
