"""Several at once: each number once, one winner a step, every rung once. SQLite's writers take turns (see
tests/foundation/storage), so this is for PostgreSQL.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from huiqi.foundation.accounts.models import Organisation
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.cases.actions import CaseError, ConflictError, advance, escalate_due, transfer
from huiqi.foundation.cases.actions.handing import Destination
from huiqi.foundation.cases.models import Case, CaseEvent, ReachedRung
from tests.foundation.cases.places import Office, act, opened
from tests.support.people import NOW, organisation
from tests.support.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def only_where_writers_meet(transactional_db) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite 的写入轮流进行，几个人同时抢一件只在 PostgreSQL 上试")


def test_many_at_once_get_each_their_own_number_without_a_gap() -> None:
    def several(worker: int) -> Callable[[], object]:
        return lambda: [opened(f"{worker}-{n}") for n in range(8)]

    together(CaseError, *(several(worker) for worker in range(4)))
    numbers = sorted(int(number[8:14]) for number in Case.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 33))
    assert Organisation.objects.count() == 1


def test_of_two_officers_who_answer_at_once_one_wins_and_the_other_is_told() -> None:
    office, case = Office(), opened()
    told = together(
        CaseError,
        lambda: advance(case.number, 1, "correct", "改了", act(office.one)),
        lambda: advance(case.number, 1, "find_unfounded", "没有错", act(office.two)),
    )
    assert [isinstance(each, ConflictError) for each in told].count(True) == 1
    assert CaseEvent.objects.filter(verb="cases.advance").count() == 1


def test_a_step_and_a_transfer_at_once_leave_one_of_them() -> None:
    office, case = Office(), opened()
    bureau = organisation("department")
    told = together(
        CaseError,
        lambda: advance(case.number, 1, "take", "", act(office.one)),
        lambda: transfer(case.number, 1, Destination(str(bureau.pk)), "归他们", act(office.two)),
    )
    assert [isinstance(each, ConflictError) for each in told].count(True) == 1
    assert Case.objects.get(number=case.number).version == 2


def test_two_jobs_at_once_climb_every_rung_once() -> None:
    Office()
    for n in range(5):
        opened(f"{n}")
    late = NOW + timedelta(days=40)
    told = together(CaseError, *(lambda: escalate_due(act(Actor("system", "系统"), late)) for _ in range(3)))
    assert sum(map(int, map(str, told))) == 15
    assert ReachedRung.objects.count() == 15
