"""How much an item brings, as a formula beside its words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from huiqi.core.money.amounts import Formula, Limit
from huiqi.core.rules.facts import Change, Fact, FactType

YUAN = "元"


class Per(StrEnum):
    """Whether the sum comes once (for one application, one loan, one hire) or every year."""

    ONCE = "once"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class AmountInput:
    """A figure no fact of the dictionary holds. ``is_optional``: most have none, left out it counts as 0."""

    id: str
    label: str
    unit: str
    question: str
    is_optional: bool = False

    def as_fact(self) -> Fact:
        """The same as an entry of the dictionary, so that it is asked and read like every other question."""
        kind = FactType.MONEY if self.unit == YUAN else FactType.INTEGER
        return Fact(
            self.id, self.label, kind, self.unit, "您填写的", "", Change.NEVER, self.question, minimum=0
        )


@dataclass(frozen=True, slots=True)
class Amount:
    """The formula of a benefit, what it needs, what it rests on (``basis``) and what it takes for granted."""

    formula: Formula
    per: Per
    basis: str
    inputs: tuple[AmountInput, ...] = ()
    assumes: tuple[str, ...] = ()

    @property
    def is_workable(self) -> bool:
        """Whether there is anything to work out."""
        return not isinstance(self.formula, Limit)
