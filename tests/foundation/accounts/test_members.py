"""Members who leave, take over and stand in."""

import pytest

from huiqi.foundation.access.queries import NotAllowedError
from huiqi.foundation.accounts.actions import OpenWork, hand_over, register_open_work
from huiqi.foundation.accounts.actions.members import Absence, appoint_deputy, end_deputy, end_membership
from huiqi.foundation.accounts.domain.members import RefusedError
from huiqi.foundation.accounts.models import Membership
from huiqi.foundation.accounts.queries import acts_for, deputies_of, members_in
from huiqi.foundation.accounts.queries import open_work as registry
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.audit.queries import LogFilters, entries
from tests.foundation.accounts.members import TODAY, days, platform
from tests.support.people import NOW, Someone, organisation, someone

pytestmark = pytest.mark.django_db


def membership(who: Someone) -> str:
    return who.session["acting"]


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Work as a room above would keep it: how many lie with each membership."""
    monkeypatch.setattr(registry, "_KINDS", {})
    lying: dict[str, int] = {}

    def move(leaver: str, receiver: str, actor: Actor, reason: str, now: object) -> int:
        moved = lying.pop(leaver, 0)
        lying[receiver] = lying.get(receiver, 0) + moved
        return moved

    register_open_work(OpenWork("办件", lambda each: lying.get(each, 0), move))
    return lying


def test_who_is_let_go_is_a_member_no_more_at_once() -> None:
    office = organisation("department")
    head, officer = someone("department_head", office), someone("officer", office)
    end_membership(head.actor, membership(officer), "", "调走", NOW)
    assert officer.actor.role == "person"
    assert [each.role for each in members_in(str(office.pk))] == ["department_head"]
    with pytest.raises(RefusedError, match="已经离开"):
        end_membership(head.actor, membership(officer), "", "调走", NOW)


def test_nobody_leaves_while_work_lies_with_them_and_no_colleague_takes_it(desk: dict[str, int]) -> None:
    office = organisation("department")
    head, officer = someone("department_head", office), someone("officer", office)
    elsewhere = someone("officer")
    desk[membership(officer)] = 3
    with pytest.raises(RefusedError, match="3 件办件"):
        end_membership(head.actor, membership(officer), "", "调走", NOW)
    for wrong in (membership(officer), membership(elsewhere), "x"):
        with pytest.raises(RefusedError, match="同一个单位"):
            end_membership(head.actor, membership(officer), wrong, "调走", NOW)
    end_membership(head.actor, membership(officer), membership(head), "调走", NOW)
    assert desk == {membership(head): 3}
    kept = [entry.verb for entry in entries(LogFilters("membership", membership(officer)))]
    assert kept == ["accounts.hand_over", "accounts.end_membership"]


def test_a_hand_over_that_fails_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(*_: object) -> int:
        raise RuntimeError("the room above failed")

    monkeypatch.setattr(registry, "_KINDS", {})
    register_open_work(OpenWork("办件", lambda _: 1, break_off))
    office = organisation("department")
    head, officer = someone("department_head", office), someone("officer", office)
    with pytest.raises(RuntimeError):
        end_membership(head.actor, membership(officer), membership(head), "调走", NOW)
    assert officer.actor.role == "officer"
    assert entries(LogFilters("membership", membership(officer))) == ()


def test_work_is_handed_over_without_anybody_leaving(desk: dict[str, int]) -> None:
    office = organisation("bank")
    manager, clerk = someone("bank_manager", office), someone("bank_clerk", office)
    desk[membership(clerk)] = 2
    assert hand_over(manager.actor, membership(clerk), membership(manager), "换岗", NOW) == 2
    assert clerk.actor.role == "bank_clerk"
    with pytest.raises(NotAllowedError):
        hand_over(clerk.actor, membership(manager), membership(clerk), "换岗", NOW)


def test_a_shop_keeps_its_last_owner_and_the_platform_its_last_administrators() -> None:
    owner = someone("owner")
    with pytest.raises(RefusedError, match="只有这一位经营者"):
        end_membership(owner.actor, membership(owner), "", "", NOW)
    second = someone("owner", owner.organisation)
    end_membership(owner.actor, membership(owner), "", "", NOW)
    assert second.actor.role == "owner"
    admin, security = platform()
    with pytest.raises(RefusedError, match="只有这一位安全管理员"):
        end_membership(admin.actor, membership(security), "", "", NOW)


@pytest.mark.parametrize("role", ["officer", "window_clerk", "bank_clerk"])
def test_nobody_lets_a_colleague_go_who_leads_nothing(role: str) -> None:
    me = someone(role)
    colleague = someone(role, me.organisation)
    for member in (membership(colleague), membership(me)):
        with pytest.raises(NotAllowedError):
            end_membership(me.actor, member, "", "", NOW)


def test_a_manager_lets_nobody_go_in_another_bank() -> None:
    manager, clerk = someone("bank_manager"), someone("bank_clerk")
    with pytest.raises(NotAllowedError):
        end_membership(manager.actor, membership(clerk), "", "", NOW)


def test_a_handler_may_leave_a_shop_by_themselves() -> None:
    handler = someone("handler", organisation("business"))
    end_membership(handler.actor, membership(handler), "", "", NOW)
    assert handler.actor.role == "person"


def test_a_deputy_acts_for_the_absent_between_the_days_and_not_outside() -> None:
    office = organisation("department")
    officer, other = someone("officer", office), someone("officer", office)
    appoint_deputy(
        officer.actor, membership(officer), Absence(membership(other), days(1), days(3), "休假"), NOW
    )
    inside = [bool(deputies_of(membership(officer), days(each))) for each in range(5)]
    assert inside == [False, True, True, True, False]
    assert acts_for(membership(other), days(2)) == (membership(officer),)
    assert acts_for(membership(officer), days(2)) == ()


def test_one_deputy_at_a_time_and_it_can_be_ended_at_once() -> None:
    office = organisation("department")
    head, officer, other = (someone(role, office) for role in ("department_head", "officer", "officer"))
    absence = Absence(membership(other), TODAY, days(3), "休假")
    made = appoint_deputy(officer.actor, membership(officer), absence, NOW)
    with pytest.raises(RefusedError, match="已经安排"):
        appoint_deputy(
            head.actor, membership(officer), Absence(membership(head), days(3), days(9), "病假"), NOW
        )
    end_deputy(head.actor, made, NOW)
    assert deputies_of(membership(officer), TODAY) == ()
    with pytest.raises(RefusedError, match="已经结束"):
        end_deputy(head.actor, made, NOW)


def test_a_deputy_who_leaves_stands_in_no_more() -> None:
    office = organisation("department")
    head, officer, other = (someone(role, office) for role in ("department_head", "officer", "officer"))
    appoint_deputy(
        officer.actor, membership(officer), Absence(membership(other), TODAY, days(3), "休假"), NOW
    )
    end_membership(head.actor, membership(other), "", "调走", NOW)
    assert deputies_of(membership(officer), TODAY) == ()


@pytest.mark.parametrize(
    ("first", "last", "reason"), [(3, 1, "休假"), (-5, -1, "休假"), (0, 400, "休假"), (0, 1, "")]
)
def test_an_absence_without_sense_is_refused(first: int, last: int, reason: str) -> None:
    office = organisation("department")
    officer, other = someone("officer", office), someone("officer", office)
    absence = Absence(membership(other), days(first), days(last), reason)
    with pytest.raises(RefusedError):
        appoint_deputy(officer.actor, membership(officer), absence, NOW)


def test_nobody_sends_a_colleague_away_or_stands_in_for_themselves() -> None:
    office = organisation("department")
    officer, other = someone("officer", office), someone("officer", office)
    absence = Absence(membership(officer), TODAY, days(1), "休假")
    with pytest.raises(NotAllowedError):
        appoint_deputy(officer.actor, membership(other), absence, NOW)
    with pytest.raises(RefusedError, match="同一个单位"):
        appoint_deputy(officer.actor, membership(officer), absence, NOW)
    assert Membership.objects.filter(until_at__isnull=True).count() == 2
