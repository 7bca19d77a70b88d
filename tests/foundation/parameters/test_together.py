"""Several at once: one proposal waits, one decision counts, and the others are told. SQLite's writers take
turns (see tests/foundation/storage), so this is for PostgreSQL.
"""

import pytest
from django.db import connection

from huiqi.foundation.audit.models import AuditEntry
from huiqi.foundation.parameters.actions import (
    ParameterRefusedError,
    approve,
    call_off,
    propose,
    refuse,
    withdraw,
)
from huiqi.foundation.parameters.models import ParameterCallingOff, ParameterProposal, ParameterVersion
from tests.foundation.parameters.trial import DAYS, NOW, change
from tests.support.people import someone
from tests.support.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def only_where_writers_meet(transactional_db) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite 的写入轮流进行，几个人同时改一个数只在 PostgreSQL 上试")


def refused(told: list[object]) -> list[str]:
    return [str(each) for each in told if isinstance(each, ParameterRefusedError)]


def test_of_many_who_propose_at_once_one_waits_and_the_others_are_told() -> None:
    actors = [someone("system_admin").actor for _ in range(4)]
    works = [
        lambda actor=actor, n=n: propose(actor, DAYS, change(n + 10), NOW) for n, actor in enumerate(actors)
    ]
    told = refused(together(ParameterRefusedError, *works))
    assert len(told) == 3
    assert all("一次只能有一个" in each for each in told)
    assert ParameterProposal.objects.count() == AuditEntry.objects.count() == 1


@pytest.mark.parametrize("kind", ["set", "call_off"])
def test_of_two_who_agree_at_once_one_does_and_the_other_is_told_who(one, kind: str) -> None:
    actors = [someone("security_admin").actor for _ in range(3)]
    proposal = propose(one.actor, DAYS, change(), NOW)
    if kind == "call_off":
        approve(actors[0], proposal, NOW)
        proposal = call_off(one.actor, DAYS, ParameterVersion.objects.get().pk, "暂缓", NOW)
    told = together(
        ParameterRefusedError, *(lambda actor=actor: approve(actor, proposal, NOW) for actor in actors)
    )
    assert len(refused(told)) == 2
    assert all("已经同意了" in each for each in refused(told))
    assert ParameterVersion.objects.count() == 1
    assert ParameterCallingOff.objects.count() == (kind == "call_off")


def test_a_refusal_and_a_withdrawal_at_once_leave_one_of_them(one) -> None:
    for _ in range(5):
        proposal = propose(one.actor, DAYS, change(), NOW)
        told = together(
            ParameterRefusedError,
            lambda row=proposal: withdraw(one.actor, row, NOW),
            lambda row=proposal: refuse(someone("security_admin").actor, row, "再等等", NOW),
        )
        assert len(refused(told)) == 1
        row = ParameterProposal.objects.get(pk=proposal)
        assert (row.state == "refused") == (row.decided_by_id is not None)
