"""Whatever is done in whatever order: no case without an organisation, no lost clock, nothing untold."""

import contextlib
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from huiqi.foundation.access.queries import NotAllowedError
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.audit.models import AuditEntry
from huiqi.foundation.cases.actions import (
    CaseError,
    Destination,
    Visibility,
    advance,
    escalate_due,
    hand_over,
    note,
    pause,
    recompute_due,
    resume,
    transfer,
)
from huiqi.foundation.cases.models import Case, CaseClock, CaseEvent, ClockPause, ReachedRung
from huiqi.foundation.cases.queries.clocks import clock_of
from huiqi.foundation.cases.queries.kinds import kinds
from tests.foundation.cases.places import Office, act, member_id, opened, version
from tests.support.people import NOW, organisation, someone
from tests.support.run import examples

SYSTEM = Actor("system", "系统")
actions = some.sampled_from(["take", "correct", "find_unfounded", "reopen", "fly"])
texts = some.sampled_from(["", "与原文一致"])
picks = some.integers(0, 50)


class Cases(RuleBasedStateMachine):
    """Two offices, four people, time that only goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.now, self.numbers, self.told = NOW, list[str](), 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize()
    def people(self) -> None:
        office, bureau = Office(), organisation("department")
        self.people_ = [
            office.one,
            office.two,
            someone("officer", bureau),
            someone("department_head", bureau),
        ]

    @rule()
    def open(self) -> None:
        self.numbers.append(opened(f"s{len(self.numbers)}", self.now).number)
        self.told += 1

    @rule(who=picks, which=picks, action=actions, text=texts, stale=some.integers(0, 1))
    def advance(self, who: int, which: int, action: str, text: str, stale: int) -> None:
        self.tried(
            which, lambda number: advance(number, version(number) - stale, action, text, self.act(who))
        )

    @rule(who=picks, which=picks, is_pause=some.booleans())
    def stand_or_go(self, who: int, which: int, is_pause: bool) -> None:
        do = pause if is_pause else resume
        self.tried(which, lambda number: do(number, version(number), "等回函", self.act(who)))

    @rule(who=picks, which=picks, to=picks, is_named=some.booleans())
    def transfer(self, who: int, which: int, to: int, is_named: bool) -> None:
        target = self.people_[to % len(self.people_)]
        where = Destination(str(target.organisation.pk), member_id(target) if is_named else "")
        self.tried(which, lambda number: transfer(number, version(number), where, "轮岗", self.act(who)))

    @rule(who=picks, which=picks, visibility=some.sampled_from(Visibility))
    def note(self, who: int, which: int, visibility: Visibility) -> None:
        self.tried(which, lambda number: note(number, "看过", visibility, "", self.act(who)))

    @rule(who=picks, leaver=picks, heir=picks)
    def hand_over(self, who: int, leaver: int, heir: int) -> None:
        chosen = [member_id(self.people_[each % len(self.people_)]) for each in (leaver, heir)]
        with contextlib.suppress(CaseError, NotAllowedError):
            self.told += hand_over(chosen[0], chosen[1], "调走", self.act(who))

    @rule(days=some.integers(0, 6))
    def days_pass_and_the_job_runs(self, days: int) -> None:
        self.now += timedelta(days=days)
        self.told += escalate_due(act(SYSTEM, self.now))
        assert escalate_due(act(SYSTEM, self.now)) == 0
        self.told += recompute_due(act(SYSTEM, self.now)).moved

    def tried(self, which: int, attempt) -> None:
        """Something done or refused: refused, nothing has changed."""
        if not self.numbers:
            return
        number = self.numbers[which % len(self.numbers)]
        before = Case.objects.filter(number=number).values().get()
        try:
            attempt(number)
        except (CaseError, NotAllowedError):
            assert Case.objects.filter(number=number).values().get() == before
        else:
            self.told += 1

    def act(self, who: int):
        return act(self.people_[who % len(self.people_)], self.now)

    @invariant()
    def every_case_has_an_organisation_and_its_people_are_of_it(self) -> None:
        assert Case.objects.count() == len(self.numbers)
        for case in Case.objects.select_related("assignee"):
            assert case.organisation_id
            assert case.assignee is None or case.assignee.organisation_id == case.organisation_id

    @invariant()
    def no_clock_is_lost(self) -> None:
        for case in Case.objects.all():
            running = list(CaseClock.objects.filter(case=case, stopped_on__isnull=True))
            if kinds()[case.kind].machine.state(case.state).is_final:
                assert (running, case.due_on, case.closed_at is None) == ([], None, False)
                continue
            (main,) = running
            clock = clock_of(main)
            assert case.closed_at is None
            assert (case.due_on, case.is_waiting) == (main.due_on, clock.open_pause is not None)
            if clock.open_pause is None:
                assert main.due_on == clock.due(act(SYSTEM).workdays, self.now.date()).on
        assert not ClockPause.objects.filter(until_on__isnull=True, clock__stopped_on__isnull=False).exists()

    @invariant()
    def everything_is_told_in_the_timeline_and_in_the_log(self) -> None:
        told = list(CaseEvent.objects.order_by("id").values_list("case_id", "verb", "happened_at"))
        logged = AuditEntry.objects.filter(subject_kind="case").order_by("id")
        assert len(told) == self.told
        assert [(str(case), verb, at) for case, verb, at in told] == list(
            logged.values_list("subject_id", "verb", "happened_at")
        )

    @invariant()
    def what_was_raised_has_a_rung_to_show_for_it(self) -> None:
        for case in Case.objects.filter(height__gt=0):
            assert ReachedRung.objects.filter(clock__case=case).exists()


@pytest.mark.django_db
def test_whatever_is_done_nothing_is_lost() -> None:
    some_of_them = settings(
        max_examples=examples(15),
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Cases, settings=some_of_them)
