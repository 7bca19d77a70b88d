"""Which SQL reads only."""

import re

_READING = frozenset({"SELECT", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK"})
_FIRST_WORD = re.compile(r"[\s(]*([A-Za-z]+)")
_WRITING = re.compile(r"\b(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|INTO)\b", re.IGNORECASE)


def is_reading(sql: str) -> bool:
    """True for statements that cannot change a row. What is not known to read counts as writing."""
    first = _FIRST_WORD.match(sql)
    word = first[1].upper() if first else ""
    if word in {"WITH", "SELECT"}:
        return _WRITING.search(_without_texts(sql)) is None
    return word in _READING


def _without_texts(sql: str) -> str:
    return re.sub(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"", "''", sql)
