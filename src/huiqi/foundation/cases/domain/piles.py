"""What is due next: the piles of a desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Pile(StrEnum):
    """Every open case lies in exactly one of these; ALL is every open one."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    WAITING = "waiting"
    ALL = "all"
    CLOSED = "closed"


PILES: Mapping[Pile, str] = {
    Pile.OVERDUE: "已超期",
    Pile.TODAY: "今天到期",
    Pile.WEEK: "本周到期",
    Pile.LATER: "以后到期",
    Pile.WAITING: "等别人",
    Pile.ALL: "全部在办",
    Pile.CLOSED: "已办结",
}


class Scope(StrEnum):
    """Whose cases a desk shows."""

    MINE = "mine"
    FREE = "free"
    OURS = "ours"
    RAISED = "raised"


SCOPES: Mapping[Scope, str] = {
    Scope.MINE: "我的",
    Scope.FREE: "没人接手的",
    Scope.OURS: "本单位的",
    Scope.RAISED: "下级报来的",
}


class Visibility(StrEnum):
    """Who sees an event."""

    BOTH = "both"
    INTERNAL = "internal"


VISIBILITIES: Mapping[Visibility, str] = {Visibility.BOTH: "双方", Visibility.INTERNAL: "内部"}


@dataclass(frozen=True, slots=True)
class Week:
    """A day and the Sunday after it."""

    today: date

    @property
    def sunday(self) -> date:
        return self.today + timedelta(days=6 - self.today.weekday())


def pile_of(due_on: date | None, today: date, *, is_waiting: bool, is_closed: bool) -> Pile:
    """Where a case lies."""
    if is_closed:
        return Pile.CLOSED
    if is_waiting:
        return Pile.WAITING
    if due_on is None or due_on > Week(today).sunday:
        return Pile.LATER
    if due_on == today:
        return Pile.TODAY
    return Pile.OVERDUE if due_on < today else Pile.WEEK
