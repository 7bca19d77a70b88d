"""Which SQL reads only, who a visitor is for counting, and what a limit says."""

import re
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

LONGEST_SECONDS = 24 * 3600

_READING = frozenset({"SELECT", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK"})
_WITHOUT_LOCK = _READING | {"COMMIT", "END", "PRAGMA", "ATTACH", "DETACH"}
_LOCKS_AT_ONCE = re.compile(r"\b(IMMEDIATE|EXCLUSIVE)\b", re.IGNORECASE)
_FIRST_WORD = re.compile(r"[\s(]*([A-Za-z]+)")
_WRITING = re.compile(r"\b(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|INTO)\b", re.IGNORECASE)
_PORT_BEHIND = re.compile(r"\[(?P<six>[^\]]*)\](?::\d+)?|(?P<four>[^:]*):\d+")
_NOBODY_KNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Allowance:
    """Whether something may be done now; if not, in how many whole seconds (at least 1) it may."""

    is_allowed: bool
    wait_seconds: int


class TooOftenError(Exception):
    """Somebody did something more often than is allowed."""

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(f"to be tried again in {wait_seconds} seconds")
        self.wait_seconds = wait_seconds


def wait_words(seconds: int) -> str:
    """How long to wait, rounded up so that who waits that long is not refused again."""
    if seconds < 90:
        return f"{seconds} 秒"
    return f"{-(-seconds // 60)} 分钟" if seconds < 90 * 60 else f"{-(-seconds // 3600)} 小时"


def visitor_from(peer: str, forwarded_for: str, *, is_behind_proxy: bool) -> str:
    """The network address to count by: an IPv6 household has a whole /64, so that is one visitor.

    Behind a proxy the last hop is what our own proxy saw; all before it is what the visitor claims.
    """
    claimed = forwarded_for.rpartition(",")[2].strip() if is_behind_proxy else ""
    text = claimed or peer.strip()
    if found := _PORT_BEHIND.fullmatch(text):
        text = found["six"] or found["four"]
    try:
        address = ip_address(text)
    except ValueError:
        return _NOBODY_KNOWN
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), 64), strict=False))


def is_reading(sql: str) -> bool:
    """True for statements that cannot change a row. What is not known to read counts as writing."""
    first = _FIRST_WORD.match(sql)
    word = first[1].upper() if first else ""
    if word in {"WITH", "SELECT"}:
        return _WRITING.search(_without_texts(sql)) is None
    return word in _READING


def is_adding_to(table: str, sql: str) -> bool:
    """True for an INSERT into one table, and for beginning and ending the transaction around it."""
    words = sql.replace('"', " ").replace("(", " ").upper().split()
    if words[:2] in (["BEGIN"], ["BEGIN", "IMMEDIATE"]) and len(words) < 3:
        return True
    return words[:3] == ["INSERT", "INTO", table.upper()] and ";" not in sql and "CONFLICT" not in words


def needs_the_write_lock(sql: str) -> bool:
    """True for statements before which SQLite takes its one write lock, or may: whoever runs them queues."""
    first = _FIRST_WORD.match(sql)
    word = first[1].upper() if first else ""
    if word == "BEGIN":
        return _LOCKS_AT_ONCE.search(sql) is not None
    return word not in _WITHOUT_LOCK and (word != "WITH" or not is_reading(sql))


def _without_texts(sql: str) -> str:
    return re.sub(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"", "''", sql)
