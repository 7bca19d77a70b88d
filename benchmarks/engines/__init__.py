"""The same rules in several engines, each in the fastest exact form found for it.

Every engine starts from the same arrays (benchmarks.synthetic), derives nothing, keeps unknown apart from
ineligible, leaves out the rules whose window is closed, and can say its result as one code a pair:
0 ineligible, 1 eligible, 2 unknown.
"""

from datetime import date
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from benchmarks.synthetic import Population
from huiqi.core.rules.plan import Plan
from huiqi.core.rules.rule import WindowState


class Engine(Protocol):
    """One way to decide everyone."""

    name: str

    def __init__(self, population: Population, as_of: date) -> None:
        """Compile the rules and load the businesses; not timed."""

    def make_ready(self) -> None:
        """What must be new for every run; not timed."""

    def run(self) -> Any:
        """Decide everyone; timed."""

    def codes(self, result: Any) -> NDArray[np.uint8]:
        """One code a pair, shape (rules, rows)."""
        ...


def open_rules(plan: Plan, as_of: date) -> list[int]:
    """The places of the rules in force."""
    return [place for place, rule in enumerate(plan.rules) if rule.window.state(as_of) is WindowState.OPEN]
