"""A visitor's answers, kept in the visitor's own browser as one signed text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core import signing

from huiqi.catalogue.item_writing import facts_to_raw
from huiqi.core.rules.errors import RuleError
from huiqi.core.rules.explanation import FactSource
from huiqi.core.rules.facts import FactDictionary, Value
from huiqi.services.policy.matching.domain import REGION

ANSWERS_COOKIE = "answers"
_SALT = "huiqi.matching.answers"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a visitor told us, and on which day last; ``earlier`` holds the days of older answers."""

    facts: Mapping[str, Value] = field(default_factory=dict)
    answered_on: date | None = None
    earlier: Mapping[str, date] = field(default_factory=dict)

    @property
    def place(self) -> str | None:
        """The region code of the registration, None while it is not known."""
        place = self.facts.get(REGION)
        return place if isinstance(place, str) else None

    def with_changes(self, changes: Mapping[str, Value | None], on: date) -> "Answers":
        """These answers with some replaced; None takes an answer back. What stays as it was keeps its day,
        for the form sends every answer again.
        """
        merged: dict[str, Value | None] = {**self.facts, **changes}
        facts = {fact: value for fact, value in merged.items() if value is not None}
        same = [fact for fact, value in facts.items() if self.facts.get(fact) == value]
        days = {fact: day for fact in same if (day := self.day_of(fact)) is not None and day != on}
        return Answers(facts, on, days)

    def day_of(self, fact: str) -> date | None:
        """The day on which an answer was given."""
        return self.earlier.get(fact, self.answered_on)

    @property
    def days(self) -> tuple[date, ...]:
        """Every day on which one of the answers was given, oldest first."""
        return tuple(sorted({day for fact in self.facts if (day := self.day_of(fact)) is not None}))

    def sources(self) -> dict[str, FactSource]:
        """Every answer was declared by the owner, on its own day."""
        return {fact: FactSource("您填写的", self.day_of(fact), is_declared=True) for fact in self.facts}


def seal_answers(answers: Answers) -> str:
    """The text for the cookie: compressed and signed, so that nobody else can make one up."""
    on = answers.answered_on.isoformat() if answers.answered_on else None
    earlier: dict[str, list[str]] = {}
    for fact_id, day in answers.earlier.items():
        earlier.setdefault(day.isoformat(), []).append(fact_id)
    raw = {"on": on, "facts": facts_to_raw(answers.facts), "earlier": earlier}
    return signing.dumps(raw, salt=_SALT, compress=True)


def read_answers(sealed: str | None, dictionary: FactDictionary) -> Answers:
    """The answers in a cookie. A forged or damaged cookie is no answer; an answer the dictionary no
    longer understands is left out, the others are kept.
    """
    if not sealed:
        return Answers()
    try:
        raw: dict[str, Any] = signing.loads(sealed, salt=_SALT)
        on = date.fromisoformat(raw["on"]) if raw["on"] else None
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return Answers()
    facts: dict[str, Value] = {}
    for fact_id, value in raw.get("facts", {}).items():
        try:
            facts |= dictionary.parse_facts({fact_id: value})
        except RuleError:
            continue
    earlier = {
        fact_id: date.fromisoformat(day)
        for day, fact_ids in raw.get("earlier", {}).items()
        for fact_id in fact_ids
        if fact_id in facts
    }
    return Answers(facts, on, earlier=earlier)
