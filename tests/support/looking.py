"""Looks at an owner's data, in a site of its own process: `python -m tests.support.looking`.

Prints the sessions of the owner and of an auditor, as JSON.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

LOOKS = 30


@dataclass(frozen=True, slots=True)
class KeptLooks:
    """Keys of sessions, which a browser sends as its cookie ``sessionid``."""

    owner: str
    auditor: str


def kept_looks(data: Path) -> KeptLooks:
    """An officer looked 30 times at an owner's case, in the site whose data lie in this folder."""
    known = {key: value for key, value in os.environ.items() if not key.startswith("HUIQI_")}
    inside = {**known, "HUIQI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "huiqi.config.settings"}
    command = [sys.executable, "-m", "tests.support.looking"]
    told = subprocess.run(command, env=inside, check=True, stdout=subprocess.PIPE, text=True)
    return KeptLooks(**json.loads(told.stdout))


def main() -> None:
    import django  # noqa: PLC0415 - only the process inside needs a site

    django.setup()
    from huiqi.foundation.audit.actions import Subject, keep_looks  # noqa: PLC0415
    from huiqi.foundation.audit.domain import Look  # noqa: PLC0415
    from huiqi.foundation.clock.queries import now  # noqa: PLC0415
    from tests.support.people import client_of, organisation, someone  # noqa: PLC0415

    owner = someone("owner", organisation("business", "温县演示面馆"))
    officer = someone("officer", organisation("department", "温县演示市场监管局"))
    subject = Subject("case", "1", "营业执照写错了")
    for number in range(LOOKS):
        look = Look("cases.see", subject, owner.actor.organisation, f"核对第 {number} 件")
        keep_looks([look], officer.actor, now())
    people = {"owner": owner, "auditor": someone("auditor")}
    sessions = {name: client_of(who).cookies["sessionid"].value for name, who in people.items()}
    print(json.dumps(sessions))  # noqa: T201


if __name__ == "__main__":
    main()
