"""Writing jobs down and doing them: how many a second, one transaction each.

`python -m benchmarks.jobs [--database URL] [--jobs N]`. By default SQLite in a throw-away folder. Every job
has one effect in the database, committed with the mark that it is done.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

JOBS = 1_000


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds for writing all jobs down and for doing them; ``effects`` counts what they left."""

    jobs: int
    enqueue_seconds: float
    run_seconds: float
    effects: int

    @property
    def enqueued_per_second(self) -> float:
        return self.jobs / self.enqueue_seconds

    @property
    def run_per_second(self) -> float:
        return self.jobs / self.run_seconds


def measure(database_url: str = "", jobs: int = JOBS) -> Result:
    """Measure in a process of its own on a database made for the run."""
    with tempfile.TemporaryDirectory(prefix="huiqi-jobs-") as folder:
        environment = {**os.environ, "HUIQI_MODE": "test", "HUIQI_DATA": folder}
        environment |= {"DJANGO_SETTINGS_MODULE": "tests.foundation.outbox.trial_settings"}
        environment.pop("HUIQI_DATABASE_URL", None)
        if database_url:
            environment["HUIQI_DATABASE_URL"] = database_url
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks.jobs", "--inside", str(jobs)],
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return Result(**json.loads(told.stdout.splitlines()[-1]))


def table(name: str, result: Result) -> str:
    """The result as lines of text."""
    return (
        f"jobs on {name}: {result.jobs:,}, a transaction each\n"
        f"  written down: {result.enqueued_per_second:,.0f} a second\n"
        f"  done: {result.run_per_second:,.0f} a second, {result.effects:,} effects"
    )


def _inside(jobs: int) -> Result:
    import django  # noqa: PLC0415 - only the process inside needs a site

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from huiqi.foundation.outbox.actions import enqueue, run_next  # noqa: PLC0415
    from tests.foundation.outbox.kinds import HANDLERS, noted  # noqa: PLC0415

    call_command("migrate", "outbox", verbosity=0)
    call_command("migrate", "audit", verbosity=0)
    began = time.perf_counter()
    for number in range(jobs):
        with transaction.atomic():
            enqueue("trial.note", f"job-{number}", {"item": number}, datetime.now(UTC))
    written = time.perf_counter()
    while run_next(HANDLERS, lambda: datetime.now(UTC)):
        pass
    ended = time.perf_counter()
    return Result(jobs, written - began, ended - written, len(set(noted())))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the outbox.")
    parser.add_argument("--database", default="", help="URL of an empty PostgreSQL database")
    parser.add_argument("--jobs", type=int, default=JOBS)
    parser.add_argument("--inside", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside:
        print(json.dumps(asdict(_inside(chosen.inside))))
        return
    result = measure(chosen.database, chosen.jobs)
    print(table(chosen.database.partition(":")[0] or "SQLite", result))


if __name__ == "__main__":
    main()
