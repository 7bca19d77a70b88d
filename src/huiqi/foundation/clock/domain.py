"""How far a clock may be moved, and what a day counted without a holiday table is called."""

import re
from dataclasses import dataclass
from datetime import date

ESTIMATE_NOTE = "预计，以公布的放假安排为准"
FURTHEST_DAYS = 3650
_AMOUNT = re.compile(r"([0-9]{1,4})(wd|d)")


class ClockError(ValueError):
    """A move of the clock that is refused; the message is for people."""


@dataclass(frozen=True, slots=True)
class Advance:
    """A number of days to move on, working days or plain ones."""

    count: int
    is_workdays: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline. ``is_estimated`` where a year without an announced holiday table was counted."""

    on: date
    is_estimated: bool

    @property
    def note(self) -> str:
        """What must be said beside an estimated day; empty for a certain one."""
        return ESTIMATE_NOTE if self.is_estimated else ""


def parse_advance(text: str) -> Advance:
    """Read ``5wd`` (working days) or ``3d`` (days); ClockError for anything else."""
    found = _AMOUNT.fullmatch(text.strip().lower())
    if found is None or not 0 < int(found[1]) <= FURTHEST_DAYS:
        raise ClockError(
            f"看不懂“{text}”。请写 1 到 {FURTHEST_DAYS} 之间的天数，5wd 是 5 个工作日，3d 是 3 天。"
        )
    return Advance(int(found[1]), found[2] == "wd")
