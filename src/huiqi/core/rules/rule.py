"""A rule: a condition with the window in which it may be used."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from huiqi.core.rules.conditions import Condition


class WindowState(StrEnum):
    """Where a day stands against a window."""

    OPEN = "open"
    NOT_YET = "not_yet"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which a rule is in force, both ends included; None leaves an end open."""

    opens_on: date | None = None
    closes_on: date | None = None

    def state(self, as_of: date) -> WindowState:
        """Return where ``as_of`` stands."""
        if self.opens_on is not None and as_of < self.opens_on:
            return WindowState.NOT_YET
        if self.closes_on is not None and as_of > self.closes_on:
            return WindowState.CLOSED
        return WindowState.OPEN


@dataclass(frozen=True, slots=True)
class Rule:
    """What decides one item.

    ``manual_checks`` are sentences no fact covers: with them an eligible verdict is still to be confirmed
    by a person (还需核实) and never counts as met.
    """

    id: str
    window: Window
    condition: Condition
    manual_checks: tuple[str, ...] = ()
