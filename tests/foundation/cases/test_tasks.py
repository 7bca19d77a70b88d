"""The ladder is climbed and guesses are counted anew by jobs of the outbox."""

from datetime import timedelta

import pytest

from huiqi.foundation.cases.models import Case, ReachedRung
from huiqi.foundation.cases.tasks import escalate, recompute
from huiqi.foundation.outbox.actions import Job
from huiqi.foundation.outbox.queries import kinds
from tests.foundation.cases.places import Office, opened
from tests.support.people import NOW

pytestmark = pytest.mark.django_db


def job(kind: str, days: int) -> Job:
    return Job(1, kind, "day", {}, "", 1, NOW + timedelta(days=days))


def test_both_jobs_are_declared_and_daily() -> None:
    assert {kinds()[name].every_seconds for name in ("cases.escalate", "cases.recompute")} == {24 * 3600}


def test_a_job_that_runs_twice_climbs_once() -> None:
    Office()
    opened()
    for _ in range(2):
        escalate(job("cases.escalate", 40))
    assert ReachedRung.objects.count() == 3


def test_a_guess_is_counted_anew_by_the_job() -> None:
    Office()
    case = opened()
    Case.objects.get(number=case.number).clocks.update(is_estimated=True)
    recompute(job("cases.recompute", 0))
    assert not Case.objects.get(number=case.number).clocks.get().is_estimated
