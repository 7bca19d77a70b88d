"""Databases of their own for processes of their own: copies of one that was migrated once in a run."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import mkdtemp

from django.db import connection

from tests.support.triggers import run

MIGRATED = "migrated"
_file = Path()


def keep_migrated() -> None:
    """Keep the database under test as it is now, with all tables and no rows, to be copied."""
    global _file  # noqa: PLW0603 - one a run, in the folder that goes with the run
    if connection.vendor == "postgresql":
        run(f"CREATE DATABASE {MIGRATED} TEMPLATE {connection.settings_dict['NAME']}")
        return
    _file = Path(mkdtemp(dir=os.environ["HUIQI_DATA"]), f"{MIGRATED}.sqlite3")
    with closing(sqlite3.connect(_file)) as kept:
        connection.ensure_connection()
        connection.connection.backup(kept)


def own_database(data: Path, name: str, like: str = MIGRATED) -> str:
    """The URL of a new database with all tables, or of a copy of another; none where it is a file there."""
    if connection.vendor != "postgresql":
        shutil.copyfile(_file, data / "huiqi.sqlite3")
        return ""
    import psycopg  # noqa: PLC0415 - only where its server is

    cluster = os.environ["HUIQI_DATABASE_URL"]
    # Beside the connection under test, whose transaction would not let a database be made.
    with psycopg.connect(cluster, autocommit=True) as beside:
        beside.execute(f"DROP DATABASE IF EXISTS {name}")
        beside.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
    return f"{cluster.rpartition('/')[0]}/{name}"
