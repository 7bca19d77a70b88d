"""A site with work for every kind of job, and workers that go from errand to errand.

`python -m tests.faults.errands make | walk | stuck NUMBER | finish NUMBER | tell`.
"""

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEYOND_EVERY_LEASE = HOUR
# What is done after what: what one leaves, the next may take up.
ERRANDS = (
    ("documents.scan", HOUR),
    ("documents.scan_rest", 3 * HOUR),
    ("accounts.settle_phone_request", 25 * HOUR),
    ("accounts.text_old_number", 27 * HOUR),
    ("documents.tidy", 2 * DAY),
    ("cases.recompute", 3 * DAY),
    ("accounts.settle_phone_request", 8 * DAY),  # the day by which it would have run out
    ("cases.escalate", 40 * DAY),
    ("notices.digest", 41 * DAY),
    ("notices.deliver", 41 * DAY + 4 * HOUR),
    ("notices.forget", 42 * DAY),
    ("outbox.tidy", 400 * DAY),
)


def started(data: Path, database_url: str, clamd: str, *words: str) -> subprocess.Popen[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("HUIQI_DATABASE")}
    environment = {
        **known,
        **({"HUIQI_DATABASE_URL": database_url} if database_url else {}),
        "HUIQI_DATA": str(data),
        "HUIQI_CLAMD": clamd,
        "HUIQI_MODE": "test",
        "DJANGO_SETTINGS_MODULE": "huiqi.config.settings",
    }
    command = [sys.executable, "-m", "tests.faults.errands", *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True)


def make() -> None:
    """Files wait for the scanner, a case runs late at an office with a mail, and a telephone is lost."""
    from huiqi.foundation.cases.models import CaseClock  # noqa: PLC0415 - after setup
    from huiqi.foundation.notices.models import Preference  # noqa: PLC0415
    from tests.foundation.cases.places import Office, opened  # noqa: PLC0415
    from tests.support.people import NOW  # noqa: PLC0415

    office = Office()
    Preference.objects.create(
        person=office.one.person, mail="wang@example.com", mail_confirmed_at=NOW, mail_mode="daily"
    )
    opened()
    CaseClock.objects.update(is_estimated=True)
    _hand_in_three_files()
    _lose_a_telephone()
    _keep_an_old_job(NOW)


def walk() -> None:
    """Every errand by one worker whom nothing befalls."""
    for number in range(len(ERRANDS)):
        _begin(number)
        _work(number)
        finish(number)


def stuck(number: int) -> None:
    """Finish the errand before; take up this one, have its whole effect, say so and never come to the end."""
    from huiqi.foundation.outbox.actions import Handler, Job, run_next  # noqa: PLC0415

    kind, moment = ERRANDS[number][0], _moment(number)
    handler: Handler = _handlers()[kind]

    def never_ends(job: Job) -> None:
        handler(job)
        print("in the middle", flush=True)  # noqa: T201 - the test reads along
        sys.stdin.read()

    if number:
        finish(number - 1)
    _begin(number)
    run_next({kind: never_ends}, lambda: moment)


def finish(number: int) -> None:
    """What an errand leaves once every lease of a lost worker is over; says how many jobs that was."""
    print(_work(number, BEYOND_EVERY_LEASE), flush=True)  # noqa: T201


def tell() -> None:
    """What stands in the end, as JSON: rows a table, states, files and what was sent."""
    print(json.dumps(_standing(), ensure_ascii=False))  # noqa: T201


