"""Asking a spouse or guarantor: another person's own consent, in their own name."""

from datetime import timedelta

import pytest

from huiqi.foundation.access.queries import NotAllowedError
from huiqi.foundation.audit.actions import Party
from huiqi.foundation.consent.actions import (
    ConsentRefusedError,
    answer,
    decline,
    withdraw_ask,
    words_asked_for,
)
from huiqi.foundation.consent.queries import asks_made, asks_received, consents_given, live
from huiqi.foundation.notices.models import Notice
from tests.foundation.consent.consenting import answered, asked, party, wanted
from tests.support.people import NOW, Someone, organisation, someone

pytestmark = pytest.mark.django_db
HOUSES = frozenset({"06"})


def number_of(who: Someone) -> str:
    return who.person.phone.reveal()


def test_who_was_asked_agrees_in_their_own_name_and_for_themselves_alone() -> None:
    owner, friend, bank = someone("owner"), someone("person"), organisation("bank")
    made = asked(owner, number_of(friend), wanted(bank, classes=HOUSES))
    assert [each.id for each in asks_received(friend.actor, NOW)] == [made]
    consent = answered(friend, made)
    found = live(Party(friend.actor.id, ""), party(bank), "pre_loan", "06", NOW)
    assert found is not None
    assert found.id == consent
    assert live(party(owner.organisation), party(bank), "pre_loan", "06", NOW) is None
    assert (consents_given(owner.actor, NOW), asks_received(friend.actor, NOW)) == ((), ())
    assert [each.words for each in asks_made(owner.actor, NOW)] == ["对方同意了"]
    assert answer(friend.actor, made, "", "", "", NOW) == consent


def test_the_owner_of_another_shop_agrees_as_the_person_they_are() -> None:
    owner, friend, bank = someone("owner"), someone("owner"), organisation("bank")
    made = asked(owner, number_of(friend), wanted(bank, "credit_enquiry", frozenset({"16"})), "spouse")
    answered(friend, made)
    (consent,) = consents_given(friend.actor, NOW)
    assert (consent.subject.id, consent.what) == (friend.actor.id, "资产和金融")


def test_nobody_else_answers_and_nobody_after_the_end() -> None:
    owner, friend, bank = someone("owner"), someone("person"), organisation("bank")
    made = asked(owner, number_of(friend), wanted(bank, classes=HOUSES))
    for stranger in (owner, someone("person"), someone("bank_clerk", bank)):
        assert asks_received(stranger.actor, NOW) == ()
        with pytest.raises(ConsentRefusedError, match="没有改动"):
            words_asked_for(stranger.actor, made, NOW)
    late = NOW + timedelta(days=60)
    assert asks_received(friend.actor, late) == ()
    with pytest.raises(ConsentRefusedError, match="过期"):
        words_asked_for(friend.actor, made, late)
    assert asks_made(owner.actor, late)[0].words == "过期没有答复"


def test_who_declines_or_was_withdrawn_from_has_agreed_to_nothing() -> None:
    owner, friend, bank = someone("owner"), someone("person"), organisation("bank")
    first = asked(owner, number_of(friend), wanted(bank, classes=HOUSES))
    second = asked(owner, number_of(friend), wanted(bank, classes=HOUSES, key="l" * 22))
    decline(friend.actor, first, NOW)
    withdraw_ask(owner.actor, second, NOW)
    for each in (first, second):
        with pytest.raises(ConsentRefusedError):
            answered(friend, each)
    with pytest.raises(ConsentRefusedError):
        withdraw_ask(someone("owner").actor, second, NOW)
    assert Notice.objects.get(kind="consent.decline").link == "/consents/"
    assert live(Party(friend.actor.id, ""), party(bank), "pre_loan", "06", NOW) is None


def test_only_an_owner_asks_and_for_no_more_than_people_are_asked_for() -> None:
    bank = organisation("bank")
    with pytest.raises(ConsentRefusedError, match="至少勾一类"):
        asked(someone("owner"), "13900001111", wanted(bank, classes=frozenset({"02"})))
    with pytest.raises(ConsentRefusedError, match="配偶还是担保人"):
        asked(someone("owner"), "13900001111", wanted(bank, classes=HOUSES), "neighbour")
    for role in ("person", "handler", "bank_clerk"):
        with pytest.raises(NotAllowedError):
            asked(someone(role), "13900001111", wanted(bank, classes=HOUSES))
