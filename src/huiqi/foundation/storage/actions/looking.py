"""The one thing a page that only reads may write: who read what."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_TABLE: ContextVar[str] = ContextVar("adding_while_reading", default="")


@contextmanager
def adding_while_reading(table: str) -> Iterator[None]:
    """Inside, the guard of pages that only read lets rows be added to ``table``, and to no other."""
    token = _TABLE.set(table)
    try:
        yield
    finally:
        _TABLE.reset(token)


def table_added_to() -> str:
    """The table to which rows may be added now; empty where to none."""
    return _TABLE.get()
