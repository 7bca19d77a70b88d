"""A process that writes to one database of the tests, told by lines on standard input what to do next.

It answers a line for each: `python -m tests.foundation.storage.writing DATABASE`.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]


def settings_for(path: Path, timeout: float = 60) -> dict[str, Any]:
    """The site's own way of using SQLite, on this file."""
    from huiqi.config.settings import SQLITE  # noqa: PLC0415 - read late, when the settings may be read

    return {**SQLITE, "OPTIONS": {**SQLITE["OPTIONS"], "timeout": timeout}, "NAME": str(path)}


class Writer:
    """One such process, seen from a test."""

    def __init__(self, path: Path) -> None:
        command = [sys.executable, "-m", "tests.foundation.storage.writing", str(path)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        self.hear("ready")

    def say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def hear(self, line: str) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline().strip() == line

    def ask(self, line: str, answer: str) -> None:
        self.say(line)
        self.hear(answer)

    def end(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()
        self.process.kill()
        self.process.wait()


@contextmanager
def writers(path: Path, count: int) -> Iterator[list[Writer]]:
    """Processes that are connected and wait to be told."""
    started: list[Writer] = []
    try:
        started += [Writer(path) for _ in range(count)]
        yield started
    finally:
        for writer in started:
            writer.end()


def answer(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def add_one(connection: Any, who: int) -> None:
    """Read, change, add: the change is lost if two do it at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM counter")
        (value,) = cursor.fetchone()
        cursor.execute("UPDATE counter SET value = %s", [value + 1])
        cursor.execute("INSERT INTO entry (who) VALUES (%s)", [who])


def main(path: str) -> None:
    from django.conf import settings  # noqa: PLC0415 - a site of its own in a process of its own

    settings.configure(DATABASES={"default": settings_for(Path(path))}, USE_TZ=True)
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection, transaction  # noqa: PLC0415

    connection.ensure_connection()
    answer("ready")
    for line in sys.stdin:
        task, _, count = line.partition(" ")
        match task.strip():
            case "write":
                for _ in range(int(count)):
                    with transaction.atomic():
                        add_one(connection, os.getpid())
                answer("written")
            case "insert":
                for _ in range(int(count)):
                    with connection.cursor() as cursor:
                        cursor.execute("INSERT INTO entry (who) VALUES (%s) RETURNING id", [os.getpid()])
                        cursor.fetchone()
                answer("inserted")
            case "hold":
                with transaction.atomic():
                    add_one(connection, os.getpid())
                    answer("holding")
                    sys.stdin.readline()
                answer("over")
            case "fork":
                _fork_and_hold(connection, transaction, f"{path}.child")


def _fork_and_hold(connection: Any, transaction: Any, pipe: str) -> None:
    """Hold the turn beside a child that was forked meanwhile and lives until the pipe is written to."""
    with transaction.atomic():
        add_one(connection, os.getpid())
        if os.fork() == 0:
            os.read(os.open(pipe, os.O_RDONLY), 1)
            os._exit(0)
        answer("holding")
        sys.stdin.readline()
    answer("over")


if __name__ == "__main__":
    main(sys.argv[1])
