"""Writers and workers in processes of their own, on a database of their own.

`python -m tests.foundation.outbox.trial fill COUNT | each KIND … | work HOURS | stuck KIND | tell`.
"""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

UNDONE_EVERY = 7
KINDS = ("trial.note", "trial.send", "trial.line")


def started(data: Path, database_url: str, *words: str) -> subprocess.Popen[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("HUIQI_DATABASE")}
    environment = {
        **known,
        **({"HUIQI_DATABASE_URL": database_url} if database_url else {}),
        "HUIQI_DATA": str(data),
        "HUIQI_MODE": "test",
        "DJANGO_SETTINGS_MODULE": "tests.foundation.outbox.trial_settings",
    }
    command = [sys.executable, "-m", "tests.foundation.outbox.trial", *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True)


def fill(count: int) -> None:
    """Write ``count`` jobs, a transaction each, and undo as many more as fall on every seventh."""
    from django.db import transaction  # noqa: PLC0415 - after setup

    from huiqi.foundation.outbox.actions import enqueue  # noqa: PLC0415
    from tests.foundation.outbox.kinds import NOW  # noqa: PLC0415

    for number in range(count):
        with transaction.atomic():
            kind = KINDS[number % len(KINDS)]
            enqueue(kind, f"{kind}-{number:05}", {"item": number}, NOW, subject=f"s{number % 4}")
        if number % UNDONE_EVERY == 0:
            with transaction.atomic():
                enqueue("trial.note", f"undone-{number}", {"item": number}, NOW)
                transaction.set_rollback(True)


def each(*kinds: str) -> None:
    """Write one job of each kind."""
    from tests.foundation.outbox.kinds import written  # noqa: PLC0415

    for kind in kinds:
        written(kind, kind)


def work(hours: str) -> None:
    """Do all that is due so many hours after it was written, and say each time that one was done."""
    from huiqi.foundation.outbox.actions import run_next  # noqa: PLC0415
    from tests.foundation.outbox.kinds import NOW  # noqa: PLC0415

    moment = NOW + timedelta(hours=int(hours))
    while run_next(_handlers(), lambda: moment):
        print("done", flush=True)  # noqa: T201 - the test reads along


def stuck(kind: str) -> None:
    """Take a job, have its whole effect, say so and never come to the end."""
    from huiqi.foundation.outbox.actions import Job, run_next  # noqa: PLC0415
    from tests.foundation.outbox.kinds import NOW  # noqa: PLC0415

    def never_ends(job: Job) -> None:
        _handlers()[kind](job)
        print("in the middle", flush=True)  # noqa: T201
        sys.stdin.read()

    run_next({kind: never_ends}, lambda: NOW)


def tell() -> None:
    """Say what became of the jobs, as JSON."""
    from huiqi.foundation.outbox.models import OutboxJob  # noqa: PLC0415
    from tests.foundation.outbox.kinds import noted  # noqa: PLC0415

    sent = Path(os.environ["HUIQI_DATA"], "sent.txt")
    found = {
        "noted": noted(),
        "sent": sent.read_text(encoding="utf-8").split() if sent.exists() else [],
        "states": sorted(set(OutboxJob.objects.values_list("state", flat=True))),
        "keys": sorted(OutboxJob.objects.values_list("key", flat=True)),
    }
    print(json.dumps(found))  # noqa: T201


def _handlers():
    from huiqi.foundation.outbox.tasks import tidy  # noqa: PLC0415
    from tests.foundation.outbox.kinds import HANDLERS  # noqa: PLC0415

    return {**HANDLERS, "outbox.tidy": tidy}


def main(what: str, *rest: str) -> None:
    import django  # noqa: PLC0415

    django.setup()
    if what == "fill":
        fill(int(rest[0]))
    else:
        {"each": each, "work": work, "stuck": stuck, "tell": tell}[what](*rest)


if __name__ == "__main__":
    main(*sys.argv[1:])