def _standing() -> dict[str, Any]:
    from django.apps import apps  # noqa: PLC0415

    from huiqi.foundation.accounts.models import PhoneRequest  # noqa: PLC0415
    from huiqi.foundation.cases.models import CaseClock  # noqa: PLC0415
    from huiqi.foundation.documents.models import Content  # noqa: PLC0415
    from huiqi.foundation.notices.models import Outgoing  # noqa: PLC0415
    from huiqi.foundation.outbox.models import OutboxJob  # noqa: PLC0415

    data = Path(os.environ["HUIQI_DATA"])
    sent = data / "messages.jsonl"
    return {
        "rows": {each._meta.db_table: each._default_manager.count() for each in apps.get_models()},
        "scanned": sorted(Content.objects.values_list("state", flat=True)),
        "numbers": sorted(PhoneRequest.objects.values_list("end", flat=True)),
        "estimated": CaseClock.objects.filter(is_estimated=True).count(),
        "messages": sorted(Outgoing.objects.values_list("purpose", "channel", "state")),
        "sent": len(sent.read_text(encoding="utf-8").splitlines()) if sent.exists() else 0,
        "files": sum(path.is_file() for path in (data / "documents").rglob("*")),
        "unsettled": sorted(OutboxJob.objects.exclude(state="done").values_list("kind", flat=True)),
        "oldest_job": OutboxJob.objects.filter(key="of old").count(),
    }


def _hand_in_three_files() -> None:
    """One that is scanned by its own job, one that lost its job, one that was taken back."""
    from huiqi.foundation.documents.actions import remove_document  # noqa: PLC0415
    from huiqi.foundation.outbox.models import OutboxJob  # noqa: PLC0415
    from tests.foundation.documents.files import pdf  # noqa: PLC0415
    from tests.foundation.documents.handing_in import hand_in  # noqa: PLC0415
    from tests.support.people import NOW, someone  # noqa: PLC0415

    owner = someone("owner")
    for name in (b"orphan", b"taken back"):
        kept = hand_in(owner, pdf(more=b"% " + name + b"\n"), key=name.decode())
    OutboxJob.objects.all().delete()
    remove_document(kept.id, owner.actor, NOW)
    hand_in(owner, pdf(), key="own job")


def _lose_a_telephone() -> None:
    """Two of a window agree that somebody's number is another from tomorrow on."""
    from tests.foundation.accounts.test_lost_phone import Window, agreed, opened  # noqa: PLC0415

    window = Window()
    agreed(window.two, opened(window.one, window.owner))


def _keep_an_old_job(now: datetime) -> None:
    from huiqi.foundation.outbox.models import OutboxJob  # noqa: PLC0415

    OutboxJob.objects.create(
        kind="notices.forget",
        key="of old",
        payload={},
        due_at=now,
        created_at=now,
        state="done",
        ended_at=now,
    )


def _begin(number: int) -> None:
    """See to it that there is a job: of a kind that comes by itself nobody else writes one here."""
    from django.db import transaction  # noqa: PLC0415

    from huiqi.foundation.outbox.actions import enqueue  # noqa: PLC0415
    from huiqi.foundation.outbox.queries import kinds  # noqa: PLC0415

    kind = ERRANDS[number][0]
    if kinds()[kind].every_seconds:
        with transaction.atomic():
            enqueue(kind, f"errand-{kind}", {}, _moment(number))


def _work(number: int, later: timedelta = timedelta()) -> int:
    from huiqi.foundation.outbox.actions import run_next  # noqa: PLC0415

    kind, moment = ERRANDS[number][0], _moment(number) + later
    done = 0
    while run_next({kind: _handlers()[kind]}, lambda: moment):
        done += 1
    return done


def _handlers() -> dict[str, Any]:
    from huiqi.cli.jobbing import handlers  # noqa: PLC0415

    return handlers(is_outside=False) | handlers(is_outside=True)


def _moment(number: int) -> datetime:
    from tests.support.people import NOW  # noqa: PLC0415

    return NOW + ERRANDS[number][1]


def main(what: str, *rest: str) -> None:
    import django  # noqa: PLC0415

    django.setup()
    {"make": make, "walk": walk, "stuck": stuck, "finish": finish, "tell": tell}[what](*map(int, rest))


if __name__ == "__main__":
    main(*sys.argv[1:])
