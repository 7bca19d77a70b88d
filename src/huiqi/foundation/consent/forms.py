"""Reads what is written on the forms of consents; what was chosen stays, whatever is wrong with it."""

import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.http import QueryDict

from huiqi.core.standards.masks import phone_digits
from huiqi.foundation.consent.actions import Asked, Terms, Wanted
from huiqi.foundation.consent.domain import RELATIONS, Purpose, faults_of

USUAL_DAYS = 90
_FORM_KEY = re.compile(r"[A-Za-z0-9_-]{22}")
_AS_A_NUMBER = re.compile(r"[0-9+()\-\s.]{11,24}")
_MOBILE = re.compile("1[3-9][0-9]{9}")
_CODE = re.compile(r"\d{6}", re.ASCII)
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)}


@dataclass(frozen=True, slots=True)
class Drafted:
    """A consent as its form has it. ``relation`` and ``phone`` are those of who is asked; ``step`` is
    ``back`` to change something.
    """

    purpose: Purpose
    grantee_id: str
    classes: frozenset[str] = frozenset()
    until_text: str = ""
    relation: str = ""
    phone: str = ""
    form_key: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    step: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def wanted(self) -> Wanted:
        """What it says; for a form without faults."""
        terms = Terms(self.purpose.id, self.classes, date.fromisoformat(self.until_text))
        return Wanted(self.form_key, self.grantee_id, terms)

    @property
    def asked(self) -> Asked:
        return Asked(read_mobile(self.phone), self.relation, self.wanted)

    @property
    def phone_fault(self) -> str:
        return self.faults.get("phone", "")


def new_draft(purpose: Purpose, grantee_id: str, longest_days: int, today: date) -> Drafted:
    """An empty form: nothing is ticked, the last day is one most people mean."""
    until = today + timedelta(days=min(USUAL_DAYS, longest_days))
    return Drafted(purpose, grantee_id, until_text=until.isoformat())


def read_draft(
    posted: QueryDict,
    draft: Drafted,
    allowed: tuple[str, ...],
    longest_days: int,
    today: date,
) -> Drafted:
    """What was sent on a form that began as ``draft``, with what is wrong with it."""
    key = posted.get("form_key", "")
    draft = replace(
        draft,
        classes=frozenset(posted.getlist("classes")) & set(allowed),
        until_text=posted.get("until_on", "")[:10],
        relation=posted.get("relation", "") if posted.get("relation", "") in RELATIONS else "",
        phone=posted.get("phone", "")[:30].replace("\0", ""),
        step=posted.get("step", ""),
        **({"form_key": key} if _FORM_KEY.fullmatch(key) else {}),
    )
    if not _is_day(draft.until_text):
        return replace(draft, faults={"until_on": "日子没有填全，请从日历里选，或写成 2026-12-31 的样子。"})
    return replace(draft, faults=faults_of(draft.wanted.terms, allowed, longest_days, today))


def with_whom(draft: Drafted) -> Drafted:
    """The same, with what is wrong with whom it asks."""
    faults = dict(draft.faults)
    if not draft.relation:
        faults["relation"] = "请选对方是您的配偶还是担保人。"
    if not read_mobile(draft.phone):
        faults["phone"] = "请填对方的手机号，11 位数字。"
    return replace(draft, faults=faults)


def read_mobile(text: str) -> str:
    """A mobile number as eleven digits; empty for what is none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    digits = phone_digits(plain) if _AS_A_NUMBER.fullmatch(plain) else ""
    return digits if _MOBILE.fullmatch(digits) else ""


def read_code(posted: QueryDict) -> str:
    """The six digits of a code; empty where it is none."""
    typed = posted.get("code", "")[:20].translate(_FULL_WIDTH).replace(" ", "")
    return typed if _CODE.fullmatch(typed) else ""


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
