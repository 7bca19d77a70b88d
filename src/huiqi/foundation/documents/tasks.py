"""What is done beside the pages: scanning what waits, and clearing away what nobody has any more."""

from django.conf import settings

from huiqi.foundation.clock.queries import now
from huiqi.foundation.documents.actions import CleanedUp, Scanned, clean_up, scan_waiting, scanner_at


def scan(sha256s: frozenset[str] | None = None) -> Scanned:
    """Scan what waits with the scanner of the settings; nothing where there is none."""
    return scan_waiting(now(), scanner_at(settings.HUIQI_CLAMD), sha256s)


def tidy() -> CleanedUp:
    """Remove what was of no use for a day; once a day is often enough."""
    return clean_up(now())
