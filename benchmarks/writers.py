"""Eight processes write to one database at once: how much gets done, what fails, and who waits longest.

`python -m benchmarks.writers [--seconds S] [--rounds N]`. Every process repeats: read a row, change it, add
another, in one `atomic()`; with and without 2 ms of work inside it. Django's backend as it comes, the same
with WAL and IMMEDIATE, ours, and PostgreSQL take turns within one run, each on a database made for it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WRITERS = 8
OURS = "fair turns"
WORKS_MS = (0, 2)


@dataclass(frozen=True, slots=True)
class Run:
    """One backend under one load, all rounds together. ``worst_seconds`` is the longest a transaction took,
    its wait included; ``lost`` counts changes that were reported as saved and are not there.
    """

    name: str
    work_ms: int
    per_second: float
    errors: int
    attempts: int
    worst_seconds: float
    lost: int

    @property
    def told(self) -> str:
        """Speed, errors and the worst wait."""
        share = self.errors / max(1, self.attempts)
        return f"{self.per_second:.0f} tx/s, {share:.1%} errors, worst {self.worst_seconds:.3f} s"

    def __str__(self) -> str:
        return f"{self.name:16} {self.work_ms} ms  {self.told}, lost {self.lost}"


@contextmanager
def databases() -> Iterator[dict[str, dict[str, Any]]]:
    """The settings of each backend, on empty databases that go afterwards."""
    os.environ.setdefault("HUIQI_MODE", "test")
    import dj_database_url  # noqa: PLC0415 - the processes that write start sooner without

    from huiqi.config.settings import SQLITE  # noqa: PLC0415
    from tests.support.postgres import private_cluster  # noqa: PLC0415

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="huiqi-writers-")))
        url = stack.enter_context(private_cluster())
        django = "django.db.backends.sqlite3"
        yield {
            "Django default": {"ENGINE": django, "NAME": str(folder / "default.sqlite3")},
            "WAL + IMMEDIATE": {**SQLITE, "ENGINE": django, "NAME": str(folder / "plain.sqlite3")},
            OURS: {**SQLITE, "NAME": str(folder / "fair.sqlite3")},
            "PostgreSQL": dict(dj_database_url.parse(url)),
        }


def measure(seconds: float = 4, rounds: int = 1) -> tuple[Run, ...]:
    """Every backend under every load, ``rounds`` times in turn."""
    with databases() as each:
        told = [
            (name, work, _round(settings, work, seconds))
            for _ in range(rounds)
            for work in WORKS_MS
            for name, settings in each.items()
        ]
        return tuple(
            _together(name, work, [found for *key, found in told if key == [name, work]])
            for work in WORKS_MS
            for name in each
        )


def _together(name: str, work: int, found: list[dict[str, float]]) -> Run:
    total = {key: sum(one[key] for one in found) for key in ("saved", "errors", "seconds", "lost")}
    return Run(
        name=name,
        work_ms=work,
        per_second=total["saved"] / total["seconds"],
        errors=round(total["errors"]),
        attempts=round(total["saved"] + total["errors"]),
        worst_seconds=max(one["worst"] for one in found),
        lost=round(total["lost"]),
    )


def _round(database: Mapping[str, Any], work_ms: int, seconds: float) -> dict[str, float]:
    """All writers are ready before the first one starts."""
    prepared = _child("prepare", database, work_ms, seconds)
    before = int(prepared.communicate()[0])
    writers = [_child("write", database, work_ms, seconds) for _ in range(WRITERS)]
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.readline()
    began = time.monotonic()
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    told = [json.loads(writer.communicate()[0]) for writer in writers]
    took = time.monotonic() - began
    saved = sum(one["saved"] for one in told)
    after = int(_child("prepare", database, work_ms, seconds).communicate()[0])
    return {
        "saved": saved,
        "errors": sum(one["errors"] for one in told),
        "worst": max(one["worst"] for one in told),
        "seconds": took,
        "lost": saved - (after - before),
    }


def _child(task: str, database: Mapping[str, Any], work_ms: int, seconds: float) -> subprocess.Popen[str]:
    said = json.dumps([task, database, work_ms, seconds])
    command = [sys.executable, "-m", "benchmarks.writers", "--inside", said]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _inside(task: str, database: dict[str, Any], work_ms: int, seconds: float) -> None:
    from django.conf import settings  # noqa: PLC0415 - only the processes that write need a site

    settings.configure(DATABASES={"default": database}, USE_TZ=True)
    import django  # noqa: PLC0415

    django.setup()
    if task == "prepare":
        print(_prepared())
        return
    from django.db import connection  # noqa: PLC0415

    connection.ensure_connection()
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(_write(work_ms / 1000, seconds)))


def _prepared() -> int:
    """Make the tables where they are missing; how many changes there have been."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS counter (id integer PRIMARY KEY, value bigint NOT NULL)")
        cursor.execute("CREATE TABLE IF NOT EXISTS entry (counter integer NOT NULL, value bigint NOT NULL)")
        cursor.execute("INSERT INTO counter VALUES (1, 0) ON CONFLICT DO NOTHING")
        cursor.execute("SELECT value, (SELECT count(*) FROM entry) FROM counter")
        value, entries = cursor.fetchone()
    assert value == entries, "a transaction was saved by half"
    return int(value)


def _write(work: float, seconds: float) -> dict[str, float]:
    from django.db import DatabaseError, connection, transaction  # noqa: PLC0415

    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    saved = errors = 0
    worst = 0.0
    until = time.monotonic() + seconds
    while (began := time.monotonic()) < until:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SELECT value FROM counter WHERE id = 1{lock}")  # noqa: S608 - ours
                (value,) = cursor.fetchone()
                cursor.execute("UPDATE counter SET value = %s WHERE id = 1", [value + 1])
                time.sleep(work)
                cursor.execute("INSERT INTO entry VALUES (1, %s)", [value + 1])
            saved += 1
        except DatabaseError:
            errors += 1
        worst = max(worst, time.monotonic() - began)
    return {"saved": saved, "errors": errors, "worst": worst}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        _inside(*json.loads(asked.inside))
        return
    for run in measure(asked.seconds, asked.rounds):
        print(run, flush=True)


if __name__ == "__main__":
    main()
