"""Who acts, when, and by which holiday table: what every action is told."""

from dataclasses import dataclass
from datetime import date, datetime

from huiqi.core.standards.workdays import WorkdayTable
from huiqi.foundation.audit.actions import Actor


@dataclass(frozen=True, slots=True)
class Act:
    """``now`` is aware and in Asia/Shanghai, so its date is the day here."""

    actor: Actor
    now: datetime
    workdays: WorkdayTable

    @property
    def today(self) -> date:
        return self.now.date()
