"""What a kind of case is: data a room declares as ``case_kinds`` of its AppConfig."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

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
    """One rung of a ladder: ``after`` working days past the last day, before it where negative."""

    id: str
    after: int
    to: Rise


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
    ``lengths`` names for a clock the parameter its days are read from when it starts.
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

    def __post_init__(self) -> None:
        if not re.fullmatch("[A-Z]{2}", self.code):
            raise ValueError(f"{self.id}: a code is two capital letters, not {self.code}")
        for clock in (self.main_clock, *self.lengths):
            self.machine.clock(clock)
        offsets = [rung.after for rung in self.ladder]
        if offsets != sorted(offsets) or len({rung.id for rung in self.ladder}) < len(self.ladder):
            raise ValueError(f"{self.id}: rungs stand in order, each once")

    def reached(self, days_left: int) -> tuple[Rung, ...]:
        """The rungs reached with so many days left; negative days are past the last one."""
        return tuple(rung for rung in self.ladder if -days_left >= rung.after)

    @property
    def earliest(self) -> int:
        """How many working days before the last one the first rung is reached."""
        return max((-rung.after for rung in self.ladder), default=0)
