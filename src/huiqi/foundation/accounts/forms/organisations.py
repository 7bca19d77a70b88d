"""Reads what is sent from the pages of organisations and members; what was typed stays."""

import uuid
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from huiqi.core.standards.typed import plain_line
from huiqi.foundation.accounts.domain import KINDS
from huiqi.foundation.accounts.domain.members import LONGEST_REASON
from huiqi.foundation.accounts.domain.organisations import name_fault

LONGEST_SEARCH = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list of organisations is asked for, as its address says it."""

    text: str = ""
    kind: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Described:
    """What an organisation is to be; ``form_key`` becomes its id, ``fault`` is why it was not done."""

    kind: str = ""
    name: str = ""
    division: str = ""
    parent_id: str = ""
    form_key: str = field(default_factory=lambda: str(uuid.uuid4()))
    fault: str = ""
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody decides of a member: who takes over or stands in, from when until when, and why."""

    receiver_id: str = ""
    reason: str = ""
    from_on: date | None = None
    until_on: date | None = None
    fault: str = ""
    is_confirmed: bool = False
    is_back: bool = False


def read_asked(query: QueryDict) -> Asked:
    """The query string of the list; a choice that does not exist is no choice."""
    kind, page = query.get("kind", ""), query.get("page", "")
    is_number = page.isascii() and page.isdigit() and len(page) < 8
    text = plain_line(query.get("q", ""))[:LONGEST_SEARCH]
    return Asked(text, kind if kind in KINDS else "", max(1, int(page)) if is_number else 1)


def read_described(posted: QueryDict, divisions: frozenset[str]) -> Described:
    """A form that opens or changes an organisation."""
    name, division = plain_line(posted.get("name", "")), posted.get("division", "")
    return Described(
        kind=posted.get("kind", ""),
        name=name,
        division=division if division in divisions else "",
        parent_id=posted.get("parent", ""),
        form_key=posted.get("form_key", ""),
        fault=name_fault(name),
        is_confirmed=posted.get("confirmed") == "yes",
    )


def read_decided(posted: QueryDict, *, needs_reason: bool = True) -> Decided:
    """A form about a member."""
    reason = plain_line(posted.get("reason", ""))
    fault = "请写一句为什么，对方要知道。" if needs_reason and not reason else ""
    if len(reason) > LONGEST_REASON:
        fault = f"原因写了 {len(reason)} 个字，最多 {LONGEST_REASON} 个。请删短一些，写的都还在。"
    return Decided(
        receiver_id=posted.get("receiver", ""),
        reason=reason,
        from_on=_day(posted.get("from", "")),
        until_on=_day(posted.get("until", "")),
        fault=fault,
        is_confirmed=posted.get("confirmed") == "yes",
        is_back=posted.get("confirmed") == "back",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
