"""SQLite is set up for several writers at once."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_sqlite_waits_for_the_write_lock_and_takes_it_at_the_start() -> None:
    if connection.vendor != "sqlite":
        assert (
            "ATOMIC_REQUESTS" not in connection.settings_dict
            or not connection.settings_dict["ATOMIC_REQUESTS"]
        )
        return
    options = connection.settings_dict["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA synchronous").fetchone() == (1,)
