"""Whatever is done in whatever order: nobody gives themselves a role, no role is had that nobody agreed to,
and the three administrators stay apart. A small model says beside it who must be what.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from huiqi.foundation.access.queries import NotAllowedError
from huiqi.foundation.accounts.actions.invitations import (
    Invited,
    accept_invitation,
    approve_grant,
    invite,
    refuse_grant,
    withdraw_invitation,
)
from huiqi.foundation.accounts.actions.members import end_membership
from huiqi.foundation.accounts.domain.members import ADMINISTRATORS, APPROVED_ROLES, RefusedError
from huiqi.foundation.accounts.models import Invitation, Membership
from huiqi.foundation.accounts.queries import actor_of
from huiqi.foundation.audit.actions import Actor
from tests.support.people import NOW, organisation, someone
from tests.support.run import examples

PEOPLE = 6
NUMBERS = st.integers(0, PEOPLE - 1)
PLACES = st.sampled_from(["platform", "second", "business", "department"])
ROLES = st.sampled_from(
    [*sorted(ADMINISTRATORS), "support", "owner", "handler", "department_head", "officer", "window_clerk"]
)


class Offices(RuleBasedStateMachine):
    """Six people, four organisations, and everything that can be done to who belongs where."""

    invitations = Bundle("invitations")

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.now = NOW
        self.places = {
            "platform": organisation("platform"),
            "second": organisation("platform"),
            "business": organisation("business"),
            "department": organisation("department"),
        }
        first = [
            someone(role, self.places[place])
            for role, place in (
                ("system_admin", "platform"),
                ("security_admin", "platform"),
                ("audit_admin", "platform"),
                ("owner", "business"),
                ("department_head", "department"),
            )
        ]
        self.people = [each.person for each in [*first, someone("person")]]
        self.founders = set(Membership.objects.values_list("pk", flat=True))
        self.accepted = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def acting(self, number: int) -> list[Actor]:
        """Everything one of the people can act as, oneself included."""
        person = self.people[number]
        held = Membership.objects.filter(person=person, until_at__isnull=True)
        keys = ["", *(str(pk) for pk in held.values_list("pk", flat=True))]
        return [actor_of({"person": str(person.pk), "acting": key}) for key in keys]

    @rule(target=invitations, by=NUMBERS, whom=NUMBERS, place=PLACES, role=ROLES)
    def somebody_invites(self, by: int, whom: int, place: str, role: str) -> object:
        phone = self.people[whom].phone.reveal()
        for actor in self.acting(by):
            try:
                made = invite(actor, str(self.places[place].pk), phone, role, self.now)
            except (NotAllowedError, RefusedError):
                continue
            assert by != whom
            return made
        return multiple()

    @rule(by=NUMBERS, made=invitations, is_agreed=st.booleans())
    def somebody_decides(self, by: int, made: Invited, is_agreed: bool) -> None:
        for actor in self.acting(by):
            try:
                if is_agreed:
                    approve_grant(actor, made.id, self.now)
                else:
                    refuse_grant(actor, made.id, "不同意", self.now)
            except (NotAllowedError, RefusedError):
                continue
            assert actor.role == "security_admin"

    @rule(by=NUMBERS, made=invitations)
    def somebody_accepts(self, by: int, made: Invited) -> None:
        actor = self.acting(by)[0]
        try:
            accept_invitation(actor, made.secret, self.now)
        except RefusedError:
            return
        self.accepted += 1
        row = Invitation.objects.get(pk=made.id)
        assert row.phone.reveal() == self.people[by].phone.reveal()

    @rule(by=NUMBERS, made=consumes(invitations))
    def somebody_withdraws(self, by: int, made: Invited) -> None:
        for actor in self.acting(by):
            try:
                withdraw_invitation(actor, made.id, self.now)
            except (NotAllowedError, RefusedError):
                continue

    @rule(by=NUMBERS, whom=NUMBERS)
    def somebody_lets_go(self, by: int, whom: int) -> None:
        held = Membership.objects.filter(person=self.people[whom], until_at__isnull=True)
        for member in held:
            for actor in self.acting(by):
                try:
                    end_membership(actor, str(member.pk), "", "", self.now)
                except (NotAllowedError, RefusedError):
                    continue
                break

    @rule(days=st.integers(1, 8))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)

    @invariant()
    def nobody_is_two_administrators(self) -> None:
        held = Membership.objects.filter(until_at__isnull=True, role__in=ADMINISTRATORS)
        people = list(held.values_list("person_id", flat=True))
        assert len(people) == len(set(people))

    @invariant()
    def every_role_was_proposed_and_agreed_to_by_others(self) -> None:
        made = Membership.objects.exclude(pk__in=self.founders)
        assert made.count() == self.accepted
        for member in made:
            invitation = Invitation.objects.get(
                accepted_by=member.person_id, accepted_at=member.from_at, role=member.role
            )
            hands = [member.person_id, invitation.invited_by_id]
            if member.role in APPROVED_ROLES:
                assert invitation.approved_by_id is not None
                hands.append(invitation.approved_by_id)
            assert len(set(hands)) == len(hands)

    @invariant()
    def somebody_is_always_there_to_go_on(self) -> None:
        held = Membership.objects.filter(until_at__isnull=True)
        for role in ADMINISTRATORS:
            assert held.filter(role=role, organisation=self.places["platform"]).exists()
        assert held.filter(role="owner", organisation=self.places["business"]).exists()


@pytest.mark.django_db
def test_whatever_is_done_roles_are_given_by_others_and_administrators_stay_apart() -> None:
    chosen = settings(
        max_examples=examples(25),
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    run_state_machine_as_test(Offices, settings=chosen)  # type: ignore[no-untyped-call]
