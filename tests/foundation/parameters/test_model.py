"""Whatever is done in whatever order: no past day changes, nothing without two people, nothing untold."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from huiqi.foundation.access.queries import NotAllowedError
from huiqi.foundation.audit.models import AuditEntry
from huiqi.foundation.parameters.actions import (
    Change,
    ParameterRefusedError,
    approve,
    call_off,
    propose,
    refuse,
    withdraw,
)
from huiqi.foundation.parameters.models import ParameterProposal, ParameterVersion
from huiqi.foundation.parameters.queries import number
from tests.foundation.parameters.trial import DAYS, NOW
from tests.support.people import someone
from tests.support.run import examples

picks = some.integers(0, 9)


class Numbers(RuleBasedStateMachine):
    """Two who propose, two who decide, time that only goes on; ``expected`` is what each change should do."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.now, self.told = NOW, 0
        self.expected: dict[date, int] = {}
        self.seen: dict[date, int] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize()
    def people(self) -> None:
        roles = ("system_admin", "department_head", "security_admin", "security_admin")
        self.people_ = [someone(role) for role in roles]

    @rule(who=picks, value=some.integers(0, 4), ahead=some.integers(0, 4))
    def propose(self, who: int, value: int, ahead: int) -> None:
        before = ParameterProposal.objects.count()
        wanted = Change(value, self.now.date() + timedelta(days=ahead), "人手够了")
        if self.tried(lambda: propose(self.actor(who), DAYS, wanted, self.now)):
            self.told -= ParameterProposal.objects.count() == before  # the same sent again tells nothing
            assert value >= 1 <= ahead

    @rule(who=picks)
    def approve(self, who: int) -> None:
        row, actor = self.newest(), self.actor(who)
        if row and self.tried(lambda: approve(actor, str(row.pk), self.now)):
            assert (row.state, row.from_on > self.now.date()) == ("waiting", True)
            assert actor.id != str(row.proposed_by_id)
            if row.calls_off_id:
                del self.expected[row.from_on]
            else:
                self.expected[row.from_on] = int(row.value)

    @rule(who=picks)
    def refuse(self, who: int) -> None:
        if row := self.newest():
            self.tried(lambda: refuse(self.actor(who), str(row.pk), "再等等", self.now))

    @rule(who=picks)
    def withdraw(self, who: int) -> None:
        if row := self.newest():
            self.tried(lambda: withdraw(self.actor(who), str(row.pk), self.now))

    @rule(who=picks, which=picks)
    def call_off(self, who: int, which: int) -> None:
        rows = list(ParameterVersion.objects.order_by("id"))
        if rows:
            version = rows[which % len(rows)].pk
            self.tried(lambda: call_off(self.actor(who), DAYS, version, "暂缓", self.now))

    @rule(days=some.integers(1, 3))
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    def actor(self, who: int):
        return self.people_[who % len(self.people_)].actor

    def newest(self) -> ParameterProposal | None:
        """The one that waits where there is one, otherwise any that is decided."""
        waiting = ParameterProposal.objects.filter(state="waiting").first()
        return waiting or ParameterProposal.objects.order_by("proposed_at").last()

    def tried(self, attempt) -> bool:
        try:
            attempt()
        except (ParameterRefusedError, NotAllowedError):
            return False
        self.told += 1
        return True

    @invariant()
    def every_day_has_the_number_that_was_agreed_to_for_it(self) -> None:
        for ahead in range(-3, 6):
            day = self.now.date() + timedelta(days=ahead)
            begun = [each for each in self.expected if each <= day]
            assert number(DAYS, day) == (self.expected[max(begun)] if begun else 7)

    @invariant()
    def a_day_that_has_begun_keeps_its_number(self) -> None:
        self.seen.setdefault(self.now.date(), number(DAYS, self.now.date()))
        assert all(number(DAYS, day) == held for day, held in self.seen.items())

    @invariant()
    def at_most_one_waits_and_every_act_is_in_the_log(self) -> None:
        assert ParameterProposal.objects.filter(state="waiting").count() <= 1
        assert AuditEntry.objects.filter(subject_kind="parameter").count() == self.told


@pytest.mark.django_db
def test_whatever_is_done_no_past_day_changes() -> None:
    some_of_them = settings(
        max_examples=examples(20),
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Numbers, settings=some_of_them)
