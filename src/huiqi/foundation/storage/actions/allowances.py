"""How often somebody may do something: one row for each, shared by all workers through the database.

The rule is the generic cell rate algorithm (ITU-T I.371): a row holds the moment at which everything will
be restored. Each use moves it on by one share; a use that would move it beyond the whole is refused and
moves nothing. So ``limit`` uses are free at once, and then one more every ``seconds / limit``.
"""

from datetime import datetime

from django.db import connection
from django.utils.crypto import salted_hmac

from huiqi.foundation.storage.domain import LONGEST_SECONDS, Allowance, TooOftenError
from huiqi.foundation.storage.models import Spending

_SECOND = 1_000_000
_REMOVED_AT_ONCE = 20  # more than the one row a use can add, so the table keeps no more than is in use

# A moment further off than the whole can reach comes from a clock that was set back: it counts for nothing.
_FROM = "CASE WHEN kept.restored_at BETWEEN %(now)s AND %(never)s THEN kept.restored_at ELSE %(now)s END"
_SPEND = f"""
INSERT INTO storage_spending AS kept (key, restored_at) VALUES (%(key)s, %(first)s)
ON CONFLICT (key) DO UPDATE SET restored_at = {_FROM} + %(share)s WHERE {_FROM} <= %(last)s
RETURNING restored_at"""  # noqa: S608 - put together from what stands above, never from what people write


def spend(purpose: str, who: str, limit: int, seconds: int, now: datetime) -> Allowance:
    """Use one of the ``limit`` times ``who`` may do ``purpose`` in ``seconds`` (at most a day).

    One statement decides and counts, so any number of workers together let through no more than allowed.
    Kept is a keyed digest of purpose and ``who``, from which neither can be read back; it goes when it no
    longer matters. It writes, so only a page that answers a POST may call it.
    """
    if not (limit >= 1 and 1 <= seconds <= LONGEST_SECONDS):
        raise ValueError(f"A limit is at least 1 in 1 to {LONGEST_SECONDS} seconds.")
    moment, share = int(now.timestamp() * _SECOND), seconds * _SECOND // limit
    key = salted_hmac("huiqi.storage.spend", f"{purpose}\0{who}", algorithm="sha256").hexdigest()
    last = moment + (limit - 1) * share
    moments = {"now": moment, "first": moment + share, "last": last, "never": moment + 2 * limit * share}
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, {"key": key, "share": share, **moments})
        is_allowed = cursor.fetchone() is not None
    _remove_restored(moment)
    return Allowance(is_allowed, 0 if is_allowed else _wait(key, last))


def spend_or_refuse(purpose: str, who: str, limit: int, seconds: int, now: datetime) -> None:
    """Spend, or raise TooOftenError, which every page answers with 429 and how long to wait."""
    allowance = spend(purpose, who, limit, seconds, now)
    if not allowance.is_allowed:
        raise TooOftenError(allowance.wait_seconds)


def _wait(key: str, last: int) -> int:
    restored = Spending.objects.filter(key=key).values_list("restored_at", flat=True).first() or last
    return max(1, -((last - restored) // _SECOND))


def _remove_restored(moment: int) -> None:
    """A row restored by now says the same as no row; one beyond all limits comes from a clock set back."""
    beyond = moment + 3 * LONGEST_SECONDS * _SECOND
    locking = " FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM storage_spending WHERE key IN (SELECT key FROM storage_spending"  # noqa: S608
            f" WHERE restored_at < %s OR restored_at > %s LIMIT %s{locking})",
            [moment, beyond, _REMOVED_AT_ONCE],
        )
