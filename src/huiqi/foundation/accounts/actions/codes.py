"""Codes sent to a telephone: short-lived, few tries, one use."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.views.decorators.debug import sensitive_variables

from huiqi.foundation.accounts.domain.sign_in import CODE_DIGITS, SignInRefusedError
from huiqi.foundation.accounts.models import OneTimeCode

TRIES = 5


class WrongCodeError(SignInRefusedError):
    """Not the code that was sent, or no longer; the message says how to go on."""


@dataclass(frozen=True, slots=True)
class TypedCode:
    """A code as it came back: from which telephone, and for what."""

    phone: str
    purpose: str
    code: str = field(repr=False)


@sensitive_variables()
def make_code(phone: str, purpose: str, browser: str, now: datetime) -> str:
    """The code to send to ``phone``; one made before for the same purpose and browser is over.

    Each browser has its own, so nobody can guess at, use up or replace what another one waits for.
    """
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    key = _key(phone, purpose, browser)
    ends_at = now + timedelta(minutes=settings.HUIQI_CODE_MINUTES)
    OneTimeCode.objects.filter(ends_at__lt=now).delete()
    kept = {"digest": _digest(key, code), "ends_at": ends_at, "tries_left": TRIES}
    OneTimeCode.objects.update_or_create(key=key, defaults=kept)
    return code


@sensitive_variables()
def take_codes(typed: Sequence[TypedCode], browser: str, now: datetime) -> None:
    """Use codes up, all of them or none: where one is wrong the others may be sent again. WrongCodeError for
    one that is another, over, or used: of two senders one wins.

    A try is counted for each before anything is compared, so many at once are no more than allowed.
    """
    keys = [_key(each.phone, each.purpose, browser) for each in typed]
    with transaction.atomic():
        tried = [_count_try(key, now) for key in keys]
        fitting = [
            is_tried and OneTimeCode.objects.filter(key=key, digest=_digest(key, each.code)).exists()
            for key, each, is_tried in zip(keys, typed, tried, strict=True)
        ]
        if all(fitting):
            OneTimeCode.objects.filter(key__in=keys).delete()
            return
    wrong = fitting.index(False)
    left = OneTimeCode.objects.filter(key=keys[wrong]).values_list("tries_left", flat=True).first() or 0
    if tried[wrong] and left:
        raise WrongCodeError(f"验证码不对，还可以再试 {left} 次。请看最新的一条短信，填的号码没有丢。")
    raise WrongCodeError("这个验证码已经用过、过期或试完了。请点“重新发送”，用新的一个，填的号码没有丢。")


def _count_try(key: str, now: datetime) -> bool:
    """Whether there was a try left; its row stays locked until the transaction ends."""
    standing = OneTimeCode.objects.filter(key=key, ends_at__gt=now, tries_left__gt=0)
    return bool(standing.update(tries_left=F("tries_left") - 1))


def _key(phone: str, purpose: str, browser: str) -> str:
    return salted_hmac(
        "huiqi.accounts.code", f"{purpose}\0{phone}\0{browser}", algorithm="sha256"
    ).hexdigest()


def _digest(key: str, code: str) -> str:
    return salted_hmac("huiqi.accounts.code.digest", f"{key}\0{code}", algorithm="sha256").hexdigest()
