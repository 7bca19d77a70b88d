"""What people do with their own account: name, password, telephone, closing it."""

from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.views.decorators.debug import sensitive_variables

from huiqi.core.standards.masks import mask_phone
from huiqi.foundation.accounts.actions.codes import TypedCode, make_code, take_codes
from huiqi.foundation.accounts.actions.lost_phone_ends import overtake_requests
from huiqi.foundation.accounts.actions.telling import Told, tell
from huiqi.foundation.accounts.domain.sign_in import TWO_PROOFS, SignInRefusedError, password_fault
from huiqi.foundation.accounts.models import (
    Authenticator,
    ExternalIdentity,
    Membership,
    Passkey,
    Person,
    RecoveryCode,
    Session,
)
from huiqi.foundation.accounts.queries.acting import memberships_of
from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.storage.actions import spend_or_refuse

CHANGES_A_DAY = 5
OLD_PHONE, NEW_PHONE = "old-phone", "new-phone"
_COMMON = CommonPasswordValidator()


class _Change(NamedTuple):
    field: str
    before: str
    after: str


def correct_name(actor: Actor, name: str, now: datetime) -> None:
    """Change one's name; the log keeps that it changed."""
    with transaction.atomic():
        person = _locked(actor)
        before = person.name.reveal()
        person.name = name
        person.save(update_fields=["name"])
        change = _Change("姓名", before, name)
        record(_entry(now, actor, "accounts.correct_name", person, change))


@sensitive_variables()
def set_password(actor: Actor, old: str, new: str, handle: str, now: datetime, *, is_fresh: bool) -> int:
    """Set one's password and end every other session; returns how many ended. Who has just signed in by
    telephone or passkey (``is_fresh``) need not know the old one. SignInRefusedError says what is wrong.
    """
    spend_or_refuse("accounts.set_password", actor.id, CHANGES_A_DAY * 2, 24 * 3600, now)
    if fault := password_fault(new) or _common_fault(new):
        raise SignInRefusedError(fault)
    with transaction.atomic():
        person = _locked(actor)
        if person.password and not is_fresh and not check_password(old, person.password):
            raise SignInRefusedError("现在的密码不对。想不起来，请退出，用验证码登录后再改。")
        person.password = make_password(new)
        person.save(update_fields=["password"])
        ended = Session.objects.filter(person=person).exclude(handle=handle).delete()[0]
        record(Entry(now, actor, "accounts.set_password", _subject(person), after={"结束的登录": ended}))
    return int(ended)


@sensitive_variables()
def request_phone_change(actor: Actor, new: str, browser: str, now: datetime) -> tuple[tuple[str, str], ...]:
    """The codes to send, each with its number: to the old telephone and to the new one."""
    spend_or_refuse("accounts.change_phone", actor.id, CHANGES_A_DAY, 24 * 3600, now)
    spend_or_refuse("accounts.code.number", new, CHANGES_A_DAY, 3600, now)
    old = Person.objects.get(pk=actor.id).phone.reveal()
    if old == new:
        raise SignInRefusedError("这就是您现在的号码，不用换。")
    return tuple(
        (number, make_code(number, f"{purpose}\0{actor.id}", browser, now))
        for number, purpose in ((old, OLD_PHONE), (new, NEW_PHONE))
    )


@sensitive_variables()
def change_phone(
    actor: Actor, new: str, codes: tuple[str, str], browser: str, handle: str, now: datetime
) -> None:
    """Take the codes from the old and the new telephone and change the number; all other sessions end.
    SignInRefusedError, also where somebody else signs in by the number.
    """
    old = Person.objects.get(pk=actor.id).phone.reveal()
    sent = ((old, OLD_PHONE, codes[0]), (new, NEW_PHONE, codes[1]))
    typed = [TypedCode(number, f"{purpose}\0{actor.id}", code) for number, purpose, code in sent]
    take_codes(typed, browser, now)
    try:
        with transaction.atomic():
            person = _locked(actor)
            person.phone = new
            person.save(update_fields=["phone", "phone_index"])
            Session.objects.filter(person=person).exclude(handle=handle).delete()
            record(_entry(now, actor, "accounts.change_phone", person, _Change("手机号", old, new)))
            overtake_requests(person, actor, "本人已经自己换了号码", now)
            about, words = f"{actor.id}:{now.isoformat()}", {"phone": mask_phone(new)}
            tell(Told("accounts.change_phone", about, (actor.id,), words, "/accounts/"), now, actor)
    except IntegrityError as failure:
        raise SignInRefusedError(
            "新号码已经有另一个账号，没有换。要用它，请先用它登录并注销那个账号。"
        ) from failure


def close_account(actor: Actor, now: datetime) -> None:
    """End one's account: its sessions, proofs and memberships end, the telephone is free for a new one.
    SignInRefusedError for whoever works for an office: it lets them go, not they themselves.
    """
    with transaction.atomic():
        person = _locked(actor)
        memberships = memberships_of(person)
        if staff := next((each for each in memberships if each.role in TWO_PROOFS), None):
            raise SignInRefusedError(
                f"您还是{staff.organisation.name}的人员，不能自己注销。请先由单位管理员办理离开。"
            )
        overtake_requests(person, actor, "账号已经注销", now)
        Membership.objects.filter(pk__in=[each.pk for each in memberships]).update(until_at=now)
        Authenticator.objects.filter(person=person).delete()
        Passkey.objects.filter(person=person).delete()
        ExternalIdentity.objects.filter(person=person).delete()
        RecoveryCode.objects.filter(person=person).delete()
        Session.objects.filter(person=person).delete()
        person.left_at, person.phone, person.password = now, "", ""
        person.save(update_fields=["left_at", "phone", "phone_index", "password"])
        ended = {"结束的身份": len(memberships)}
        record(Entry(now, actor, "accounts.close_account", _subject(person), after=ended))


def _common_fault(password: str) -> str:
    try:
        _COMMON.validate(password)
    except ValidationError:
        return "这个密码太常见，别人一猜就中。请换一个，例如几个不相干的词。"
    return ""


def _locked(actor: Actor) -> Person:
    return Person.objects.select_for_update().get(pk=actor.id, left_at__isnull=True)


def _subject(person: Person) -> Subject:
    return Subject("person", str(person.pk), str(person))


def _entry(now: datetime, actor: Actor, verb: str, person: Person, change: "_Change") -> Entry:
    """That something changed, and neither from what nor to what."""
    return Entry(
        now,
        actor,
        verb,
        _subject(person),
        before={change.field: change.before},
        after={change.field: change.after},
        masked=frozenset({change.field}),
    )
