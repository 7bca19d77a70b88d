"""Reads what somebody chose; what was written stays, whatever is wrong with it."""

import re
import secrets
from dataclasses import dataclass

from django.http import QueryDict

from huiqi.foundation.notices.actions import Chosen, Shown
from huiqi.foundation.notices.domain import HOURS_A_DAY, Draft, MailMode, QuietHours

LONGEST_ADDRESS = 120
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_FORM_KEY = re.compile(r"[A-Za-z0-9_-]{22}")
_CODE = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that was typed, and what is wrong with it."""

    value: str = ""
    fault: str = ""


def read_choices(posted: QueryDict, kinds: tuple[str, ...]) -> Chosen:
    """What was chosen. ``kinds`` were shown with a tick; those sent without one are switched off. What the
    form never offers counts as not chosen.
    """
    mode = posted.get("mail_mode", "")
    on = posted.getlist("kind")
    return Chosen(
        is_sms_wanted=posted.get("sms") == "1",
        mail_mode=MailMode(mode) if mode in list(MailMode) else MailMode.OFF,
        quiet=_quiet(posted),
        muted=frozenset(kind for kind in kinds if kind not in on),
    )


def read_address(posted: QueryDict) -> Line:
    """An address; empty to remove it."""
    address = posted.get("mail", "").strip()
    if address and (len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address)):
        return Line(address, "这不像一个邮箱。请写成 name@example.com 的样子，您写的还在。")
    return Line(address)


def read_code(posted: QueryDict) -> Line:
    """The six digits, spaces between them or not."""
    code = "".join(posted.get("code", "").split())
    if not (_CODE.fullmatch(code) and code.isascii()):
        return Line(code[:12], "确认码是邮件里的 6 位数字。邮箱还在，没有丢，请再填一次。")
    return Line(code)


def _quiet(posted: QueryDict) -> QuietHours | None:
    """The site's own hours unless others were chosen whole."""
    if posted.get("quiet") == "none":
        return QuietHours(0, 0)
    hours = [posted.get(name, "") for name in ("from_hour", "until_hour")]
    are_hours = all(hour.isascii() and hour.isdigit() and len(hour) < 3 for hour in hours)
    if posted.get("quiet") != "own" or not are_hours or max(map(int, hours)) >= HOURS_A_DAY:
        return None
    return QuietHours(int(hours[0]), int(hours[1]))


@dataclass(frozen=True, slots=True)
class WrittenDraft:
    """What was written to be told, whether it was confirmed after a look, and what was seen then."""

    draft: Draft
    shown: Shown
    is_confirmed: bool = False
    is_back: bool = False


def read_draft(posted: QueryDict) -> WrittenDraft:
    """What was sent; a form without a key of ours gets a new one."""
    key = posted.get("form_key", "")
    answer = posted.get("confirmed", "")
    return WrittenDraft(
        Draft(
            posted.get("audience", "")[:20],
            " ".join(_visible(posted.get("title", "")).split()),
            _visible(posted.get("body", "")),
        ),
        Shown(
            posted.get("digest", "")[:32],
            key if _FORM_KEY.fullmatch(key) else secrets.token_urlsafe(16),
        ),
        is_confirmed=answer == "yes",
        is_back=answer == "back",
    )


def read_reason(posted: QueryDict) -> str:
    """Why something is taken back, in one line."""
    return " ".join(_visible(posted.get("reason", "")).split())


def _visible(text: str) -> str:
    """Without what cannot be seen or stored; lines stay lines."""
    lines = ("".join(mark for mark in line if mark.isprintable()) for line in text.splitlines())
    return "\n".join(lines).strip()
