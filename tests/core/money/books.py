"""What is known of an invented business, for tests of formulas."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from huiqi.core.money.amounts import Formula
from huiqi.core.money.outcome import Outcome, Quantity, State
from huiqi.core.money.spans import OPEN, exactly
from huiqi.core.money.working import work_out

PEOPLE = frozenset({"people", "trips", "months"})


@dataclass(frozen=True)
class Book:
    """Figures by name and tiers by name; what is not in it is not known."""

    figures: Mapping[str, int | Fraction] = field(default_factory=dict)
    states: Mapping[str, bool] = field(default_factory=dict)

    def quantity(self, name: str) -> Quantity:
        unit = "人" if name in PEOPLE else "元"
        if name in self.figures:
            return Quantity(name, unit, exactly(self.figures[name]))
        return Quantity(name, unit, OPEN, (name,))

    def state(self, when: object) -> State:
        name = str(when)
        holds = self.states.get(name)
        return State(holds, name, () if holds is not None else (name,))


def result(formula: Formula, **figures: int | Fraction) -> Outcome:
    return work_out(formula, Book(figures))


def yuan(outcome: Outcome) -> str | None:
    """The sum in 元 where it is one sum, to compare with what was worked by hand."""
    if outcome.low_fen != outcome.high_fen:
        return None
    return f"{outcome.low_fen // 100}.{outcome.low_fen % 100:02d}"
