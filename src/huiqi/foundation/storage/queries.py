"""What may be asked of the store itself."""

from django.db import DatabaseError, connection


def is_database_reachable() -> bool:
    """True where the database answers a question; False where it cannot be reached."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False
