"""Taking a notice back."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.notices.actions.queueing import queue
from huiqi.foundation.notices.domain import LONGEST_TITLE, Channel, NoticeError, Purpose, State
from huiqi.foundation.notices.models import Notice, Outgoing
from huiqi.foundation.notices.queries.choosing import choices_of
from huiqi.foundation.notices.queries.kinds import local

_STILL_HERE = (State.WAITING, State.HELD)
_REACHED = (State.SENDING, State.SENT, State.UNCERTAIN)


class WithdrawnError(ValueError):
    """The notice is not there or was withdrawn before; the message is for whoever tried."""


def withdraw(notice_id: str, reason: str, now: datetime, actor: Actor) -> int:
    """Take a notice back: it shows as withdrawn with the reason, what has not left the site is not sent, and
    whoever was told outside is told once that it was wrong. Returns how many those are.

    Of two who withdraw at once one does, and the other gets WithdrawnError. NoticeError without a reason.
    """
    if not 1 <= len(reason.strip()) <= LONGEST_TITLE:
        raise NoticeError(f"请写 1 到 {LONGEST_TITLE} 个字的撤回原因。")
    with transaction.atomic():
        notice = Notice.objects.select_for_update().filter(pk=notice_id).first()
        if notice is None:
            raise WithdrawnError("没有这条消息，什么也没有改。")
        if notice.withdrawn_at is not None:
            raise WithdrawnError("这条消息已经撤回过了，不用再撤回。")
        notice.withdrawn_at, notice.withdrawal_reason = now, reason.strip()
        notice.save(update_fields=("withdrawn_at", "withdrawal_reason"))
        told = _channels_told(notice)
        notice.outgoing.filter(state__in=_STILL_HERE).update(state=State.CANCELLED)
        quiet = choices_of(list(told), local(now).date())
        queue(
            [
                Outgoing(
                    purpose=Purpose.APOLOGY,
                    notice=notice,
                    person_id=person_id,
                    channel=channel,
                    due_at=now if notice.is_urgent else quiet[person_id].quiet.end_after(local(now)),
                )
                for person_id, channel in told.items()
            ],
            now,
        )
        subject = Subject("notice", notice_id, f"“{notice.title}”")
        record(
            Entry(
                now, actor, "notices.withdraw", subject, notice.withdrawal_reason, after={"致歉": len(told)}
            )
        )
    return len(told)


def _channels_told(notice: Notice) -> dict[str, Channel]:
    """By which channel each is told that it was wrong: the quickest of those by which the notice went.

    The messages are locked first, then the digests they went with, so that nothing leaves between looking and
    cancelling.
    """
    rows = list(notice.outgoing.select_for_update().order_by("id"))
    bundles = Outgoing.objects.filter(pk__in=[row.bundle_id for row in rows if row.bundle_id])
    gone = {each.pk for each in bundles.select_for_update().order_by("id") if each.state in _REACHED}
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.state in _REACHED or row.bundle_id in gone:
            found[str(row.person_id)].add(row.channel)
    return {
        person_id: Channel.SMS if Channel.SMS in channels else Channel.MAIL
        for person_id, channels in found.items()
    }
