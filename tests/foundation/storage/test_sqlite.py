"""SQLite is set up for several writers at once."""

import os
import subprocess
import sys
from pathlib import Path

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
    assert connection.settings_dict["ENGINE"] == "huiqi.foundation.storage.sqlite"
    options = connection.settings_dict["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA synchronous").fetchone() == (1,)


def test_a_sqlite_file_named_by_its_address_is_used_like_our_own(tmp_path: Path) -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "from huiqi.config.settings import DATABASES, SQLITE; print(DATABASES, SQLITE)",
        ],
        env={**os.environ, "HUIQI_DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert told.count("'ENGINE': 'huiqi.foundation.storage.sqlite'") == 2
    assert f"'NAME': '{tmp_path}/x.sqlite3'" in told
