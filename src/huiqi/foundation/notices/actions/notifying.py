"""Telling people, in the transaction of what they are told."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection

from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.notices.actions.queueing import queue
from huiqi.foundation.notices.domain import NoticeError, State
from huiqi.foundation.notices.models import Letter, Notice, Outgoing
from huiqi.foundation.notices.queries.kinds import named_kind
from huiqi.foundation.notices.queries.previewing import preview

_PAGE = 500


def notify(
    kind: str,
    key: str,
    recipients: Iterable[str],
    context: Mapping[str, object],
    now: datetime,
    actor: Actor,
    *,
    link: str = "",
) -> str:
    """Tell people (ids of persons) and return the id of the notice. It is in their lists with the caller's
    transaction; what leaves the site is sent by the outbox after the commit, in the words `preview` shows.

    A key that is there already tells nobody anything and returns its notice. ``link`` is an address of the
    site. NoticeError outside a transaction, for a kind nobody declares, and for words that do not fit.
    """
    if not connection.in_atomic_block:
        raise NoticeError("people are told in the transaction of what they are told")
    if link and (not link.startswith("/") or link.startswith("//")):
        raise NoticeError("a link leads to a page of the site")
    plan, chosen = preview(kind, recipients, context, now), named_kind(kind)
    words = {"title": plan.words.title, "body": plan.words.body, "sms": plan.words.sms, "link": link}
    defaults = {"kind": kind, "is_urgent": chosen.is_urgent, "made_at": now, **words}
    notice, is_new = Notice.objects.get_or_create(key=key, defaults=defaults)
    if not is_new:
        if notice.kind != kind:
            raise NoticeError(f"the key {key} is one of {notice.kind}, not of {kind}")
        return str(notice.pk)
    Letter.objects.bulk_create(
        [Letter(notice=notice, person_id=person.person_id) for person in plan.people], batch_size=_PAGE
    )
    messages = [
        Outgoing(
            notice=notice,
            person_id=person.person_id,
            channel=way.channel,
            due_at=way.due_at,
            state=State.HELD if way.is_in_digest else State.WAITING,
        )
        for person in plan.people
        for way in person.ways
    ]
    queue(messages, now)
    subject = Subject("notice", str(notice.pk), f"“{notice.title}”")
    record(Entry(now, actor, "notices.notify", subject, after={"人数": len(plan.people)}))
    return str(notice.pk)
