"""Somebody signed in at a site of its own process: `python -m tests.support.signing_in ROLE KIND NAME`.

Prints the key of their session, which a browser sends as its cookie ``sessionid``.
"""

import os
import subprocess
import sys
from pathlib import Path


def session_of(data: Path, role: str, kind: str, name: str) -> str:
    """The key of a session of somebody new, in the site whose data lie in this folder; the organisation is
    the one of that name where there is one.
    """
    known = {key: value for key, value in os.environ.items() if not key.startswith("HUIQI_")}
    inside = {**known, "HUIQI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "huiqi.config.settings"}
    command = [sys.executable, "-m", "tests.support.signing_in", role, kind, name]
    told = subprocess.run(command, env=inside, check=True, stdout=subprocess.PIPE, text=True)
    return told.stdout.strip()


def main(role: str, kind: str, name: str) -> None:
    import django  # noqa: PLC0415 - only the process inside needs a site

    django.setup()
    from huiqi.foundation.accounts.models import Organisation  # noqa: PLC0415
    from tests.support.people import client_of, organisation, someone  # noqa: PLC0415

    party = Organisation.objects.filter(kind=kind, name=name).first() or organisation(kind, name)
    print(client_of(someone(role, party)).cookies["sessionid"].value)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
