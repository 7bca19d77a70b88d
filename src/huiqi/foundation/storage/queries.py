"""What may be asked of the store itself, and who a visitor is for counting."""

import sqlite3
from contextlib import closing

from django.apps import apps
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest

from huiqi.foundation.storage.domain import visitor_from, wait_words

__all__ = [
    "is_database_reachable",
    "is_database_writable",
    "is_from_a_newer_version",
    "visitor_of",
    "wait_words",
]


def is_database_reachable() -> bool:
    """True where the database answers a question; False where it cannot be reached."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except Error:
        return False


def is_database_writable() -> bool:
    """Whether what is written now would be kept. Nothing stays written: PostgreSQL is asked (a standby
    takes nothing), in SQLite a change is begun and taken back, which a read-only file or disk refuses.
    """
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT NOT pg_is_in_recovery() AND NOT current_setting('transaction_read_only')::bool"
                )
                return bool(cursor.fetchone()[0])
            cursor.execute("SELECT query_only FROM pragma_query_only")
            if cursor.fetchone()[0]:
                return False
        name = str(connection.settings_dict["NAME"])
        return takes_the_write_lock(name)
    except Error:
        return False


def takes_the_write_lock(path: str) -> bool:
    """Whether an SQLite file lets anybody write; one who is writing now is proof enough."""
    try:
        with closing(
            sqlite3.connect(path, timeout=0, isolation_level=None, uri=path.startswith("file:"))
        ) as own:
            own.execute("BEGIN IMMEDIATE")
            own.execute("PRAGMA user_version = 0")  # a read-only file refuses no transaction, but this
            own.execute("ROLLBACK")
    except sqlite3.OperationalError as failure:
        return failure.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    except sqlite3.Error:
        return False
    return True


def is_from_a_newer_version() -> bool:
    """True where the database has been through changes this version does not know."""
    loader = MigrationLoader(connection)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("huiqi.")}
    return any(
        app in ours and (app, name) not in loader.disk_migrations for app, name in loader.applied_migrations
    )


def visitor_of(request: HttpRequest) -> str:
    """Who sent a request, for `spend` and for nothing else: never kept, logged or shown."""
    return visitor_from(
        request.META.get("REMOTE_ADDR", ""),
        request.META.get("HTTP_X_FORWARDED_FOR", ""),
        is_behind_proxy=settings.HUIQI_BEHIND_PROXY,
    )
