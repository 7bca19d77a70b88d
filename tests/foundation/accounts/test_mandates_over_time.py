"""Whatever is granted, taken up, revoked and left to run out: somebody acts for another exactly as long as a
mandate says so. A small model says beside it who may do what.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from huiqi.foundation.accounts.actions.acting import act_on_behalf
from huiqi.foundation.accounts.actions.mandates import Grant, grant_mandate, revoke_mandate
from huiqi.foundation.accounts.domain.mandates import Terms
from huiqi.foundation.accounts.domain.members import RefusedError
from huiqi.foundation.accounts.queries import actor_of, relations_to
from huiqi.foundation.accounts.queries.mandates import mandates_held
from tests.foundation.accounts.members import number_of
from tests.support.people import NOW, someone
from tests.support.run import examples

VERBS = ("matching.ask", "calculator.work_out")
OWNERS = st.integers(0, 1)
AGENTS = st.integers(0, 2)


class Mandates(RuleBasedStateMachine):
    """Two shops, and two people and an agency who may be asked to act for them."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.now = NOW
        self.owners = [someone("owner") for _ in range(2)]
        self.agents = [someone("person"), someone("person"), someone("adviser")]
        self.sessions: list[dict[str, object]] = [dict(each.session) for each in self.agents]
        self.known: dict[str, tuple[int, int, Terms]] = {}
        self.revoked: set[str] = set()
        self.taken: dict[int, str] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @rule(
        owner=OWNERS,
        agent=AGENTS,
        verbs=st.frozensets(st.sampled_from(VERBS), min_size=1),
        wait=st.integers(0, 3),
        length=st.integers(0, 6),
    )
    def an_owner_grants(self, owner: int, agent: int, verbs: frozenset[str], wait: int, length: int) -> None:
        first = self.now.date() + timedelta(days=wait)
        whom = self.agents[agent]
        is_agency = agent == 2
        terms = Terms(
            "bookkeeper" if is_agency else "handler", verbs, first, first + timedelta(days=length), "凭据"
        )
        named = str(whom.organisation.pk) if is_agency and whom.organisation else number_of(whom)
        key = f"{len(self.known):022}"
        made = grant_mandate(self.owners[owner].actor, Grant(key, named, terms), self.now)
        self.known[made] = (owner, agent, terms)

    @rule(data=st.data())
    def an_owner_revokes(self, data: st.DataObject) -> None:
        if not self.known:
            return
        made = data.draw(st.sampled_from(sorted(self.known)))
        actor = self.owners[data.draw(OWNERS)].actor
        try:
            revoke_mandate(actor, made, self.now)
        except RefusedError:
            assert made in self.revoked or actor.id != self.owners[self.known[made][0]].actor.id
            return
        self.revoked.add(made)

    @rule(data=st.data(), agent=AGENTS)
    def an_agent_takes_up(self, data: st.DataObject, agent: int) -> None:
        if not self.known:
            return
        made = data.draw(st.sampled_from(sorted(self.known)))
        try:
            act_on_behalf(self.sessions[agent], self.agents[agent].actor, made, self.now)  # type: ignore[arg-type]
        except RefusedError:
            assert not self.holds(made, agent)
            return
        assert self.holds(made, agent)
        self.taken[agent] = made

    @rule(days=st.integers(1, 4))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)

    def holds(self, made: str, agent: int) -> bool:
        """What the model says of a mandate today."""
        _, whom, terms = self.known[made]
        is_now = terms.from_on <= self.now.date() <= terms.until_on
        return whom == agent and is_now and made not in self.revoked

    @invariant()
    def an_agent_acts_for_whom_the_mandate_names_and_while_it_lasts(self) -> None:
        today = self.now.date()
        for number, session in enumerate(self.sessions):
            actor = actor_of(session, self.now)
            taken = self.taken.get(number, "")
            owner = self.owners[self.known[taken][0]].organisation if taken else None
            expected = str(owner.pk) if owner and self.holds(taken, number) else ""
            assert (actor.behalf_of.id if actor.behalf_of else "") == expected
            for shop in (each.organisation for each in self.owners):
                assert shop is not None
                for verb in VERBS:
                    may = "mandated" in relations_to(actor, str(shop.pk), verb, today)
                    assert may == (str(shop.pk) == expected and self.covers(number, str(shop.pk), verb))

    def covers(self, agent: int, shop: str, verb: str) -> bool:
        """Whether any mandate of this shop to this agent names the verb today."""
        return any(
            self.holds(made, agent)
            and verb in terms.verbs
            and str(getattr(self.owners[owner].organisation, "pk", "")) == shop
            for made, (owner, _, terms) in self.known.items()
        )

    @invariant()
    def the_agents_list_has_every_mandate_that_holds_and_no_other(self) -> None:
        for number, agent in enumerate(self.agents):
            held = {each.id for each in mandates_held(agent.actor, "", self.now.date())}
            assert held == {made for made in self.known if self.holds(made, number)}


@pytest.mark.django_db
def test_whatever_is_granted_and_revoked_nobody_acts_for_another_without_a_mandate() -> None:
    chosen = settings(
        max_examples=examples(25),
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    run_state_machine_as_test(Mandates, settings=chosen)  # type: ignore[no-untyped-call]
