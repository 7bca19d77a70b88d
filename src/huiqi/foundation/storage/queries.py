"""What may be asked of the store itself, and who a visitor is for counting."""

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest

from huiqi.foundation.storage.domain import visitor_from, wait_words

__all__ = ["is_database_reachable", "is_from_a_newer_version", "visitor_of", "wait_words"]


def is_database_reachable() -> bool:
    """True where the database answers a question; False where it cannot be reached."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False


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
