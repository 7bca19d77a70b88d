"""People who do the same thing at the same moment, in processes of their own, on a database of their own.

`python -m tests.foundation.accounts.racing make | run`; the environment says where. Before each race a racer
says that it is ready and waits for a line; then it says whether it won.
"""

import os
import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
RACES = ("code", "first", "app", "grant", "revoke")
NUMBER, BROWSER = "13900001111", "one browser"
APP_NUMBER, PRINCIPAL = "13900002222", "13900004444"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 # pragma: allowlist secret


def race(data: Path, database_url: str, racers: int) -> dict[str, list[str]]:
    """What the racers said of each race."""
    with ExitStack() as open_until_the_end:

        def start(what: str) -> subprocess.Popen[str]:
            return open_until_the_end.enter_context(_started(data, database_url, what))

        code = start("make").communicate()[0].strip()
        running = [start("run") for _ in range(racers)]
        return {kind: _one_race(running, code) for kind in RACES}


def _one_race(running: "list[subprocess.Popen[str]]", code: str) -> list[str]:
    """All begin when the last one is ready."""
    assert [_heard(each) for each in running] == ["ready"] * len(running)
    for each in running:
        assert each.stdin is not None
        each.stdin.write(f"{code}\n")
        each.stdin.flush()
    return sorted(_heard(each) for each in running)


def _heard(racer: "subprocess.Popen[str]") -> str:
    assert racer.stdout is not None
    return racer.stdout.readline().strip()


def _started(data: Path, database_url: str, what: str) -> subprocess.Popen[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("HUIQI_DATABASE")}
    environment = {
        **known,
        **({"HUIQI_DATABASE_URL": database_url} if database_url else {}),
        "HUIQI_DATA": str(data),
        "HUIQI_MODE": "test",
        "DJANGO_SETTINGS_MODULE": "huiqi.config.settings",
    }
    command = [sys.executable, "-m", "tests.foundation.accounts.racing", what]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True)


def make() -> None:
    """One person with an app, and a code on its way, which is said."""
    from huiqi.foundation.accounts.actions.sign_in import SIGN_IN, make_code  # noqa: PLC0415 - after setup
    from huiqi.foundation.accounts.models import Authenticator, Person  # noqa: PLC0415

    person = Person.objects.create(phone=APP_NUMBER, created_at=NOW)
    Person.objects.create(phone=PRINCIPAL, created_at=NOW)
    Authenticator.objects.create(person=person, secret=SECRET, confirmed_at=NOW)
    print(make_code(NUMBER, SIGN_IN, BROWSER, NOW))  # noqa: T201


def _try(kind: str, code: str) -> object:
    """One racer's try; what it returns where it won."""
    import pyotp  # noqa: PLC0415
    from django.contrib.sessions.backends.base import SessionBase  # noqa: PLC0415

    from huiqi.foundation.accounts.actions import begin_session  # noqa: PLC0415
    from huiqi.foundation.accounts.actions.proofs import finish_by_authenticator  # noqa: PLC0415
    from huiqi.foundation.accounts.actions.session_store import SessionStore  # noqa: PLC0415
    from huiqi.foundation.accounts.actions.sign_in import _person_with, sign_in_by_code  # noqa: PLC0415
    from huiqi.foundation.accounts.models import Person  # noqa: PLC0415

    if kind in ("grant", "revoke"):
        return _try_mandate(kind)
    session: SessionBase = SessionStore()
    if kind == "code":
        return sign_in_by_code(session, NUMBER, BROWSER, code, NOW)
    if kind == "first":
        return _person_with("13900003333", NOW).pk
    person = Person.objects.get(phone_index=APP_NUMBER)
    begin_session(session, str(person.pk), "code", NOW)
    return finish_by_authenticator(session, pyotp.TOTP(SECRET).at(NOW), NOW)


def _try_mandate(kind: str) -> str:
    """Grant by one form, and where it is to be revoked, revoke what that form granted."""
    from huiqi.foundation.accounts.actions.mandates import (  # noqa: PLC0415
        Grant,
        grant_mandate,
        revoke_mandate,
    )
    from huiqi.foundation.accounts.domain.mandates import Terms  # noqa: PLC0415
    from huiqi.foundation.accounts.models import Person  # noqa: PLC0415
    from huiqi.foundation.accounts.queries.acting import actor_as  # noqa: PLC0415

    actor = actor_as(Person.objects.get(phone_index=PRINCIPAL), None)
    terms = Terms("handler", frozenset({"cases.see"}), NOW.date(), NOW.date(), "凭据")
    made = grant_mandate(actor, Grant("g" * 22, APP_NUMBER, terms), NOW)
    if kind == "revoke":
        revoke_mandate(actor, made, NOW)
    return made


def main(what: str) -> None:
    import django  # noqa: PLC0415

    django.setup()
    if what == "make":
        make()
        return
    from huiqi.foundation.accounts.actions import RefusedError, SignInRefusedError  # noqa: PLC0415

    for kind in RACES:
        print("ready", flush=True)  # noqa: T201
        code = sys.stdin.readline().strip()
        try:
            print("won", _try(kind, code) or "", flush=True)  # noqa: T201
        except (RefusedError, SignInRefusedError):
            print("lost", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
