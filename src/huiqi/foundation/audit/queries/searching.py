"""Searching the log a page at a time, newest first; every search walks an index and never the whole log."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from django.db.models import QuerySet

from huiqi.foundation.audit.domain import KEPT_COLUMNS, KeptEntry
from huiqi.foundation.audit.domain.chain import link
from huiqi.foundation.audit.models import AuditEntry, AuditSeal, AuditUnsealed
from huiqi.foundation.audit.queries.rows import contents_of

PAGE_ROWS = 20
MOST_DAYS = 92


@dataclass(frozen=True, slots=True)
class LogSearch:
    """What is looked for; an empty text leaves the choice open. Days are moments, ``until`` is not included.

    Where no index leads to it (`is_narrow`), ``since`` may lie no more than MOST_DAYS before ``until``.
    """

    since: datetime
    until: datetime
    actor_id: str = ""
    organisation_id: str = ""
    party_id: str = ""
    subject_id: str = ""
    subject_kind: str = ""
    verb: str = ""
    request_id: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether an index leads straight to what is looked for, so that any span of days may be asked."""
        has_subject = bool(self.subject_kind and self.subject_id)
        return bool(self.actor_id or self.party_id or self.request_id or has_subject)

    @property
    def is_too_wide(self) -> bool:
        return not self.is_narrow and self.until - self.since > timedelta(days=MOST_DAYS)


@dataclass(frozen=True, slots=True)
class LogPage:
    """Entries, newest first, and the id from which the next page goes on; 0 where there is none."""

    entries: tuple[KeptEntry, ...]
    next_before: int


@dataclass(frozen=True, slots=True)
class SealState:
    """How an entry stands in the chain: its number, and whether the seal fits; None while it waits."""

    sequence: int | None
    is_right: bool


def search_log(search: LogSearch, before: int = 0, rows: int = PAGE_ROWS) -> LogPage:
    """One page of what fits; ``before`` is the last id of the page before. ValueError where too wide."""
    if search.is_too_wide:
        raise ValueError("nothing leads to what is looked for, and the days are too many")
    found = _matching(search)
    if search.is_narrow:
        return _page(found.filter(id__lt=before) if before else found, ("-id",), rows)
    if before:
        moment = AuditEntry.objects.filter(id=before).values_list("happened_at", flat=True).first()
        if moment is None:
            return LogPage((), 0)
        # Both halves name the moment, so that the index is entered where the page before ended.
        found = found.filter(happened_at__lte=moment).exclude(happened_at=moment, id__gte=before)
    return _page(found, ("-happened_at", "-id"), rows)


def looks_at_party(party_id: str, before: int = 0, rows: int = PAGE_ROWS) -> LogPage:
    """Who read the data of a party, newest first; nothing of anybody else's."""
    found = AuditEntry.objects.filter(party_id=party_id).exclude(party_id="")
    return _page(found.filter(id__lt=before) if before else found, ("-id",), rows)


def entry_of(entry_id: int) -> KeptEntry | None:
    """One entry; None where there is none."""
    row = AuditEntry.objects.filter(pk=entry_id).values_list(*KEPT_COLUMNS).first()
    return KeptEntry(*row) if row else None


def seal_state(entry_id: int) -> SealState:
    """Whether an entry is sealed, and whether it is still what was sealed."""
    seal = AuditSeal.objects.filter(entry_id=entry_id).first()
    if seal is None:
        return SealState(None, is_right=AuditUnsealed.objects.filter(entry_id=entry_id).exists())
    found = link(seal.sequence, seal.previous, contents_of([entry_id]).get(entry_id, b""))
    return SealState(seal.sequence, is_right=(found.sm3, found.sha256) == (seal.sm3, seal.sha256))


def _matching(search: LogSearch) -> QuerySet[AuditEntry]:
    found = AuditEntry.objects.filter(happened_at__gte=search.since, happened_at__lt=search.until)
    named = {each.name: getattr(search, each.name) for each in fields(search)}
    wanted = {name: value for name, value in named.items() if value and name not in ("since", "until")}
    for name in wanted.keys() & {"party_id", "request_id"}:
        found = found.exclude(**{name: ""})  # the words of the index, or it is not taken
    return found.filter(**wanted)


def _page(found: QuerySet[AuditEntry], order: tuple[str, ...], rows: int) -> LogPage:
    read = [KeptEntry(*row) for row in found.order_by(*order).values_list(*KEPT_COLUMNS)[: rows + 1]]
    shown = tuple(read[:rows])
    return LogPage(shown, shown[-1].id if len(read) > rows else 0)
