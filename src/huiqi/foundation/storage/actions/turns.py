"""Taking turns: what must not be done by two processes at once."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection


@contextmanager
def one_at_a_time(work: str) -> Iterator[None]:
    """Wait until nobody else does ``work`` in this data folder or on this database, then keep others out.

    Both locks end with their process, however it ends, so a killed start blocks nobody.
    """
    with _folder_lock(Path(settings.HUIQI_DATA) / f"{work}.lock"), _database_lock(work):
        yield


@contextmanager
def _folder_lock(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _database_lock(work: str) -> Iterator[None]:
    """PostgreSQL may be shared by machines that share no folder; SQLite lives in the folder."""
    if connection.vendor != "postgresql":
        yield
        return
    key = int.from_bytes(hashlib.sha256(work.encode()).digest()[:7], "big")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [key])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
