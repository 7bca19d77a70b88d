"""Sending one message. Called by a job, outside a transaction.

A message is marked before it is handed over and again afterwards. Where a worker dies in between, nobody
knows whether it was sent. A post that repeats nothing gets it again under the same key; with any other it
stays uncertain and is not sent again: told twice is worse than to be read in the site.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from huiqi.foundation.notices.actions.queueing import order_of
from huiqi.foundation.notices.actions.wording import address_of, text_of
from huiqi.foundation.notices.domain import (
    Message,
    NotSentError,
    Post,
    Purpose,
    State,
    UncertainError,
)
from huiqi.foundation.notices.models import Outgoing
from huiqi.foundation.notices.queries.choosing import choices_of
from huiqi.foundation.notices.queries.kinds import local
from huiqi.foundation.notices.queries.previewing import who_was_told
from huiqi.foundation.outbox.actions import NotYetError, enqueue_all


def deliver(message_id: int, posts: Mapping[str, Post], now: datetime) -> None:
    """Send a message that is still to be sent; again, it does nothing. NotYetError where it did not leave and
    may be tried again.
    """
    message = _begin(message_id, posts, now)
    if message is None:
        return
    row, ready = message
    try:
        posts[row.channel].send(ready)
    except NotSentError as failure:
        _settle(row, State.WAITING)
        raise NotYetError(str(failure)) from failure
    except UncertainError:
        _settle(row, State.UNCERTAIN)
    else:
        _settle(row, State.SENT, sent_at=now)


def _begin(message_id: int, posts: Mapping[str, Post], now: datetime) -> tuple[Outgoing, Message] | None:
    """Mark the message as being sent; None where there is nothing to send, or not yet."""
    with transaction.atomic():
        row = Outgoing.objects.select_for_update().get(pk=message_id)
        state = _next_state(row, posts, now)
        if state is not State.SENDING:
            if state is not None:
                _settle(row, state)
            return None
        to, words = address_of(row), text_of(row)
        if to is None or words is None:
            _settle(row, State.CANCELLED)
            return None
        Outgoing.objects.filter(pk=row.pk).update(state=State.SENDING)
    title, text = words
    return row, Message(to, title, text, f"huiqi-{row.pk}", now)


def _next_state(row: Outgoing, posts: Mapping[str, Post], now: datetime) -> State | None:
    """What becomes of a message now; None where it stays as it is. NotYetError for want of a post."""
    if row.state not in (State.WAITING, State.SENDING):
        return None
    if row.channel not in posts:
        raise NotYetError("本站现在没有开通这种发送方式")
    if row.state == State.SENDING and not posts[row.channel].is_repeatable:
        return State.UNCERTAIN
    if _is_pointless(row):
        return State.CANCELLED
    return None if _is_put_off(row, now) else State.SENDING


def _is_pointless(row: Outgoing) -> bool:
    """A notice that was withdrawn meanwhile, and an apology to somebody whom the notice did not reach."""
    if row.notice is None:
        return False
    if row.purpose == Purpose.NOTICE:
        return row.notice.withdrawn_at is not None
    return str(row.person_id) not in who_was_told(str(row.notice_id))


def _is_put_off(row: Outgoing, now: datetime) -> bool:
    """A worker that comes late must wake nobody: what fell into the night waits for its end."""
    is_urgent = row.purpose == Purpose.CONFIRM or (row.notice is not None and row.notice.is_urgent)
    person_id = str(row.person_id)
    moment = local(now)
    choices = choices_of([person_id], moment.date())
    due_at = now if is_urgent else choices[person_id].quiet.end_after(moment)
    if due_at <= now:
        return False
    row.due_at = due_at
    row.save(update_fields=("due_at",))
    enqueue_all([order_of(row, f"@{due_at:%Y%m%d%H}")], now)
    return True


def _settle(row: Outgoing, state: State, *, sent_at: datetime | None = None) -> None:
    with transaction.atomic():
        Outgoing.objects.filter(pk=row.pk).update(state=state, sent_at=sent_at)
        if row.purpose == Purpose.DIGEST and state is State.CANCELLED:
            row.bundled.update(state=State.CANCELLED)
