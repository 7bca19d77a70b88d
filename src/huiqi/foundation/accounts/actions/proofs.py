"""Second proofs: an app that makes codes, and the codes for the day it is lost."""

import secrets
from datetime import datetime

import pyotp
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.debug import sensitive_variables

from huiqi.foundation.accounts.actions.sessions import finish_session, trust_only
from huiqi.foundation.accounts.domain.sign_in import TWO_PROOFS, SignInRefusedError
from huiqi.foundation.accounts.models import Authenticator, Passkey, Person, RecoveryCode, Session
from huiqi.foundation.accounts.queries.acting import VISITOR, WAITING_KEY, actor_as, memberships_of
from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.storage.actions import spend_or_refuse

STEP_SECONDS = 30
RECOVERY_CODES = 8
TRIES_AN_HOUR = 20
# Without 0, 1, I, O: they are read off paper.
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # pragma: allowlist secret
_WRONG = "动态码不对，或刚刚用过。请等下一个再填；手机时间不准也会这样，请打开“自动设置时间”。"


@sensitive_variables()
def begin_authenticator(person_id: str) -> None:
    """Make a secret for an app that is to be set up; one in use stays until the new one is confirmed."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person_id)
        Authenticator.objects.filter(person_id=person_id, confirmed_at__isnull=True).delete()
        Authenticator.objects.create(person_id=person_id, secret=pyotp.random_base32())


@sensitive_variables()
def confirm_authenticator(session: SessionBase, person_id: str, code: str, now: datetime) -> tuple[str, ...]:
    """Take the app's first code and return new recovery codes, to be shown once; SignInRefusedError."""
    _spend_try(person_id, now)
    with transaction.atomic():
        row = _locked(person_id, is_confirmed=False)
        if row is None or not _takes(row, code, now):
            raise SignInRefusedError(_WRONG)
        Authenticator.objects.filter(person_id=person_id, confirmed_at__isnull=False).delete()
        row.confirmed_at = now
        row.save(update_fields=["confirmed_at"])
        trust_only(session, person_id)
        _note(person_id, "accounts.add_proof", "动态码", now)
        return make_recovery_codes(person_id, now)


@sensitive_variables()
def finish_by_authenticator(session: SessionBase, code: str, now: datetime) -> None:
    """Let in who waits, by a code of their app. A code is taken once. SignInRefusedError."""
    person_id = session[WAITING_KEY]["person"]
    _spend_try(person_id, now)
    with transaction.atomic():
        row = _locked(person_id, is_confirmed=True)
        is_taken = row is not None and _takes(row, code, now)
    if not is_taken:
        _note(person_id, "accounts.refuse_proof", "动态码不对", now)
        raise SignInRefusedError(_WRONG)
    finish_session(session, "totp", now)


@sensitive_variables()
def finish_by_recovery_code(session: SessionBase, code: str, now: datetime) -> None:
    """Let in who waits, by one of their recovery codes, which is gone then. SignInRefusedError."""
    person_id = session[WAITING_KEY]["person"]
    _spend_try(person_id, now)
    plain = "".join(letter for letter in code.upper() if letter.isalnum())[:40]
    if not RecoveryCode.objects.filter(person_id=person_id, digest=_digest(person_id, plain)).delete()[0]:
        _note(person_id, "accounts.refuse_proof", "备用码不对", now)
        raise SignInRefusedError("备用码不对，或已经用过。每个备用码只能用一次，请换一个。")
    finish_session(session, "recovery", now)


@sensitive_variables()
def make_recovery_codes(person_id: str, now: datetime) -> tuple[str, ...]:
    """New codes instead of all there were; only their digests are kept."""
    codes = tuple("".join(secrets.choice(_LETTERS) for _ in range(10)) for _ in range(RECOVERY_CODES))
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person_id)
        RecoveryCode.objects.filter(person_id=person_id).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(person_id=person_id, digest=_digest(person_id, code)) for code in codes
        )
        _note(person_id, "accounts.make_recovery_codes", "", now)
    return tuple(f"{code[:5]}-{code[5:]}" for code in codes)


def remove_proofs(actor: Actor, session_handle: str, now: datetime) -> None:
    """Take away every second proof of somebody who need not have one; all their other sessions end.
    SignInRefusedError for who must.
    """
    person = Person.objects.get(pk=actor.id)
    if any(each.role in TWO_PROOFS for each in memberships_of(person)):
        raise SignInRefusedError("您的身份必须有第二道验证，不能去掉；可以换成新的。")
    with transaction.atomic():
        Authenticator.objects.filter(person_id=actor.id).delete()
        Passkey.objects.filter(person_id=actor.id).delete()
        RecoveryCode.objects.filter(person_id=actor.id).delete()
        Session.objects.filter(person_id=actor.id).exclude(handle=session_handle).delete()
        _note(actor.id, "accounts.remove_proofs", "", now)


def _spend_try(person_id: str, now: datetime) -> None:
    """Whoever gets here has given one proof already, so nobody else can use these tries up."""
    spend_or_refuse("accounts.proof", person_id, TRIES_AN_HOUR, 3600, now)


def _locked(person_id: str, *, is_confirmed: bool) -> Authenticator | None:
    rows = Authenticator.objects.select_for_update()
    return rows.filter(person_id=person_id, confirmed_at__isnull=not is_confirmed).first()


@sensitive_variables()
def _takes(row: Authenticator, code: str, now: datetime) -> bool:
    """Whether ``code`` is that of this half minute or a neighbour's, later than any taken before."""
    totp = pyotp.TOTP(row.secret.reveal())
    this = int(now.timestamp()) // STEP_SECONDS
    for step in (this - 1, this, this + 1):
        if step > row.last_step and constant_time_compare(totp.generate_otp(step), code):
            row.last_step = step
            row.save(update_fields=["last_step"])
            return True
    return False


def _digest(person_id: str, code: str) -> str:
    return salted_hmac("huiqi.accounts.recovery", f"{person_id}\0{code}", algorithm="sha256").hexdigest()


def _note(person_id: str, verb: str, reason: str, now: datetime) -> None:
    person = Person.objects.filter(pk=person_id).first()
    subject = Subject("person", person_id, str(person or ""))
    with transaction.atomic():
        record(Entry(now, actor_as(person, None) if person else VISITOR, verb, subject, reason))
