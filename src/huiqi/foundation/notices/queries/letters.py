"""What is in somebody's list."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from huiqi.foundation.notices.domain import CHANNEL_WORDS, STATE_WORDS, Channel, Purpose, State
from huiqi.foundation.notices.models import Letter, Outgoing
from huiqi.foundation.notices.queries.kinds import notice_kinds

PAGE = 20


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """A notice as its reader sees it; ``also`` says how they were told outside: 短信已发."""

    id: int
    kind_words: str
    title: str
    body: str
    link: str
    made_at: datetime
    is_read: bool
    is_urgent: bool
    withdrawn_at: datetime | None
    withdrawal_reason: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterPage:
    """One page of a list, the newest first. ``newest_unread`` is the id of the last unread, 0 for none."""

    letters: tuple[ShownLetter, ...]
    number: int
    pages: int
    count: int
    unread: int
    newest_unread: int


def unread_count(person_id: str, most: int | None = None) -> int:
    """How many notices somebody has not read, counted no further than ``most``; those withdrawn count, for
    they should know.
    """
    return int(Letter.objects.filter(person_id=person_id, read_at__isnull=True)[:most].count())


def letters_of(person_id: str, *, is_unread_only: bool = False, number: int = 1) -> LetterPage:
    """A page of somebody's own notices; the last one where there are fewer pages."""
    chosen = Letter.objects.filter(person_id=person_id)
    held = chosen.filter(read_at__isnull=True).aggregate(count=Count("id"), newest=Max("id"))
    unread, newest = held["count"], held["newest"] or 0
    if is_unread_only:
        chosen = chosen.filter(read_at__isnull=True)
    count = unread if is_unread_only else chosen.count()
    pages = max(1, -(-count // PAGE))
    number = min(max(1, number), pages)
    rows = list(chosen.select_related("notice").order_by("-id")[(number - 1) * PAGE : number * PAGE])
    also = _also(person_id, rows)
    return LetterPage(tuple(_shown(row, also) for row in rows), number, pages, count, unread, newest)


def _shown(row: Letter, also: Mapping[object, tuple[str, ...]]) -> ShownLetter:
    notice = row.notice
    kind = notice_kinds().get(notice.kind)
    return ShownLetter(
        id=row.pk,
        kind_words=kind.words if kind else "",
        title=notice.title,
        body=notice.body,
        link=notice.link,
        made_at=notice.made_at,
        is_read=row.read_at is not None,
        is_urgent=notice.is_urgent,
        withdrawn_at=notice.withdrawn_at,
        withdrawal_reason=notice.withdrawal_reason,
        also=also.get(notice.pk, ()),
    )


def _also(person_id: str, rows: Iterable[Letter]) -> Mapping[object, tuple[str, ...]]:
    found: dict[object, tuple[str, ...]] = defaultdict(tuple)
    sent = Outgoing.objects.filter(
        person_id=person_id, notice__in=[row.notice_id for row in rows], purpose=Purpose.NOTICE
    ).order_by("id")
    for notice_id, channel, state in sent.values_list("notice_id", "channel", "state"):
        found[notice_id] += (f"{CHANNEL_WORDS[Channel(channel)]}{STATE_WORDS[State(state)]}",)
    return found
