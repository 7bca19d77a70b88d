"""What happens at the same moment, each on a connection of its own, and any order of it against a model."""

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from huiqi.foundation.audit.models import AuditEntry
from huiqi.foundation.consent.actions import ConsentRefusedError, revoke
from huiqi.foundation.consent.models import Consent, ConsentRevocation
from huiqi.foundation.consent.queries import live
from tests.foundation.consent.consenting import answered, asked, given, party, wanted
from tests.support.people import NOW, organisation, someone
from tests.support.together import together

CLASSES = ("02", "03")
PURPOSES = ("pre_loan", "post_loan")


@pytest.mark.django_db(transaction=True)
def test_of_three_who_take_one_back_at_once_one_does() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the tests' SQLite lives in memory, where writers wait for nobody")
    owner, bank = someone("owner"), organisation("bank")
    made, actor = given(owner, wanted(bank)), owner.actor
    told = together(ConsentRefusedError, *[lambda: revoke(actor, made, NOW)] * 3)
    assert sorted(map(str, told)) == ["None", *["这份授权已经收回了，没有再改动。"] * 2]
    assert ConsentRevocation.objects.count() == 1
    assert AuditEntry.objects.filter(verb="consent.revoke").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_consent_comes() -> None:
    owner, friend, bank = someone("owner"), someone("person"), organisation("bank")
    made = asked(owner, friend.person.phone.reveal(), wanted(bank, classes=frozenset({"06"})))
    together(Exception, *[lambda: answered(friend, made)] * 2)
    assert Consent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_readers_read_nothing_once_a_revocation_is_committed() -> None:
    """Readers ask without a pause while it is taken back; whoever begins to ask afterwards gets nothing."""
    if connection.vendor != "postgresql":
        pytest.skip("the tests' SQLite lives in memory, where readers wait for nobody")
    owner, bank = someone("owner"), organisation("bank")
    made, actor = given(owner, wanted(bank)), owner.actor
    shop, at, done = party(owner.organisation), party(bank), list[bool]()

    def read() -> list[tuple[bool, bool]]:
        seen = []
        while len(seen) < 300 and not (seen and seen[-1][0]):
            was_done = bool(done)
            seen.append((was_done, live(shop, at, "pre_loan", "02", NOW) is not None))
        return seen

    def end() -> list[tuple[bool, bool]]:
        revoke(actor, made, NOW)
        done.append(True)
        return []

    for seen in together(ConsentRefusedError, read, end, read):
        assert isinstance(seen, list)
        assert (True, True) not in seen
    assert live(shop, at, "pre_loan", "02", NOW) is None


@pytest.mark.django_db(transaction=True)
def test_a_revocation_that_is_rolled_back_has_ended_nothing() -> None:
    owner, bank = someone("owner"), organisation("bank")
    made = given(owner, wanted(bank))
    with transaction.atomic():
        revoke(owner.actor, made, NOW)
        transaction.set_rollback(True)
    assert live(party(owner.organisation), party(bank), "pre_loan", "02", NOW)


class Consents(RuleBasedStateMachine):
    """Any order of giving, taking back and time going by, beside a list in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.owner, self.banks = someone("owner"), (organisation("bank"), organisation("bank"))
        self.at = NOW
        self.model: dict[str, tuple[int, str, frozenset[str], datetime, datetime]] = {}
        self.ended: set[str] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @rule(
        bank=st.integers(0, 1),
        purpose=st.sampled_from(PURPOSES),
        classes=st.frozensets(st.sampled_from(CLASSES), min_size=1),
        days=st.integers(0, 3),
    )
    def give(self, bank: int, purpose: str, classes: frozenset[str], days: int) -> None:
        if len(self.model) >= 6:
            return
        until = self.at.date() + timedelta(days=days)
        what = wanted(self.banks[bank], purpose, classes, until, f"{len(self.model):022}")
        end = self.at.replace(hour=0, minute=0) + timedelta(days=days + 1)
        self.model[given(self.owner, what, self.at)] = (bank, purpose, classes, self.at, end)

    @rule(which=st.integers(0, 5))
    def take_back(self, which: int) -> None:
        if which >= len(self.model):
            return
        made = list(self.model)[which]
        if made in self.ended or self.at >= self.model[made][4]:
            with pytest.raises(ConsentRefusedError):
                revoke(self.owner.actor, made, self.at)
        else:
            revoke(self.owner.actor, made, self.at)
            self.ended.add(made)

    @rule(hours=st.sampled_from((1, 14, 30)))
    def wait(self, hours: int) -> None:
        self.at += timedelta(hours=hours)

    @invariant()
    def what_may_be_read_is_what_the_model_says(self) -> None:
        shop = party(self.owner.organisation)
        for bank, place in enumerate(self.banks):
            for purpose in PURPOSES:
                for each in CLASSES:
                    found = live(shop, party(place), purpose, each, self.at)
                    standing = {
                        made
                        for made, (whose, what, classes, begin, end) in self.model.items()
                        if (whose, what) == (bank, purpose) and each in classes and begin <= self.at < end
                    }
                    assert bool(found) == bool(standing - self.ended)


@pytest.mark.django_db
def test_whatever_is_done_a_read_passes_by_a_live_consent_alone() -> None:
    some_of_them = settings(
        max_examples=15, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Consents, settings=some_of_them)
