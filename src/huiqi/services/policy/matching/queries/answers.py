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
    """What a visitor told us, and on which day last."""

    facts: Mapping[str, Value] = field(default_factory=dict)
    answered_on: date | None = None

    @property
    def place(self) -> str | None:
        """The region code of the registration, None while it is not known."""
        place = self.facts.get(REGION)
        return place if isinstance(place, str) else None

    def with_changes(self, changes: Mapping[str, Value | None], on: date) -> "Answers":
        """These answers with some replaced; None takes an answer back."""
        merged: dict[str, Value | None] = {**self.facts, **changes}
        return Answers({fact: value for fact, value in merged.items() if value is not None}, on)

    def sources(self) -> dict[str, FactSource]:
        """Every answer was declared by the owner."""
        source = FactSource("您填写的", self.answered_on, is_declared=True)
        return dict.fromkeys(self.facts, source)


def seal_answers(answers: Answers) -> str:
    """The text for the cookie: compressed and signed, so that nobody else can make one up."""
    on = answers.answered_on.isoformat() if answers.answered_on else None
    return signing.dumps({"on": on, "facts": facts_to_raw(answers.facts)}, salt=_SALT, compress=True)


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
    return Answers(facts, on)
