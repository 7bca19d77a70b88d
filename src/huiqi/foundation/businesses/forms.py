"""Reads what is sent from the pages of businesses; what was written stays, whatever is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.http import QueryDict

from huiqi.core.standards.typed import plain_line
from huiqi.foundation.businesses.queries import CodeField, read_code

LONGEST_PROOF = 60
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FIRST_DAY = date(2000, 1, 1)  # no sheet is older, and no database reads the year 1


@dataclass(frozen=True, slots=True)
class BindForm:
    """A code and what was given as proof; ``said`` is why it was not done."""

    code: CodeField = field(default_factory=CodeField)
    given: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class NameForm:
    """The name of a business that has no licence yet; ``form_key`` makes the same form open one."""

    form_key: str
    name: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class StatementForm:
    """Why a fact is wrong."""

    form_key: str
    statement: str = ""
    said: str = ""


def read_bind(posted: QueryDict) -> BindForm:
    """A code as typed, the one suggested, or one that was doubted and is meant."""
    given = posted.get("given", "")[:LONGEST_PROOF]
    typed = posted.get("doubted") or posted.get("suggested") or posted.get("code", "")
    code = read_code(typed)
    if posted.get("doubted") and code.doubted:
        code = CodeField(code.text, code=code.doubted)
    return BindForm(code, given)


def read_name(posted: QueryDict) -> NameForm:
    """What can be seen of a name, in one line."""
    return NameForm(_key(posted), plain_line(posted.get("name", "")))


def read_statement(posted: QueryDict) -> StatementForm:
    """A statement of several lines, without what no keyboard writes."""
    text = posted.get("statement", "").replace("\r\n", "\n").replace("\0", "").strip()
    return StatementForm(_key(posted), text)


def new_key() -> str:
    """The key of a new form."""
    return str(uuid4())


def _key(posted: QueryDict) -> str:
    try:
        return str(UUID(posted.get("form_key", "")))
    except ValueError:
        return ""


def read_day(asked: Mapping[str, str], today: date) -> date:
    """The day a sheet is looked at as of: today where none was asked, and for what is none or yet to come."""
    text = asked.get("as_of", "")
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else today
    except ValueError:
        return today
    return min(max(day, _FIRST_DAY), today)
