"""Who is told of a request to change a lost number: whose number it is, on the old ways, at every step; and
the staff who have to do with it.
"""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import get_current_timezone

from huiqi.core.rules.wording import day_text
from huiqi.foundation.accounts.actions.telling import Told, tell
from huiqi.foundation.accounts.domain.lost_phone import STATE_WORDS, RequestState
from huiqi.foundation.accounts.models import PhoneRequest
from huiqi.foundation.accounts.queries.lost_phone import deciders_of
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.outbox.actions import enqueue

LONGEST_PLACE = 12  # so that a short message holds what to do as well
TO_OLD_NUMBER = "您的焦个企惠账号换成了别的手机号，这个号码不能再登录。不是您申请的，请马上拨打12345。"


def tell_of_opening(row: PhoneRequest, actor: Actor, now: datetime) -> None:
    """The account hears that somebody asks; the others hear that it waits."""
    _tell_account("accounts.open_phone_request", row, now, actor)
    _tell_staff("accounts.see_phone_requests", row, deciders_of(row), "waiting", now, actor)


def tell_of_approval(row: PhoneRequest, actor: Actor, now: datetime) -> None:
    """The account hears from when on, and how to stop it."""
    _tell_account("accounts.approve_phone_request", row, now, actor)
    _tell_decided(row, RequestState.AGREED, now, actor)


def tell_of_end(row: PhoneRequest, actor: Actor, now: datetime) -> None:
    """Account and staff hear how it ended; the old number too, where it is no longer the account's."""
    state = RequestState(row.end)
    if state is RequestState.DONE:
        _tell_account("accounts.change_lost_phone", row, now, actor)
        payload = {"request": str(row.pk)}
        enqueue("accounts.text_old_number", f"accounts.text_old_number:{row.pk}", payload, now)
    elif state is not RequestState.STOPPED:
        _tell_account("accounts.end_phone_request", row, now, actor)
    _tell_decided(row, state, now, actor)


def _tell_account(kind: str, row: PhoneRequest, now: datetime, actor: Actor) -> None:
    at = (row.effective_at or row.expires_at).astimezone(get_current_timezone())
    state = RequestState(row.end) if row.end else RequestState.WAITING
    words = {
        "place": row.organisation.name,
        "short_place": row.organisation.name[:LONGEST_PLACE],
        "phone": str(row.new_phone),
        "when": f"{day_text(at.date())} {at:%H:%M}",
        "hour": f"{at.month}月{at.day}日{at:%H:%M}",
        "fate": STATE_WORDS[state],
        "reason": row.reason or "没有写",
    }
    link = reverse("accounts:own")
    tell(Told(kind, str(row.pk), (str(row.person_id),), words, link), now, actor)


def _tell_decided(row: PhoneRequest, state: RequestState, now: datetime, actor: Actor) -> None:
    people = {str(each) for each in (row.requested_by_id, row.decided_by_id) if each}
    told = sorted(people - {actor.id})
    _tell_staff("accounts.follow_phone_request", row, told, state, now, actor)


def _tell_staff(
    kind: str, row: PhoneRequest, people: Sequence[str], state: str, now: datetime, actor: Actor
) -> None:
    words = {
        "place": row.organisation.name,
        "name": str(row.person),
        "fate": STATE_WORDS[RequestState(state)],
        "reason": row.reason or "没有写",
        "day": day_text(row.expires_at.astimezone(get_current_timezone()).date()),
    }
    link = reverse("accounts:phone_request", args=[row.pk])
    tell(Told(kind, f"{row.pk}:{state}", tuple(people), words, link), now, actor)
