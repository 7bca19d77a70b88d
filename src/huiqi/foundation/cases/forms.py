"""Reads what is sent from the pages of a case; what was written stays, whatever is wrong with it."""

import re
import secrets
from dataclasses import dataclass, field

from django.http import QueryDict

from huiqi.foundation.cases.domain import Pile, Scope, Visibility

_FORM_KEY = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote on a page of a case. ``version`` is the one they saw; ``said`` is why it was not
    done.
    """

    version: int = 0
    action: str = ""
    text: str = ""
    is_internal: bool = True
    organisation_id: str = ""
    member_id: str = ""
    form_key: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    is_confirmed: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a desk is asked for, as its address says it."""

    scope: Scope = Scope.MINE
    pile: Pile = Pile.ALL
    kind: str = ""
    text: str = ""
    page: int = 1


def read_written(posted: QueryDict) -> Written:
    """What was sent."""
    key = posted.get("form_key", "")
    place, _, member = posted.get("to", "").partition(":")
    return Written(
        version=_number(posted.get("version", "")),
        action=posted.get("action", ""),
        text=plain(posted.get("text", "")),
        is_internal=posted.get("visibility", Visibility.INTERNAL) != Visibility.BOTH,
        organisation_id=place,
        member_id=member,
        **({"form_key": key} if _FORM_KEY.fullmatch(key) else {}),
        is_confirmed=posted.get("confirmed") == "yes",
    )


def read_asked(query: QueryDict) -> Asked:
    """The query string of a desk; a choice that does not exist is no choice."""
    return Asked(
        scope=next((each for each in Scope if each == query.get("scope")), Scope.MINE),
        pile=next((each for each in Pile if each == query.get("pile")), Pile.ALL),
        kind=query.get("kind", "")[:40].replace("\0", ""),
        text=plain(query.get("q", ""))[:60],
        page=max(1, _number(query.get("page", ""))),
    )


def plain(text: str) -> str:
    """Without what cannot be seen or stored; lines stay lines."""
    lines = ("".join(mark for mark in line if mark.isprintable()) for line in text.splitlines())
    return "\n".join(lines).strip()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
