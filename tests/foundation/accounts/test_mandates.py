"""Mandates: granted and revoked by the principal, and what is done under them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.foundation.access.queries import NotAllowedError, demand
from huiqi.foundation.accounts.actions.acting import act_on_behalf
from huiqi.foundation.accounts.actions.mandates import revoke_mandate
from huiqi.foundation.accounts.domain.mandates import (
    MandateState,
    Terms,
    faults_of,
    mandate_state,
)
from huiqi.foundation.accounts.domain.members import RefusedError
from huiqi.foundation.accounts.models import Mandate, Membership
from huiqi.foundation.accounts.queries import actor_of, mandates_given, mandates_held, relations_to
from huiqi.foundation.accounts.queries.mandates import mandate_for, possible_agents, uses_of
from huiqi.foundation.audit.actions import Entry, Subject, record
from tests.foundation.accounts.members import TODAY, days, granted, number_of
from tests.support.people import NOW, Someone, organisation, someone

pytestmark = pytest.mark.django_db
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


def taken_up(agent: Someone, mandate_id: str) -> dict[str, object]:
    """The agent's session once they act under the mandate."""
    session: dict[str, object] = dict(agent.session)
    act_on_behalf(session, agent.actor, mandate_id, NOW)  # type: ignore[arg-type] # as a session is
    return session


def test_an_agent_acts_on_behalf_and_may_do_what_the_mandate_says() -> None:
    owner, agent = someone("owner"), someone("person")
    session = taken_up(agent, granted(owner, number_of(agent)))
    actor = actor_of(session, NOW)
    assert owner.organisation is not None
    assert actor.behalf_of is not None
    assert (actor.behalf_of.id, actor.id) == (str(owner.organisation.pk), agent.actor.id)
    shop = str(owner.organisation.pk)
    demand(actor, "matching.ask", relations_to(actor, shop, "matching.ask", TODAY) - {"all"})
    assert "mandated" not in relations_to(actor, shop, "calculator.work_out", TODAY)
    assert "mandated" not in relations_to(actor, str(organisation("business").pk), "matching.ask", TODAY)
    assert "mandated" not in relations_to(agent.actor, shop, "matching.ask", TODAY)


def test_a_revoked_mandate_ends_at_the_next_request() -> None:
    owner, agent = someone("owner"), someone("person")
    made = granted(owner, number_of(agent))
    session = taken_up(agent, made)
    revoke_mandate(owner.actor, made, NOW)
    assert actor_of(session, NOW).behalf_of is None
    with pytest.raises(RefusedError, match="到期或收回"):
        taken_up(agent, made)
    with pytest.raises(RefusedError, match="已经收回"):
        revoke_mandate(owner.actor, made, NOW)


def test_a_mandate_ends_with_its_last_day() -> None:
    owner, agent = someone("owner"), someone("person")
    session = taken_up(agent, granted(owner, number_of(agent), until_on=days(2)))
    alive = [bool(actor_of(session, NOW + timedelta(days=each)).behalf_of) for each in range(4)]
    assert alive == [True, True, True, False]


def test_without_a_moment_nobody_acts_for_anybody() -> None:
    owner, agent = someone("owner"), someone("person")
    assert actor_of(taken_up(agent, granted(owner, number_of(agent)))).behalf_of is None


def test_a_mandate_taken_up_in_one_role_does_not_follow_into_another() -> None:
    owner, agent = someone("owner"), someone("adviser")
    session = taken_up(agent, granted(owner, number_of(agent)))
    session["acting"] = ""
    assert actor_of(session, NOW).behalf_of is None


def test_the_members_of_an_agency_act_for_many_businesses_until_they_leave_it() -> None:
    adviser = someone("adviser")
    agency = str(adviser.organisation.pk) if adviser.organisation else ""
    owners = [someone("owner") for _ in range(3)]
    made = [granted(each, agency, f"{n}" * 22, kind="bookkeeper") for n, each in enumerate(owners)]
    held = mandates_held(adviser.actor, "", TODAY)
    assert {each.id for each in held} == set(made)
    name = owners[0].organisation.name if owners[0].organisation else ""
    assert [each.id for each in mandates_held(adviser.actor, name, TODAY)] == [made[0]]
    assert mandates_held(someone("adviser").actor, "", TODAY) == ()
    session = taken_up(adviser, made[0])
    Membership.objects.filter(person=adviser.person).update(until_at=NOW)
    assert actor_of(session, NOW).behalf_of is None


