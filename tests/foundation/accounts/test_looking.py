"""Support sees what a user sees, and changes nothing."""

from datetime import timedelta

import pytest

from huiqi.foundation.access.queries import NotAllowedError
from huiqi.foundation.accounts.actions.acting import end_seeing, see_as
from huiqi.foundation.accounts.domain.members import NEVER_SEEN, RefusedError
from huiqi.foundation.accounts.models import Membership, SupportLook
from huiqi.foundation.accounts.queries import actor_of
from huiqi.foundation.accounts.queries.looking import looks_at, seen_by_phone
from huiqi.foundation.audit.queries import LogFilters, entries
from tests.foundation.accounts.members import number_of
from tests.support.people import NOW, Someone, someone

pytestmark = pytest.mark.django_db


def looking(support: Someone, at: Someone, membership: str = "") -> dict[str, object]:
    session: dict[str, object] = dict(support.session)
    see_as(session, support.actor, number_of(at), membership, "看不到办件", NOW)  # type: ignore[arg-type]
    return session


def test_support_sees_as_the_user_and_the_log_has_both() -> None:
    support, owner = someone("support"), someone("owner")
    session = looking(support, owner, owner.session["acting"])
    seen = actor_of(session, NOW)
    assert (seen.id, seen.role, seen.organisation) == (owner.actor.id, "owner", owner.actor.organisation)
    assert seen.seen_by is not None
    assert seen.seen_by.id == support.actor.id
    entry = entries(LogFilters("person", owner.actor.id))[-1]
    assert (entry.actor_id, entry.behalf_id, entry.reason) == (support.actor.id, owner.actor.id, "看不到办件")
    assert [(look.reason, look.view[:3]) for look in looks_at(owner.actor.id)] == [("看不到办件", "经营者")]


def test_a_look_ends_by_itself_by_one_click_and_with_the_users_role(settings) -> None:
    support, owner = someone("support"), someone("owner")
    session = looking(support, owner, owner.session["acting"])
    over = NOW + timedelta(minutes=settings.HUIQI_LOOK_MINUTES)
    assert actor_of(session, over - timedelta(seconds=1)).seen_by is not None
    assert actor_of(session, over).id == support.actor.id
    end_seeing(session, NOW + timedelta(minutes=1))  # type: ignore[arg-type]
    assert actor_of(session, NOW).id == support.actor.id
    end_seeing(session, NOW)  # type: ignore[arg-type]
    again = looking(support, owner, owner.session["acting"])
    Membership.objects.filter(pk=owner.session["acting"]).update(until_at=NOW)
    assert actor_of(again, NOW).id == support.actor.id


@pytest.mark.parametrize("role", sorted(NEVER_SEEN))
def test_nobody_sees_as_administrators_auditors_and_fund_people(role: str) -> None:
    support, other = someone("support"), someone(role)
    for membership in (other.session["acting"], ""):
        with pytest.raises(RefusedError, match="不能代看"):
            looking(support, other, membership)
    assert seen_by_phone(number_of(other)) is None


@pytest.mark.parametrize("role", ["owner", "officer", "system_admin", "security_admin", "auditor"])
def test_nobody_but_support_sees_as_others(role: str) -> None:
    with pytest.raises(NotAllowedError):
        looking(someone(role), someone("owner"))


def test_a_look_takes_a_reason_and_a_role_that_is_the_users() -> None:
    support, owner, other = someone("support"), someone("owner"), someone("owner")
    with pytest.raises(RefusedError, match="为什么"):
        see_as(dict(support.session), support.actor, number_of(owner), "", "", NOW)  # type: ignore[arg-type]
    for wrong in (other.session["acting"], "x"):
        with pytest.raises(RefusedError, match="不能代看"):
            looking(support, owner, wrong)
    assert SupportLook.objects.count() == 0


def test_anothers_look_in_ones_session_shows_nothing() -> None:
    owner, support = someone("owner"), someone("support")
    look = looking(support, owner)["seeing"]
    for thief in (someone("support"), someone("owner"), someone("person")):
        assert actor_of({**thief.session, "seeing": look}, NOW).id == thief.actor.id
