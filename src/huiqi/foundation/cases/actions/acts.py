"""Who acts, when, and by which holiday table: what every action is told."""

from dataclasses import dataclass
from datetime import date, datetime

from huiqi.core.standards.workdays import WorkdayTable
from huiqi.foundation.audit.actions import Actor


@dataclass(frozen=True, slots=True)
class Act:
    """``now`` is aware and in Asia/Shanghai, so its date is the day here. ``stands_in_for`` are the absent
    memberships the actor is deputy of today: what is done to their cases is written down with both names.
    """

    actor: Actor
    now: datetime
    workdays: WorkdayTable
    stands_in_for: frozenset[str] = frozenset()

    @property
    def today(self) -> date:
        return self.now.date()
