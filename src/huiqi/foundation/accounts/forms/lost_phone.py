"""Reads what the window writes down for somebody whose telephone number is lost."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from huiqi.core.standards.typed import plain_line
from huiqi.foundation.accounts.domain.lost_phone import LONGEST_NOTE, PROOFS, said_fault
from huiqi.foundation.accounts.forms.sign_in import Line, read_name, read_phone

_FORM_KEY = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True, slots=True)
class Written:
    """The form as it was sent; ``faults`` are sentences by field."""

    old: Line = field(default_factory=Line)
    new: Line = field(default_factory=Line)
    name: Line = field(default_factory=Line)
    proof: str = ""
    note: str = ""
    removes_proofs: bool = False
    form_key: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def note_fault(self) -> str:
        return self.faults.get("note", "")

    @property
    def new_fault(self) -> str:
        return self.faults.get("new", "")

    @property
    def is_in_order(self) -> bool:
        return not (self.faults or self.old.fault or self.name.fault)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about a request, what is wrong with it, and whether the second proof was ticked."""

    text: str
    fault: str
    agrees_to_proofs: bool


def read_written(posted: QueryDict) -> Written:
    """What was sent, with what is wrong with it."""
    old, new, name = read_phone(posted, "old"), read_phone(posted, "new"), read_name(posted)
    proof, note = posted.get("proof", ""), plain_line(posted.get("note", ""))
    faults = {}
    if new.fault:
        faults["new"] = new.fault
    elif new.value == old.value:
        faults["new"] = "新号码和旧号码一样。号码没丢的话，本人登录后在“我的账号”里就能换。"
    if proof not in PROOFS:
        faults["proof"] = "请选一下看了什么证件。"
    if fault := said_fault(note, LONGEST_NOTE):
        faults["note"] = fault
    key = posted.get("form_key", "")
    return Written(
        old,
        new,
        name,
        proof if proof in PROOFS else "",
        note,
        "removes_proofs" in posted,
        faults=faults,
        **({"form_key": key} if _FORM_KEY.fullmatch(key) else {}),
    )


def read_said(posted: QueryDict) -> Said:
    """What who decides, or takes back, writes."""
    text = plain_line(posted.get("reason", ""))
    fault = said_fault(text) if text else "请写一句，以后查起来看得明白。还没有处理。"
    return Said(text, fault, "agrees_to_proofs" in posted)
