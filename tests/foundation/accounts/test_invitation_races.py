"""Several who invite, decide or accept at once: one wins, the others read what happened, and the rows and the
log hold one. SQLite's writers take turns (see tests/foundation/storage), so this is for PostgreSQL.
"""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from huiqi.foundation.accounts.actions.invitations import (
    accept_invitation,
    accept_own_invitation,
    approve_grant,
    decline_invitation,
    invite,
    refuse_grant,
    withdraw_invitation,
)
from huiqi.foundation.accounts.domain.members import RefusedError
from huiqi.foundation.accounts.models import Invitation, Membership
from huiqi.foundation.audit.models import AuditEntry
from tests.foundation.accounts.members import PHONE, invited, platform
from tests.support.people import NOW, Someone, organisation, someone

pytestmark = pytest.mark.django_db(transaction=True)
RACERS = 4


@pytest.fixture(autouse=True)
def only_where_writers_meet(transactional_db) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite 的写入轮流进行，几个人同时处理一个邀请只在 PostgreSQL 上试")


def at_once(*works: Callable[[], object]) -> list[str]:
    """What each who lost was told; all begin together, and any other error fails the test."""
    ready, lost, broken = threading.Barrier(len(works)), list[str](), list[Exception]()

    def begin(work: Callable[[], object]) -> None:
        ready.wait()
        try:
            work()
        except RefusedError as refused:
            lost.append(str(refused))
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=begin, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    return lost


def logged(*verbs: str) -> int:
    return AuditEntry.objects.filter(verb__in=[f"accounts.{verb}" for verb in verbs]).count()


def waiting() -> tuple[Someone, str]:
    """A security administrator, and a grant that waits for one."""
    system, security = platform()
    made = invited(system, someone("person"), "officer", organisation("department"))
    return security, made.id


def test_of_many_who_invite_one_number_at_once_one_does_and_the_others_are_told() -> None:
    owner = someone("owner")
    place = str(owner.organisation.pk)
    lost = at_once(*[lambda: invite(owner.actor, place, PHONE, "handler", NOW)] * RACERS)
    assert len(lost) == RACERS - 1
    assert all("已经有一个还没用的邀请" in each for each in lost)
    assert Invitation.objects.count() == logged("invite") == 1


def test_an_invitation_accepted_many_times_at_once_makes_one_member() -> None:
    owner, guest = someone("owner"), someone("person")
    made = invited(owner, guest, "handler")
    ways = (
        lambda: accept_invitation(guest.actor, made.secret, NOW),
        lambda: accept_own_invitation(guest.actor, made.id, NOW),
    )
    lost = at_once(*ways * 2)
    assert len(lost) == 3
    assert all("已接受" in each or "找不到这个邀请" in each for each in lost)
    assert Membership.objects.filter(person=guest.person).count() == logged("accept_invitation") == 1


def test_an_invitation_is_accepted_or_withdrawn_and_never_both() -> None:
    owner = someone("owner")
    for _ in range(6):
        guest = someone("person")
        made = invited(owner, guest, "handler")
        before = logged("accept_invitation", "withdraw_invitation")
        lost = at_once(
            lambda guest=guest, made=made: accept_invitation(guest.actor, made.secret, NOW),
            lambda made=made: withdraw_invitation(owner.actor, made.id, NOW),
        )
        row, is_member = Invitation.objects.get(pk=made.id), Membership.objects.filter(person=guest.person)
        assert len(lost) == 1
        assert ("已撤回" if row.withdrawn_at else "已接受") in lost[0]
        assert (row.accepted_at is None) == (row.withdrawn_at is not None)
        assert is_member.exists() == (row.accepted_at is not None)
        assert logged("accept_invitation", "withdraw_invitation") == before + 1


def test_an_invitation_is_accepted_or_declined_and_never_both() -> None:
    owner = someone("owner")
    for _ in range(6):
        guest = someone("person")
        made = invited(owner, guest, "handler")
        lost = at_once(
            lambda guest=guest, made=made: accept_invitation(guest.actor, made.secret, NOW),
            lambda guest=guest, made=made: decline_invitation(guest.actor, made.id, NOW),
        )
        row, is_member = Invitation.objects.get(pk=made.id), Membership.objects.filter(person=guest.person)
        assert len(lost) == 1
        assert ("已谢绝" if row.is_declined else "已接受") in lost[0]
        assert is_member.exists() == (not row.is_declined)


def test_of_many_who_agree_at_once_one_does() -> None:
    security, made = waiting()
    actors = [security.actor, *(someone("security_admin").actor for _ in range(RACERS - 1))]
    lost = at_once(*[lambda actor=actor: approve_grant(actor, made, NOW) for actor in actors])
    assert len(lost) == RACERS - 1
    assert all("没有再改动" in each for each in lost)
    assert logged("approve_grant") == 1


def test_a_grant_that_is_agreed_to_and_refused_at_once_is_one_of_both() -> None:
    for _ in range(6):
        security, made = waiting()
        other, before = someone("security_admin"), logged("approve_grant", "refuse_grant")
        lost = at_once(
            lambda one=security, made=made: approve_grant(one.actor, made, NOW),
            lambda one=other, made=made: refuse_grant(one.actor, made, "不是本单位的人", NOW),
        )
        row = Invitation.objects.get(pk=made)
        assert len(lost) == 1
        assert "没有再改动" in lost[0]
        assert (row.approved_at is None) == (row.withdrawn_at is not None)
        assert logged("approve_grant", "refuse_grant") == before + 1
