"""Reads what a visitor reports; what was written stays, whatever is wrong with it."""

import re
import secrets
from dataclasses import dataclass, field

from django.http import QueryDict

from huiqi.services.policy.library.domain import (
    LONGEST_CONTACT,
    LONGEST_REPORT,
    MISTAKES,
    MistakeKind,
    Report,
)

_FORM_KEY = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True, slots=True)
class ReportForm:
    """The form as it stands, with one sentence for each fault."""

    form_key: str
    kind: str = ""
    text: str = ""
    contact: str = ""
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def report(self) -> Report | None:
        """The report, None while something is wrong with it."""
        if self.faults:
            return None
        return Report(self.form_key, MistakeKind(self.kind), self.text, self.contact)


def new_form() -> ReportForm:
    """An empty form with a key of its own."""
    return ReportForm(secrets.token_urlsafe(16))


def read_form(posted: QueryDict) -> ReportForm:
    """What was sent, with its faults."""
    key, kind = posted.get("form_key", ""), posted.get("kind", "")
    text, contact = _plain(posted.get("text", "")), _plain(posted.get("contact", ""))
    faults = {}
    if kind not in MISTAKES:
        faults["kind"] = "请选一下哪里有误。说不清就选“别的”。"
    if kind == MistakeKind.OTHER and not text:
        faults["text"] = "选了“别的”，请写一句是什么。"
    if len(text) > LONGEST_REPORT:
        faults["text"] = f"写了 {len(text)} 个字，最多 {LONGEST_REPORT} 个。请删短一些，写的都还在。"
    if len(contact) > LONGEST_CONTACT:
        faults["contact"] = f"联系方式最多 {LONGEST_CONTACT} 个字，一个电话就够。"
    form_key = key if _FORM_KEY.fullmatch(key) else new_form().form_key
    return ReportForm(form_key, kind, text, contact, faults)


def _plain(text: str) -> str:
    """Without what cannot be seen or stored; lines stay lines."""
    lines = ("".join(mark for mark in line if mark.isprintable()) for line in text.splitlines())
    return "\n".join(lines).strip()
