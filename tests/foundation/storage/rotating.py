"""A site of its own with encrypted rows: `python -m tests.foundation.storage.rotating TASK …`.

`make N` makes the rows; `rotate` tells a line a batch and waits for one; all else is typed after `huiqi`.
"""

import os
import sys
from datetime import UTC, datetime
from types import SimpleNamespace


def main(task: str, *words: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "huiqi.config.settings"
    import django  # noqa: PLC0415 - a site of its own in a process of its own

    django.setup()
    from tests.foundation.storage import people  # noqa: PLC0415

    here = people.people()
    match task:
        case "make":
            _make(here, int(words[0]))
        case "rotate":
            _rotate(here)
        case _:
            from huiqi.cli import main as huiqi  # noqa: PLC0415

            huiqi([task, *words], prog_name="huiqi")


def _make(here: SimpleNamespace, count: int) -> None:
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(here.Person)
        editor.create_model(here.Letter)
    here.Person.objects.bulk_create(
        here.Person(name=f"刘{number}", phone=f"138{number:08}") for number in range(count)
    )


def _rotate(here: SimpleNamespace) -> None:
    from huiqi.foundation.storage.fields import rotation  # noqa: PLC0415

    columns = rotation.sealed_columns([here.Person, here.Letter])
    for moved in rotation.rotate(columns, datetime(2020, 1, 1, tzinfo=UTC), batch=10):
        sys.stdout.write(f"{moved.done} {moved.left}\n")
        sys.stdout.flush()
        sys.stdin.readline()


if __name__ == "__main__":
    main(*sys.argv[1:])
