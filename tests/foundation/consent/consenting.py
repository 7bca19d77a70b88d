"""What the tests of consents set up."""

from datetime import date, datetime, timedelta

from huiqi.foundation.accounts.models import Organisation
from huiqi.foundation.audit.actions import Party
from huiqi.foundation.consent.actions import (
    Asked,
    Terms,
    Wanted,
    answer,
    ask,
    draw_up,
    give,
    request_code,
    words_asked_for,
)
from tests.support.people import NOW, Someone

TODAY = NOW.date()
BROWSER = "one browser"
TAX = frozenset({"02"})


def party(place: Organisation | None) -> Party:
    assert place is not None
    return Party(str(place.pk), place.name)


def wanted(
    grantee: Organisation | None,
    purpose: str = "pre_loan",
    classes: frozenset[str] = TAX,
    until_on: date = TODAY + timedelta(days=30),
    key: str = "k" * 22,
) -> Wanted:
    return Wanted(key, party(grantee).id, Terms(purpose, classes, until_on))


def given(by: Someone, what: Wanted, at: datetime = NOW) -> str:
    """The whole way: the words, the code, the consent."""
    shown = draw_up(by.actor, what, at)
    _, code = request_code(by.actor, shown, BROWSER, at)
    return give(by.actor, what, shown.digest, BROWSER, code, at)


def asked(owner: Someone, phone: str, what: Wanted, relation: str = "guarantor", at: datetime = NOW) -> str:
    return ask(owner.actor, Asked(phone, relation, what), at)


def answered(who: Someone, ask_id: str, at: datetime = NOW) -> str:
    """The whole way of the one who was asked."""
    _, _, shown = words_asked_for(who.actor, ask_id, at)
    _, code = request_code(who.actor, shown, BROWSER, at)
    return answer(who.actor, ask_id, shown.digest, BROWSER, code, at)
