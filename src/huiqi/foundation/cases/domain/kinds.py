"""What a kind of case is: data a room declares as ``case_kinds`` of its AppConfig."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import takewhile

from huiqi.core.workflow.machines import Machine


class Rise(StrEnum):
    """Whom a rung of the ladder reaches."""

    REMINDER = "reminder"
    HEAD = "head"
    ABOVE = "above"


RISES = {Rise.REMINDER: "提醒经办人", Rise.HEAD: "报部门负责人", Rise.ABOVE: "报上级单位"}
HEIGHTS = {rise: height for height, rise in enumerate(Rise, start=1)}


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of a ladder: ``after`` working days past the last day, before it where negative. Where a
    ``number`` is named, that parameter says how many, on the same side of the last day.
    """

    id: str
    after: int
    to: Rise
    number: str = ""

    def at(self, days: int) -> "Rung":
        """The rung with so many working days between it and the last one."""
        return replace(self, after=-days if self.after < 0 else days)


@dataclass(frozen=True, slots=True)
class Detail:
    """One line of what a case is about, written by the room that opened it; ``url`` leads there."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class CaseKind:
    """``code`` stands in the number; ``intake`` is the kind of organisation that gets new cases; ``ladder``
    belongs to ``main_clock``, whose last day is the one lists show. ``details`` tells by ``subject_id``.
    ``lengths`` and ``ambers`` name for a clock the parameters read when it starts: its days, and how many
    are left when it turns amber.
    """

    id: str
    code: str
    label: str
    machine: Machine
    main_clock: str
    intake: str
    ladder: tuple[Rung, ...]
    details: Callable[[str], tuple[Detail, ...]]
    lengths: Mapping[str, str] = field(default_factory=dict)
    ambers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not re.fullmatch("[A-Z]{2}", self.code):
            raise ValueError(f"{self.id}: a code is two capital letters, not {self.code}")
        for clock in (self.main_clock, *self.lengths, *self.ambers):
            self.machine.clock(clock)
        offsets = [rung.after for rung in self.ladder]
        if offsets != sorted(offsets) or len({rung.id for rung in self.ladder}) < len(self.ladder):
            raise ValueError(f"{self.id}: rungs stand in order, each once")


def climbed(ladder: tuple[Rung, ...], days_left: int) -> tuple[Rung, ...]:
    """The rungs reached with so many days left; negative days are past the last one. None before the one
    below it, wherever the numbers of a city put them.
    """
    return tuple(takewhile(lambda rung: -days_left >= rung.after, ladder))