def test_a_bookkeeper_is_an_agency_and_a_window_is_an_office() -> None:
    owner, bank = someone("owner"), organisation("bank")
    department, agency = organisation("department"), organisation("provider")
    for kind, wrong in (("bookkeeper", department), ("bookkeeper", bank), ("window", agency)):
        with pytest.raises(RefusedError, match="不能受托"):
            granted(owner, str(wrong.pk), kind=kind, until_on=TODAY)
    with pytest.raises(RefusedError, match="不能受托"):
        granted(owner, "x", kind="bookkeeper")
    granted(owner, str(department.pk), kind="window", until_on=TODAY)
    with pytest.raises(RefusedError, match="今天这一趟"):
        granted(owner, str(department.pk), "z" * 22, kind="window", until_on=days(1))
    assert [each.id for each in possible_agents("bookkeeper", "")] == [str(agency.pk)]


def test_one_form_makes_one_mandate() -> None:
    owner, agent = someone("owner"), someone("person")
    assert granted(owner, number_of(agent)) == granted(owner, number_of(agent))
    assert Mandate.objects.count() == 1
    with pytest.raises(RefusedError):
        granted(someone("owner"), number_of(agent))


def test_nobody_is_their_own_agent_and_a_number_nobody_has_is_none() -> None:
    person = someone("person")
    with pytest.raises(RefusedError, match="不能委托自己"):
        granted(person, number_of(person))
    with pytest.raises(RefusedError, match="没有找到"):
        granted(person, "13999999999")


@pytest.mark.parametrize("role", ["handler", "officer", "bank_manager", "adviser", "system_admin", "support"])
def test_only_an_owner_or_a_person_lets_others_act_for_them(role: str) -> None:
    with pytest.raises(NotAllowedError):
        granted(someone(role), number_of(someone("person")))


def test_a_mandate_is_nobodys_business_but_the_two_sides() -> None:
    owner, agent = someone("owner"), someone("person")
    made = granted(owner, number_of(agent))
    for stranger in (someone("owner"), someone("person"), someone("system_admin")):
        assert mandate_for(stranger.actor, made, TODAY) is None
        assert mandates_given(stranger.actor, TODAY) == mandates_held(stranger.actor, "", TODAY) == ()
        with pytest.raises(RefusedError, match="找不到"):
            revoke_mandate(stranger.actor, made, NOW)
    with pytest.raises(NotAllowedError):
        revoke_mandate(someone("handler", owner.organisation).actor, made, NOW)
    revoke_mandate(agent.actor, made, NOW)
    assert mandates_given(owner.actor, TODAY)[0].state is MandateState.REVOKED


def test_every_use_is_shown_to_the_principal() -> None:
    owner, agent = someone("owner"), someone("person")
    made = granted(owner, number_of(agent))
    session = taken_up(agent, made)
    for number, actor in enumerate((actor_of(session, NOW), agent.actor), start=1):
        subject = Subject("mistake-report", str(number), f"编号 {number}")
        record(Entry(NOW, actor, "library.report_mistake", subject))
    found = mandate_for(owner.actor, made, TODAY)
    assert found is not None
    assert [use.subject for use in uses_of(found[0])] == ["编号 1", "经办人：" + str(owner.organisation)]


@given(from_on=DAYS, length=st.integers(-3, 800), today=DAYS)
def test_no_terms_pass_that_last_longer_than_a_year_or_are_over(
    from_on: date, length: int, today: date
) -> None:
    until_on = from_on + timedelta(days=length)
    terms = Terms("handler", frozenset({"a"}), from_on, until_on, "凭据")
    is_fair = today <= from_on <= until_on <= from_on + timedelta(days=365) and (from_on - today).days <= 365
    assert ("until_on" not in faults_of(terms, frozenset({"a"}), 365, today)) == is_fair


@given(verbs=st.frozensets(st.sampled_from("abcd")))
def test_nothing_can_be_mandated_that_is_not_marked(verbs: frozenset[str]) -> None:
    terms = Terms("handler", verbs, TODAY, TODAY, "凭据")
    faults = faults_of(terms, frozenset({"a", "b"}), 365, TODAY)
    assert ("verbs" not in faults) == (bool(verbs) and verbs <= {"a", "b"})


@given(from_on=DAYS, until_on=DAYS, as_of=DAYS)
def test_a_revoked_mandate_is_never_active(from_on: date, until_on: date, as_of: date) -> None:
    assert mandate_state(from_on, until_on, NOW, as_of) is MandateState.REVOKED
    is_active = mandate_state(from_on, until_on, None, as_of) is MandateState.ACTIVE
    assert is_active == (from_on <= as_of <= until_on)
