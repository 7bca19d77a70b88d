"""The ways to give the first proof: a code sent to one's telephone, a password, or an identity elsewhere."""

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction
from django.views.decorators.debug import sensitive_variables

from huiqi.core.standards.masks import mask_phone
from huiqi.foundation.accounts.actions.codes import TypedCode, WrongCodeError, make_code, take_codes
from huiqi.foundation.accounts.actions.identities import connect_as
from huiqi.foundation.accounts.actions.lost_phone_ends import settle_new_number
from huiqi.foundation.accounts.actions.sessions import begin_session
from huiqi.foundation.accounts.domain.identities import Asserted, identity_method
from huiqi.foundation.accounts.domain.sign_in import SignInRefusedError
from huiqi.foundation.accounts.models import ExternalIdentity, Person
from huiqi.foundation.accounts.queries.acting import VISITOR, actor_as
from huiqi.foundation.accounts.queries.finding import subject_of_number
from huiqi.foundation.accounts.queries.lost_phone import is_awaited
from huiqi.foundation.audit.actions import Entry, Subject, record
from huiqi.foundation.storage.actions import TooOftenError, spend

SIGN_IN = "sign-in"
CODES_AN_HOUR, CODES_OF_A_VISITOR = 6, 30
PASSWORDS_AN_HOUR, PASSWORDS_OF_A_VISITOR = 10, 60
_HOUR = 3600
_WRONG_PAIR = "手机号或密码不对。号码没有丢，请再填一次密码；想不起来，可以用验证码登录。"


@sensitive_variables()
def request_code(phone: str, browser: str, visitor: str, now: datetime, *, is_known: bool = False) -> str:
    """The code to send; the same whether anybody has this number. TooOftenError by number and by visitor.

    A browser in which the number has signed in before (``is_known``) has an allowance of its own, so nobody
    can keep somebody out by asking for their codes.
    """
    _allow("code", phone, visitor, (CODES_AN_HOUR, CODES_OF_A_VISITOR), now, is_known=is_known)
    return make_code(phone, SIGN_IN, browser, now)


@sensitive_variables()
def sign_in_by_code(
    session: SessionBase,
    phone: str,
    browser: str,
    code: str,
    now: datetime,
    *,
    identity: Asserted | None = None,
) -> None:
    """Sign in who holds the telephone; the first time makes the account. WrongCodeError.

    Who came from a provider with an ``identity`` nobody has yet is connected to it by this proof.
    SignInRefusedError where that cannot be.
    """
    try:
        take_codes([TypedCode(phone, SIGN_IN, code)], browser, now)
    except WrongCodeError:
        refuse_sign_in(phone, "验证码不对", now)
        raise
    with transaction.atomic():
        person = _person_with(phone, now, identity.name if identity else "")
        if identity is not None:
            connect_as(str(person.pk), identity, now)
        begin_session(session, str(person.pk), "code", now)


@sensitive_variables()
def sign_in_by_password(
    session: SessionBase, phone: str, password: str, visitor: str, now: datetime, *, is_known: bool = False
) -> None:
    """Sign in who knows the password; SignInRefusedError says the same, and takes as long, for a number
    nobody has.
    """
    limits = (PASSWORDS_AN_HOUR, PASSWORDS_OF_A_VISITOR)
    _allow("password", phone, visitor, limits, now, is_known=is_known)
    person = Person.objects.filter(phone_index=phone, left_at__isnull=True).exclude(password="").first()
    if person is None:
        make_password(password)
    if person is None or not check_password(password, person.password):
        refuse_sign_in(phone, "密码不对", now)
        raise SignInRefusedError(_WRONG_PAIR)
    begin_session(session, str(person.pk), "password", now)


def sign_in_by_identity(session: SessionBase, asserted: Asserted, now: datetime, *, opens: bool) -> bool:
    """Sign in whose identity it is; False where it is nobody's yet.

    With ``opens`` a number the provider has verified, and that nobody has here, makes the account at once;
    somebody's number never does: they prove it here first, so that no claim takes an account over.
    """
    row = ExternalIdentity.objects.filter(subject_index=asserted.key).first()
    if row is not None:
        method = identity_method(asserted, is_connection_proven=row.is_proven)
        begin_session(session, str(row.person_id), method, now)
        return True
    phone = asserted.phone if opens and asserted.is_phone_verified else ""
    if not phone or Person.objects.filter(phone_index=phone).exists() or is_awaited(phone):
        return False
    try:
        with transaction.atomic():
            person = _made(phone, asserted.name, now)
            connect_as(str(person.pk), asserted, now)
    except IntegrityError:  # somebody else was quicker with the number
        return False
    begin_session(session, str(person.pk), identity_method(asserted, is_connection_proven=False), now)
    return True


def refuse_identity(provider: str, why: str, now: datetime) -> None:
    """Write down that what a provider sent, or somebody in its name, was not believed."""
    with transaction.atomic():
        record(Entry(now, VISITOR, "accounts.refuse_sign_in", Subject("provider", provider, provider), why))


def refuse_sign_in(phone: str, why: str, now: datetime) -> None:
    """Write down that somebody was not let in, by the mask of the number."""
    _note("accounts.refuse_sign_in", phone, why, now)


def _allow(
    what: str, phone: str, visitor: str, limits: tuple[int, int], now: datetime, *, is_known: bool
) -> None:
    number = f"known\0{phone}" if is_known else phone
    for purpose, who, limit in (
        (f"accounts.{what}.visitor", visitor, limits[1]),
        (f"accounts.{what}.number", number, limits[0]),
    ):
        allowance = spend(purpose, who, limit, _HOUR, now)
        if not allowance.is_allowed:
            _note("accounts.lock_out", phone, "这个号码或这个网络一小时内试得太多", now)
            raise TooOftenError(allowance.wait_seconds)


def _note(verb: str, phone: str, why: str, now: datetime) -> None:
    person = Person.objects.filter(phone_index=phone).first()
    subject = (
        Subject("person", str(person.pk), mask_phone(phone))
        if person
        else Subject("phone", subject_of_number(phone), mask_phone(phone))
    )
    with transaction.atomic():
        record(Entry(now, VISITOR, verb, subject, why))


def _person_with(phone: str, now: datetime, name: str = "") -> Person:
    """Who has the number, made where nobody has: of two at the same time one is made and both get it."""
    found = Person.objects.filter(phone_index=phone).first()
    if found is not None:
        return found
    if is_awaited(phone):
        settle_new_number(phone, now)
        return _person_with(phone, now, name)
    try:
        return _made(phone, name, now)
    except IntegrityError:
        return Person.objects.get(phone_index=phone)


def _made(phone: str, name: str, now: datetime) -> Person:
    with transaction.atomic():
        made = Person.objects.create(phone=phone, name=name, created_at=now)
        subject = Subject("person", str(made.pk), str(made))
        record(Entry(now, actor_as(made, None), "accounts.open_account", subject))
        return made
