"""What people choose for themselves: channels, the night, kinds, and an address."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.notices.actions.codes import CODE_HOURS, MOST_TRIES, code_of
from huiqi.foundation.notices.actions.queueing import queue
from huiqi.foundation.notices.domain import Channel, MailMode, Purpose, QuietHours
from huiqi.foundation.notices.models import Outgoing, Preference
from huiqi.foundation.notices.queries.kinds import notice_kinds


class ChoiceError(ValueError):
    """What somebody chose cannot be; the message is for them."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody wants; ``quiet`` is None for the site's own hours, ``muted`` the kinds switched off."""

    is_sms_wanted: bool
    mail_mode: MailMode
    quiet: QuietHours | None
    muted: frozenset[str]


def choose(chosen: Chosen, now: datetime, actor: Actor) -> None:
    """Keep what ``actor`` chose. A kind their role may not switch off stays on, and one that only another of
    their roles may switch off stays as it was.
    """
    with transaction.atomic():
        row = _own(actor)
        before = _told(row)
        changeable = {k.name for k in notice_kinds().values() if k.may_be_switched_off_by(actor.role)}
        row.is_sms_wanted, row.mail_mode = chosen.is_sms_wanted, chosen.mail_mode.value
        row.quiet_from = chosen.quiet.from_hour if chosen.quiet else None
        row.quiet_until = chosen.quiet.until_hour if chosen.quiet else None
        row.muted = sorted((set(row.muted) - changeable) | (chosen.muted & changeable))
        row.save(update_fields=("is_sms_wanted", "mail_mode", "quiet_from", "quiet_until", "muted"))
        _record("notices.choose", now, actor, before, _told(row))


def set_mail(address: str, now: datetime, actor: Actor) -> None:
    """Keep an address and send it a code; nothing else goes there until the code came back. An empty one
    removes what was kept.
    """
    with transaction.atomic():
        row = _own(actor)
        row.mail, row.mail_confirmed_at, row.mail_tries = address, None, 0
        row.mail_nonce, row.mail_asked_at = (secrets.token_urlsafe(16), now) if address else ("", None)
        row.save()
        if address:
            queue(
                [Outgoing(purpose=Purpose.CONFIRM, channel=Channel.MAIL, person_id=row.pk, due_at=now)], now
            )
        _record("notices.set_mail", now, actor, {}, {"邮箱": "已填写" if address else "已删除"})


def confirm_mail(code: str, now: datetime, actor: Actor) -> None:
    """Use the address from now on. ChoiceError for a wrong code, one too old, or after too many tries; a try
    is counted whatever comes of it.
    """
    with transaction.atomic():
        row = _own(actor)
        fault = _fault(row, code, now)
        row.mail_tries += 1
        if not fault:
            row.mail_confirmed_at, row.mail_nonce, row.mail_asked_at = now, "", None
            if row.mail_mode == MailMode.OFF:
                row.mail_mode = MailMode.EACH.value
            _record("notices.confirm_mail", now, actor, {}, {"邮箱": "已确认"})
        row.save(
            update_fields=("mail_tries", "mail_confirmed_at", "mail_nonce", "mail_asked_at", "mail_mode")
        )
    if fault:
        raise ChoiceError(fault)


def forget_mail_of_those_who_left() -> int:
    """Remove the addresses of people without an account (个人信息保护法第四十七条); return how many."""
    left = Preference.objects.filter(person__left_at__isnull=False).exclude(mail="")
    return left.update(mail="", mail_confirmed_at=None, mail_nonce="", mail_asked_at=None)


def _fault(row: Preference, code: str, now: datetime) -> str:
    if not row.mail_nonce or row.mail_asked_at is None:
        return "没有等着确认的邮箱。请先填写邮箱，再点“发确认码”。"
    if now - row.mail_asked_at > timedelta(hours=CODE_HOURS):
        return f"确认码已过 {CODE_HOURS} 小时。邮箱还在，没有丢，请再填一次邮箱，换一个新的码。"
    if row.mail_tries >= MOST_TRIES:
        return "试的次数太多了。邮箱还在，没有丢，请再填一次邮箱，换一个新的码。"
    if not secrets.compare_digest(code_of(row.mail_nonce).encode(), code.encode()):
        return "确认码不对。邮箱还在，没有丢，请看最新的一封邮件，再填一次。"
    return ""


def _own(actor: Actor) -> Preference:
    Preference.objects.get_or_create(person_id=actor.id)
    return Preference.objects.select_for_update().get(person_id=actor.id)


def _told(row: Preference) -> dict[str, object]:
    return {
        "短信": row.is_sms_wanted,
        "邮件": row.mail_mode,
        "免打扰": [row.quiet_from, row.quiet_until],
        "关掉的": row.muted,
    }


def _record(
    verb: str, now: datetime, actor: Actor, before: dict[str, object], after: dict[str, object]
) -> None:
    subject = Subject("preference", actor.id, "接收消息的方式")
    record(Entry(now, actor, verb, subject, before=before, after=after))
