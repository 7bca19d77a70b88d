"""People who are told and a worker that sends, in processes of their own, on a database of their own.

`python -m tests.foundation.notices.sending tell | stuck KIND | work MINUTES | show`.
"""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path


def started(data: Path, database_url: str, *words: str) -> subprocess.Popen[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("HUIQI_DATABASE")}
    environment = {
        **known,
        **({"HUIQI_DATABASE_URL": database_url} if database_url else {}),
        "HUIQI_DATA": str(data),
        "HUIQI_MODE": "test",
        "DJANGO_SETTINGS_MODULE": "huiqi.config.settings",
    }
    command = [sys.executable, "-m", "tests.foundation.notices.sending", *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True)


def tell() -> None:
    """Tell one person by short message, and by mail once a day."""
    from django.db import transaction  # noqa: PLC0415 - after setup

    from huiqi.foundation.outbox.actions import enqueue  # noqa: PLC0415
    from tests.foundation.notices.trial import NOW, told, with_mail  # noqa: PLC0415
    from tests.support.people import someone  # noqa: PLC0415

    person = someone("owner").person
    with_mail(person, "daily")
    told("trial.due", "k", person)
    with transaction.atomic():
        for kind in ("notices.digest", "notices.forget"):
            enqueue(kind, kind, {}, NOW, due_at=NOW + timedelta(minutes=1))


def stuck(kind: str) -> None:
    """Take a job of a kind, have its whole effect, say so and never come to the end."""
    from huiqi.foundation.outbox.actions import Job, run_next  # noqa: PLC0415
    from tests.foundation.notices.trial import HANDLERS, NOW  # noqa: PLC0415

    def never_ends(job: Job) -> None:
        HANDLERS[kind](job)
        print("in the middle", flush=True)  # noqa: T201 - the test reads along
        sys.stdin.read()

    run_next({kind: never_ends}, lambda: NOW + timedelta(minutes=1))


def work(minutes: str) -> None:
    """Do all that is due so many minutes after it was told."""
    from tests.foundation.notices import trial  # noqa: PLC0415

    trial.work(trial.NOW + timedelta(minutes=int(minutes)))


def show() -> None:
    """Say what was sent and how every message stands, as JSON."""
    from huiqi.foundation.outbox.models import OutboxJob  # noqa: PLC0415
    from tests.foundation.notices.trial import states  # noqa: PLC0415

    kept = Path(os.environ["HUIQI_DATA"], "messages.jsonl")
    lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
    found = {
        "sent": [json.loads(line)["channel"] for line in lines],
        "states": states(),
        "unsettled": list(OutboxJob.objects.exclude(state="done").values_list("kind", flat=True)),
    }
    print(json.dumps(found))  # noqa: T201


def main(what: str, *rest: str) -> None:
    import django  # noqa: PLC0415

    django.setup()
    from django.apps import apps  # noqa: PLC0415

    from tests.foundation.notices.trial import KINDS  # noqa: PLC0415

    apps.get_app_config("notices").notice_kinds = KINDS  # type: ignore[attr-defined]
    {"tell": tell, "stuck": stuck, "work": work, "show": show}[what](*rest)


if __name__ == "__main__":
    main(*sys.argv[1:])
