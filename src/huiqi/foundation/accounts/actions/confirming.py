"""Confirming once more, by a code sent to one's own telephone, what one is about to do: for what binds."""

from dataclasses import dataclass
from datetime import datetime

from django.views.decorators.debug import sensitive_variables

from huiqi.foundation.accounts.actions.codes import TypedCode, make_code, take_codes
from huiqi.foundation.accounts.domain.sign_in import SignInRefusedError
from huiqi.foundation.accounts.models import Person
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.storage.actions import spend_or_refuse

CODES_AN_HOUR = 10


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Who confirmed: by the telephone they sign in with, masked."""

    person_id: str
    phone: str


@sensitive_variables()
def request_confirmation(actor: Actor, about: str, browser: str, now: datetime) -> tuple[str, str]:
    """The number to send to, and the code that confirms exactly ``about``. TooOftenError."""
    spend_or_refuse("accounts.confirm", actor.id, CODES_AN_HOUR, 3600, now)
    number = _person(actor).phone.reveal()
    return number, make_code(number, _purpose(actor, about), browser, now)


@sensitive_variables()
def confirm(actor: Actor, about: str, browser: str, code: str, now: datetime) -> Confirmed:
    """Take the code, once; SignInRefusedError for another, or one that confirms something else. Not inside a
    transaction of the caller: a try is counted whatever comes of it.
    """
    person = _person(actor)
    take_codes([TypedCode(person.phone.reveal(), _purpose(actor, about), code)], browser, now)
    return Confirmed(actor.id, str(person.phone))


def _person(actor: Actor) -> Person:
    """Whoever looks as somebody, or acts for somebody, confirms nothing in their place."""
    if actor.seen_by is not None or actor.behalf_of is not None:
        raise SignInRefusedError("这一步要本人来办，没有办。请本人登录以后再办。")
    return Person.objects.get(pk=actor.id, left_at__isnull=True)


def _purpose(actor: Actor, about: str) -> str:
    return f"confirm\0{actor.id}\0{about}"
