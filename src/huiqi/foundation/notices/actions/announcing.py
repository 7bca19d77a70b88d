"""What an organisation tells people, in words of its own."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huiqi.foundation.access.queries import demand
from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.notices.actions.notifying import notify
from huiqi.foundation.notices.actions.withdrawing import WithdrawnError, withdraw
from huiqi.foundation.notices.domain import Draft, digest_of, draft_fault, people_fault
from huiqi.foundation.notices.models import Announcement
from huiqi.foundation.notices.queries.announced import announced
from huiqi.foundation.notices.queries.audiences import audiences_for, people_of

KIND = "notices.letter"


class AnnounceError(ValueError):
    """It was not sent; the message is for whoever wanted to, and says what to do."""


class ChangedError(AnnounceError):
    """Those who would be told are no longer those who were shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What was seen before the click: a digest of those who would be told."""

    digest: str
    form_key: str


def announce(draft: Draft, shown: Shown, now: datetime, actor: Actor) -> str:
    """Tell everybody in the group what the draft says, once, and return the id of the announcement; the same
    form sent again returns it and tells nobody. ChangedError where the group changed since it was shown,
    AnnounceError for a draft that cannot be sent, NotAllowedError for whom the table lets not.
    """
    audience = next((each for each in audiences_for(actor) if each.id == draft.audience), None)
    demand(actor, "notices.announce", {audience.relation} if audience else set())
    ours = actor.organisation.id if actor.organisation else ""
    if fault := draft_fault(draft):
        raise AnnounceError(fault)
    with transaction.atomic():
        before = Announcement.objects.filter(form_key=shown.form_key).first()
        if before is not None:
            return _only_ours(before, actor)
        people = people_of(draft.audience, actor)
        if digest_of(people) != shown.digest:
            raise ChangedError("名单刚刚有变化，还没有发。请再看一眼会告诉谁，写的都还在。")
        if fault := people_fault(people):
            raise AnnounceError(fault)
        key = f"{KIND}:{shown.form_key}"
        notice_id = notify(KIND, key, people, draft.words(actor), now, actor)
        row, is_new = Announcement.objects.get_or_create(
            form_key=shown.form_key,
            defaults={
                "notice_id": notice_id,
                "organisation_id": ours,
                "audience": audience.label if audience else "",
                "author_name": actor.name,
            },
        )
        if is_new:
            subject = Subject("announcement", str(row.pk), f"“{draft.title}”")
            after = {"发给": row.audience, "人数": len(people)}
            record(Entry(now, actor, "notices.announce", subject, after=after))
    return _only_ours(row, actor)


def withdraw_announced(announcement_id: UUID, reason: str, now: datetime, actor: Actor) -> int:
    """Take back what one's own organisation told; see `withdraw`. WithdrawnError where there is none."""
    found = announced(announcement_id)
    if found is None:
        raise WithdrawnError("没有这条通知，什么也没有改。")
    ours = actor.organisation.id if actor.organisation else ""
    demand(actor, "notices.withdraw", {"organisation"} if ours == found.organisation_id else set())
    return withdraw(found.notice_id, reason, now, actor)


def _only_ours(row: Announcement, actor: Actor) -> str:
    """A form key is no way to what another organisation told."""
    if actor.organisation is None or str(row.organisation_id) != actor.organisation.id:
        raise AnnounceError("这个表单已经用过了，没有再发。请重新写一条。")
    return str(row.pk)
