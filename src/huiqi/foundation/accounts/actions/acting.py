"""Acting for others: on a principal's behalf, and, for support, seeing what a user sees."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from huiqi.foundation.access.queries import demand
from huiqi.foundation.accounts.actions.telling import Told, tell
from huiqi.foundation.accounts.domain.members import LONGEST_REASON, NEVER_SEEN, RefusedError
from huiqi.foundation.accounts.models import Person, SupportLook
from huiqi.foundation.accounts.queries.acting import (
    ACTING_KEY,
    BEHALF_KEY,
    SEEING_KEY,
    SEEING_UNTIL_KEY,
    actor_of,
    memberships_of,
)
from huiqi.foundation.accounts.queries.looking import Seen, seen_by_phone
from huiqi.foundation.accounts.queries.mandates import active_mandate
from huiqi.foundation.accounts.queries.organisations import as_id
from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.storage.actions import spend_or_refuse

LOOKS_A_DAY, FINDS_A_DAY = 60, 120
_NOBODY = "不能代看这个账号。号码不对，或对方是管理、审计、资金、客服人员。什么也没有打开，请再核对号码。"


def act_on_behalf(session: SessionBase, actor: Actor, mandate_id: str, now: datetime) -> None:
    """Act for a principal from here on, until the mandate or the session ends. RefusedError where the mandate
    is not active or not one's own.
    """
    demand(actor, "accounts.act_on_behalf", {"mandated"})
    mandate = active_mandate(actor, mandate_id, now.date())
    if mandate is None:
        raise RefusedError("这个委托已经到期或收回，不能再替对方办事。要继续，请对方再委托一次。")
    with transaction.atomic():
        session[BEHALF_KEY] = {"mandate": mandate.id, "acting": str(session.get(ACTING_KEY, ""))}
        doing = actor_of(session, now)
        subject = Subject("mandate", mandate.id, f"{mandate.label}：{mandate.principal.name}")
        record(Entry(now, doing, "accounts.act_on_behalf", subject))


def stop_acting(session: SessionBase, now: datetime) -> None:
    """Act for oneself again; nothing happens where one does already."""
    actor = actor_of(session, now)
    taken = session.pop(BEHALF_KEY, None)
    if taken and actor.behalf_of is not None:
        with transaction.atomic():
            subject = Subject("mandate", str(taken["mandate"]), actor.behalf_of.name)
            record(Entry(now, actor, "accounts.stop_acting", subject))


def find_seen(actor: Actor, phone: str, reason: str, now: datetime) -> Seen:
    """Whom a support member may see the site as, by number. Looking somebody up is recorded too.
    RefusedError where a reason is missing, and for whom nobody may see it as.
    """
    demand(actor, "accounts.see_as", {"all"})
    _check_reason(reason)
    spend_or_refuse("accounts.find_user", actor.id, FINDS_A_DAY, 24 * 3600, now)
    found = seen_by_phone(phone)
    if found is None:
        raise RefusedError(_NOBODY)
    with transaction.atomic():
        subject = Subject("person", found.person_id, found.name)
        record(Entry(now, actor, "accounts.find_user", subject, reason))
    return found


def see_as(
    session: SessionBase, actor: Actor, phone: str, membership_id: str, reason: str, now: datetime
) -> None:
    """Let a support member see the site as somebody sees it, for a reason and a time. RefusedError for whom
    nobody may see it as.
    """
    demand(actor, "accounts.see_as", {"all"})
    if actor.seen_by is not None:
        raise RefusedError("您正在代看一个人。请先结束这一次，再看下一个。")
    _check_reason(reason)
    spend_or_refuse("accounts.see_as", actor.id, LOOKS_A_DAY, 24 * 3600, now)
    with transaction.atomic():
        person = Person.objects.filter(phone_index=phone, left_at__isnull=True).first()
        memberships = memberships_of(person) if person else ()
        chosen = next((each for each in memberships if str(each.pk) == membership_id), None)
        is_out_of_bounds = any(each.role in NEVER_SEEN for each in memberships)
        if person is None or is_out_of_bounds or (membership_id and not chosen):
            raise RefusedError(_NOBODY)
        look = SupportLook.objects.create(
            support_id=actor.id,
            seen=person,
            membership=chosen,
            reason=reason,
            from_at=now,
            until_at=now + timedelta(minutes=settings.HUIQI_LOOK_MINUTES),
        )
        session.pop(BEHALF_KEY, None)
        session[SEEING_KEY], session[SEEING_UNTIL_KEY] = str(look.pk), look.until_at.isoformat()
        subject = Subject("person", str(person.pk), str(person))
        record(Entry(now, actor_of(session, now), "accounts.see_as", subject, reason))
        context = {"until": look.until_at.strftime("%H:%M"), "reason": reason}
        tell(Told("accounts.see_as", str(look.pk), (str(person.pk),), context), now, actor)


def end_seeing(session: SessionBase, now: datetime) -> None:
    """See the site as oneself again; nothing happens where one does already."""
    look_id = as_id(str(session.pop(SEEING_KEY, "")))
    session.pop(SEEING_UNTIL_KEY, None)
    support = actor_of(session)
    if look_id is None:
        return
    with transaction.atomic():
        looks = SupportLook.objects.select_for_update(of=("self",)).select_related("seen")
        row = looks.filter(pk=look_id, support=as_id(support.id), ended_at__isnull=True).first()
        if row is None:
            return
        row.ended_at = max(row.from_at, min(now, row.until_at))
        row.save(update_fields=["ended_at"])
        subject = Subject("person", str(row.seen_id), str(row.seen))
        record(Entry(now, support, "accounts.end_seeing", subject))


def _check_reason(reason: str) -> None:
    if not reason or len(reason) > LONGEST_REASON:
        raise RefusedError(f"请写一句为什么要代看，对方会看到，最多 {LONGEST_REASON} 个字。什么也没有打开。")
