"""The desk of an officer among a hundred thousand cases: how long a page takes, over all its choices.

`python -m benchmarks.cases [--cases N] [--officers N] [--rounds N]`. On a private PostgreSQL cluster; a tenth
of the cases is closed, the others lie evenly with the officers of one office, the hardest way to lie.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

CASES, OFFICERS, ROUNDS = 100_000, 450, 10
SCOPES = ("", "free", "ours")
PILES = ("", "overdue", "today", "week", "later", "waiting", "closed")
SEARCHES = ("稳岗", "2026-BC-0500", "面馆")


@dataclass(frozen=True, slots=True)
class Result:
    """Milliseconds of whole pages, the web included: the officer's own desk, and that of the whole office."""

    cases: int
    own_p50: float
    own_p95: float
    office_p50: float
    office_p95: float
    opening_ms: float
    escalating_seconds: float


def measure(database_url: str, cases: int = CASES, officers: int = OFFICERS, rounds: int = ROUNDS) -> Result:
    """Measure in a process of its own on a database made for the run."""
    with tempfile.TemporaryDirectory(prefix="huiqi-cases-") as folder:
        environment = {
            **os.environ,
            "HUIQI_MODE": "test",
            "HUIQI_DATA": folder,
            "HUIQI_DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "huiqi.config.settings",
        }
        words = [str(cases), str(officers), str(rounds)]
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks.cases", "--inside", *words],
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return Result(**json.loads(told.stdout.splitlines()[-1]))


def _measure_here(cases: int, officers: int, rounds: int) -> Result:
    from django.core.management import call_command  # noqa: PLC0415 - only the process inside needs a site
    from django.db import connection  # noqa: PLC0415

    from tests.support.people import client_of, organisation, someone  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    office = organisation("platform", "平台运营")
    people = [someone("support", office) for _ in range(officers)]
    _fill(cases, str(office.pk), [each.session["acting"] for each in people])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = client_of(people[0])
    own = [_page(client, scope, pile) for _ in range(rounds) for scope in ("", "free") for pile in PILES]
    own += [_page(client, "", "", text) for _ in range(rounds) for text in SEARCHES]
    office_wide = [_page(client, "ours", pile) for _ in range(rounds) for pile in PILES]
    office_wide += [_page(client, "ours", "", text) for _ in range(rounds) for text in SEARCHES]
    return Result(
        cases=cases,
        own_p50=_quantile(own, 0.5),
        own_p95=_quantile(own, 0.95),
        office_p50=_quantile(office_wide, 0.5),
        office_p95=_quantile(office_wide, 0.95),
        opening_ms=_opening(),
        escalating_seconds=_escalating(),
    )


def _fill(cases: int, office_id: str, members: list[str]) -> None:
    from huiqi.foundation.cases.domain import case_number  # noqa: PLC0415
    from huiqi.foundation.cases.models import Case  # noqa: PLC0415
    from huiqi.foundation.clock.queries import now  # noqa: PLC0415

    dice, moment = random.Random(7), now()
    titles = ("给多少写错了：稳岗返还", "日期写错了：一次性扩岗补助", "原网页打不开：创业担保贷款")

    def one(number: int) -> Case:
        opened = moment - timedelta(days=dice.randrange(300))
        is_closed = number % 10 == 0
        is_free = number % 50 == 1
        return Case(
            number=case_number(2026, "BC", number),
            kind="mistake",
            subject_id=f"s{number}",
            state="corrected" if is_closed else "open" if is_free else "checking",
            title=dice.choice(titles),
            organisation_id=office_id,
            assignee_id=None if is_free else members[number % len(members)],
            party_name=dice.choice(("访客", "温县面馆", "修武民宿")),
            opened_at=opened,
            changed_at=opened,
            closed_at=moment if is_closed else None,
            due_on=None if is_closed else moment.date() + timedelta(days=dice.randrange(-3, 30)),
            is_waiting=not is_closed and number % 7 == 0,
        )

    for begin in range(1, cases + 1, 5_000):
        Case.objects.bulk_create(one(n) for n in range(begin, min(begin + 5_000, cases + 1)))


def _page(client: Any, scope: str, pile: str, text: str = "") -> float:
    began = time.perf_counter()
    answer = client.get("/cases/", {"scope": scope, "pile": pile, "q": text}, HTTP_HOST="localhost")
    taken = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200, answer.status_code
    return taken


def _opening(count: int = 200) -> float:
    """Milliseconds of opening a case, its number, clock, event and log included."""
    from django.db import transaction  # noqa: PLC0415

    from huiqi.foundation.audit.actions import Actor  # noqa: PLC0415
    from huiqi.foundation.cases.actions import Act, Opening, open_case  # noqa: PLC0415
    from huiqi.foundation.cases.models import CaseSequence  # noqa: PLC0415
    from huiqi.foundation.clock.queries import now, workday_table  # noqa: PLC0415

    moment = now() - timedelta(days=40)
    CaseSequence.objects.create(year=moment.year, code="BC", last=5_000_000)
    act = Act(Actor("visitor", "访客"), moment, workday_table())
    began = time.perf_counter()
    for n in range(count):
        with transaction.atomic():
            open_case(Opening("mistake", f"new-{n}", "给多少写错了"), act)
    return (time.perf_counter() - began) * 1000 / count


def _escalating() -> float:
    """Seconds in which the job climbs the ladders of what was just opened and is long overdue."""
    from huiqi.foundation.audit.actions import Actor  # noqa: PLC0415
    from huiqi.foundation.cases.actions import Act, escalate_due  # noqa: PLC0415
    from huiqi.foundation.clock.queries import now, workday_table  # noqa: PLC0415

    began = time.perf_counter()
    escalate_due(Act(Actor("system", "系统"), now(), workday_table()))
    return time.perf_counter() - began


def _quantile(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the desk of an officer among many cases.")
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--officers", type=int, default=OFFICERS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--inside", nargs=3, type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside:
        import django  # noqa: PLC0415

        django.setup()
        print(json.dumps(asdict(_measure_here(*chosen.inside))))
        return
    from tests.support.postgres import private_cluster  # noqa: PLC0415

    with private_cluster() as url:
        result = measure(url, chosen.cases, chosen.officers, chosen.rounds)
    for name, value in asdict(result).items():
        print(f"{name:20} {value:,.1f}")


if __name__ == "__main__":
    main()
