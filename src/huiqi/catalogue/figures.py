"""Where the facts of a business meet the formula of an item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from huiqi.catalogue.amounts import Amount
from huiqi.core.money.amounts import Tiers, quantities_of
from huiqi.core.money.outcome import Outcome, Quantity, State
from huiqi.core.money.spans import ZERO, Span, exactly
from huiqi.core.money.working import work_out
from huiqi.core.rules.conditions import Condition, facts_of, leaves_of
from huiqi.core.rules.evaluation import evaluate
from huiqi.core.rules.facts import Fact, FactDictionary, Facts, Value
from huiqi.core.rules.wording import leaf_text

_UNIT_WORDS = {"月": "个月"}  # 12 月 would be December


def sum_of(amount: Amount, told: Facts, dictionary: FactDictionary) -> Outcome:
    """What an item brings; ``told`` holds the facts, with what can be derived, and the inputs by id."""
    return work_out(amount.formula, _Figures(amount, told, dictionary))


def asked_by(amount: Amount, dictionary: FactDictionary) -> tuple[Fact, ...]:
    """Everything the formula reads, each as a fact to ask for, in its order."""
    own = {each.id: each.as_fact() for each in amount.inputs}
    names = dict.fromkeys(quantities_of(amount.formula))
    if isinstance(amount.formula, Tiers):
        for tier in amount.formula.tiers:
            names |= dict.fromkeys(sorted(facts_of(cast("Condition", tier.when))))
    return tuple(own[name] if name in own else dictionary[name] for name in names)


@dataclass(frozen=True, slots=True)
class _Figures:
    """What is known of one business, as one amount reads it."""

    amount: Amount
    told: Mapping[str, Value]
    dictionary: FactDictionary

    def quantity(self, name: str) -> Quantity:
        own = next((each for each in self.amount.inputs if each.id == name), None)
        fact = own.as_fact() if own else self.dictionary[name]
        unit = _UNIT_WORDS.get(fact.unit or "", fact.unit or "")
        value = self.told.get(name)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            # Through its shortest text: 5.5 is eleven halves, not the binary fraction beside it.
            return Quantity(fact.label, unit, exactly(Fraction(str(value))))
        if own is not None and own.is_optional:
            return Quantity(f"{fact.label}（没填，按 0 算）", unit, ZERO)
        return Quantity(fact.label, unit, _bounds(fact), (name,))

    def state(self, when: object) -> State:
        condition = cast("Condition", when)  # what the reader puts into a tier
        holds = evaluate(condition, self.told, self.dictionary)
        words = "，".join(leaf_text(leaf, self.dictionary[leaf.fact]) for leaf in leaves_of(condition))
        missing = tuple(sorted(facts_of(condition) - self.told.keys())) if holds is None else ()
        return State(holds, words, missing)


def _bounds(fact: Fact) -> Span:
    """What a fact nobody told may be; what lies below 0 counts as 0."""
    low = max(Fraction(str(fact.minimum or 0)), Fraction(0))
    return Span(low, None if fact.maximum is None else Fraction(str(fact.maximum)))
