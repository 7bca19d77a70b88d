"""What an organisation has told people, and how it got there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.notices.domain import CHANNEL_WORDS, STATE_WORDS, Channel, Purpose, State
from huiqi.foundation.notices.models import Announcement, Outgoing
from huiqi.foundation.notices.queries.previewing import who_was_told

PAGE = 20


@dataclass(frozen=True, slots=True)
class Announced:
    """One thing that was told: ``people`` have it in their lists, ``read`` of them have read it."""

    id: str
    notice_id: str
    organisation_id: str
    title: str
    body: str
    audience: str
    author: str
    made_at: datetime
    people: int
    read: int
    withdrawn_at: datetime | None
    withdrawal_reason: str


@dataclass(frozen=True, slots=True)
class AnnouncedPage:
    """One page of the list, the newest first."""

    rows: tuple[Announced, ...]
    number: int
    pages: int
    count: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """How many messages of one sort left the site, in words: 短信已发, 12."""

    words: str
    count: int


def announced_by(actor: Actor, number: int = 1) -> AnnouncedPage:
    """What the organisation ``actor`` acts for has told, a page of it; nothing for nobody's member."""
    if actor.organisation is None:
        return AnnouncedPage((), 1, 1, 0)
    ours = Announcement.objects.filter(organisation_id=actor.organisation.id)
    count = ours.count()
    pages = max(1, -(-count // PAGE))
    number = min(max(1, number), pages)
    rows = _counted(ours).order_by("-notice__made_at", "-pk")[(number - 1) * PAGE : number * PAGE]
    return AnnouncedPage(tuple(_shown(row) for row in rows), number, pages, count)


def announced(announcement_id: UUID) -> Announced | None:
    """One of them, whosever it is; None where there is none."""
    row = _counted(Announcement.objects.filter(pk=announcement_id)).first()
    return _shown(row) if row else None


def deliveries_of(notice_id: str) -> tuple[Delivery, ...]:
    """How the messages of a notice stand, and those that say it was wrong."""
    rows = Outgoing.objects.filter(notice_id=notice_id).values_list("purpose", "channel", "state")
    counted = rows.annotate(count=Count("id")).order_by("-purpose", "channel", "state")
    return tuple(Delivery(_words(*kind), count) for *kind, count in counted)


def told_outside(notice_id: str) -> int:
    """How many people a notice reached outside the site, or may have: they get an apology."""
    return len(set(who_was_told(notice_id)))


def _words(purpose: str, channel: str, state: str) -> str:
    sort = "致歉的" if purpose == Purpose.APOLOGY else ""
    return f"{sort}{CHANNEL_WORDS[Channel(channel)]}{STATE_WORDS[State(state)]}"


def _counted(rows: QuerySet[Announcement]) -> QuerySet[Announcement]:
    is_read = Q(notice__letters__read_at__isnull=False)
    return rows.select_related("notice").annotate(
        people=Count("notice__letters"), read=Count("notice__letters", filter=is_read)
    )


def _shown(row: Announcement) -> Announced:
    notice = row.notice
    return Announced(
        id=str(row.pk),
        notice_id=str(notice.pk),
        organisation_id=str(row.organisation_id),
        title=notice.title,
        body=notice.body,
        audience=row.audience,
        author=row.author_name,
        made_at=notice.made_at,
        people=row.people,  # type: ignore[attr-defined] # annotated above
        read=row.read,  # type: ignore[attr-defined] # annotated above
        withdrawn_at=notice.withdrawn_at,
        withdrawal_reason=notice.withdrawal_reason,
    )
