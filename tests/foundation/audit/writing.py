"""Writers and a sealer in processes of their own, on a database of their own.

`python -m tests.foundation.audit.writing write NAME COUNT | seal | tell`; the environment says where.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

UNDONE_EVERY = 7
MOST_AT_ONCE = 5


def started(data: Path, database_url: str, *words: str) -> subprocess.Popen[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("HUIQI_DATABASE")}
    environment = {
        **known,
        **({"HUIQI_DATABASE_URL": database_url} if database_url else {}),
        "HUIQI_DATA": str(data),
        "HUIQI_MODE": "test",
        "DJANGO_SETTINGS_MODULE": "huiqi.config.settings",
    }
    command = [sys.executable, "-m", "tests.foundation.audit.writing", *words]
    output = subprocess.PIPE if words[0] in ("seal", "tell") else None
    return subprocess.Popen(command, env=environment, stdout=output, text=True)


def write(name: str, count: int) -> None:
    """Write ``count`` entries in transactions of 1 to 5, and undo every seventh transaction."""
    from django.db import transaction  # noqa: PLC0415 - after setup

    from huiqi.foundation.audit.actions import Actor, record  # noqa: PLC0415
    from tests.foundation.audit.entries import entry  # noqa: PLC0415

    kept = turn = 0
    while kept < count:
        turn += 1
        together = min(turn % MOST_AT_ONCE + 1, count - kept)
        with transaction.atomic():
            for number in range(together):
                record(entry(kept + number, actor=Actor(name, name)))
            is_undone = turn % UNDONE_EVERY == 0
            transaction.set_rollback(is_undone)
        kept += 0 if is_undone else together


def seal() -> None:
    """Seal without end, and say so after each round that sealed something."""
    from huiqi.foundation.audit.actions import seal_waiting  # noqa: PLC0415

    while True:
        if sealed := seal_waiting():
            print(sealed, flush=True)  # noqa: T201 - the test reads along


def tell() -> None:
    """Seal what is left and say what became of the log, as JSON."""
    from huiqi.foundation.audit.actions import seal_waiting  # noqa: PLC0415
    from huiqi.foundation.audit.models import AuditEntry, AuditSeal  # noqa: PLC0415
    from huiqi.foundation.audit.queries import verify_chain  # noqa: PLC0415

    seal_waiting()
    report = verify_chain()
    writers = dict(AuditEntry.objects.values_list("id", "actor_id"))
    told: dict[str, list[int]] = {name: [] for name in writers.values()}
    for entry_id in AuditSeal.objects.order_by("sequence").values_list("entry_id", flat=True):
        told[writers[entry_id]].append(entry_id)
    found = {
        "sealed": report.sealed,
        "unsealed": report.unsealed,
        "broken": report.broken,
        "is_each_in_order": all(ids == sorted(ids) for ids in told.values()),
    }
    print(json.dumps(found))  # noqa: T201


def main(what: str, *rest: str) -> None:
    import django  # noqa: PLC0415

    django.setup()
    if what == "write":
        write(rest[0], int(rest[1]))
    else:
        {"seal": seal, "tell": tell}[what]()


if __name__ == "__main__":
    main(*sys.argv[1:])
