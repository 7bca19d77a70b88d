"""Reads what a principal writes on the form of a mandate; what was typed stays, whatever is wrong with it."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.http import QueryDict

from huiqi.foundation.accounts.domain.mandates import MandateKind, Terms, faults_of
from huiqi.foundation.accounts.forms.sign_in import Line, read_phone

USUAL_DAYS = 90
USUAL_EVIDENCE = "本人在手机上授权"
_FORM_KEY = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True, slots=True)
class Drafted:
    """A mandate as its form has it. ``agent`` is a number or an organisation's id; ``faults`` are sentences
    by field; ``step`` is empty, ``yes`` for sure, or ``back`` to change something.
    """

    agent: Line
    verbs: frozenset[str]
    from_text: str
    until_text: str
    evidence: str
    form_key: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    step: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def agent_fault(self) -> str:
        return self.faults.get("agent", "")

    @property
    def evidence_fault(self) -> str:
        return self.faults.get("evidence", "")

    def terms(self, kind: MandateKind) -> Terms:
        """What it says; for a form without faults."""
        days = (date.fromisoformat(text) for text in (self.from_text, self.until_text))
        return Terms(kind.id, self.verbs, *days, self.evidence)


def new_draft(kind: MandateKind, agent: str, longest_days: int, today: date) -> Drafted:
    """An empty form, with the days most people mean."""
    until = today if kind.is_for_today else today + timedelta(days=min(USUAL_DAYS, longest_days))
    line = Line("", agent) if kind.agents else Line()
    return Drafted(line, frozenset(), today.isoformat(), until.isoformat(), USUAL_EVIDENCE)


def read_draft(
    posted: QueryDict,
    kind: MandateKind,
    agent: str,
    mandatable: frozenset[str],
    longest_days: int,
    today: date,
) -> Drafted:
    """What was sent, with what is wrong with it. ``agent`` is the organisation chosen before, where the kind
    takes one.
    """
    line = Line("", agent) if kind.agents else read_phone(posted, "agent")
    key = posted.get("form_key", "")
    draft = Drafted(
        agent=line,
        verbs=frozenset(posted.getlist("verbs")) & mandatable,
        from_text=posted.get("from_on", "")[:10],
        until_text=posted.get("until_on", "")[:10],
        evidence=_plain(posted.get("evidence", "")),
        step=posted.get("step", ""),
        **({"form_key": key} if _FORM_KEY.fullmatch(key) else {}),
    )
    faults = {"agent": line.fault} if line.fault else {}
    if _is_day(draft.from_text) and _is_day(draft.until_text):
        faults.update(faults_of(draft.terms(kind), mandatable, longest_days, today))
    else:
        faults["until_on"] = "日子没有填全，请从日历里选，或写成 2026-12-31 的样子。"
    return Drafted(
        draft.agent,
        draft.verbs,
        draft.from_text,
        draft.until_text,
        draft.evidence,
        draft.form_key,
        draft.step,
        faults,
    )


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _plain(text: str) -> str:
    """One line without what cannot be seen or stored."""
    return "".join(mark for mark in " ".join(text.split()) if mark.isprintable())
