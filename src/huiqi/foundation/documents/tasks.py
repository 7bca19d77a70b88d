"""Jobs of the room: scanning what was handed in, and clearing away what nobody has any more."""

from django.conf import settings

from huiqi.foundation.documents.actions import Scanned, clean_up, scan_waiting, scanner_at
from huiqi.foundation.outbox.actions import Job, NotYetError


def scan(job: Job) -> None:
    """Scan the content the job names; one that was scanned already costs nothing."""
    _go_on(scan_waiting(job.now, scanner_at(settings.HUIQI_CLAMD), frozenset({str(job.payload["sha256"])})))


def scan_rest(job: Job) -> None:
    """Scan whatever still waits: what came before there was a scanner, and what its own job gave up."""
    _go_on(scan_waiting(job.now, scanner_at(settings.HUIQI_CLAMD)))


def tidy(job: Job) -> None:
    """Remove what was of no use for a day."""
    clean_up(job.now)


def _go_on(result: Scanned) -> None:
    if result.failed:
        raise NotYetError("查毒软件没有给出结论：请看它是否在运行、文件是否超过它的大小限制")
