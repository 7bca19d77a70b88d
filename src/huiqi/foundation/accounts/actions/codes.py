"""Codes sent to a telephone: short-lived, few tries, one use."""

import secrets
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
def take_code(phone: str, purpose: str, browser: str, code: str, now: datetime) -> None:
    """Use a code up. WrongCodeError where it is another one, over, or used: of two senders one wins.

    A try is counted before anything is compared, so many at once are no more than allowed.
    """
    key = _key(phone, purpose, browser)
    with transaction.atomic():
        standing = OneTimeCode.objects.filter(key=key, ends_at__gt=now, tries_left__gt=0)
        is_tried = standing.update(tries_left=F("tries_left") - 1)
        is_taken = is_tried and OneTimeCode.objects.filter(key=key, digest=_digest(key, code)).delete()[0]
    if is_taken:
        return
    left = OneTimeCode.objects.filter(key=key).values_list("tries_left", flat=True).first() or 0
    if is_tried and left:
        raise WrongCodeError(f"验证码不对，还可以再试 {left} 次。请看最新的一条短信，填的号码没有丢。")
    raise WrongCodeError("这个验证码已经用过、过期或试完了。请点“重新发送”，用新的一个，填的号码没有丢。")


def _key(phone: str, purpose: str, browser: str) -> str:
    return salted_hmac(
        "huiqi.accounts.code", f"{purpose}\0{phone}\0{browser}", algorithm="sha256"
    ).hexdigest()


def _digest(key: str, code: str) -> str:
    return salted_hmac("huiqi.accounts.code.digest", f"{key}\0{code}", algorithm="sha256").hexdigest()
