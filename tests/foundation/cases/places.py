"""Offices, their people and cases with them, for the tests of this room."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from huiqi.core.standards.workdays import WorkdayTable
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.cases.actions import Act, CaseRef, Opening, open_case
from huiqi.foundation.cases.models import Case
from huiqi.foundation.clock.queries import workday_table
from tests.support.people import NOW, Someone, organisation, someone

VISITOR = Actor("visitor", "访客", role="visitor")
KIND = "mistake"


@dataclass
class Office:
    """The platform's office with two who handle cases; ``above`` is the organisation it is a branch of."""

    above: object = field(default_factory=lambda: organisation("department", "市营商局"))

    def __post_init__(self) -> None:
        self.place = organisation("platform", "平台运营", parent=self.above)
        self.one: Someone = someone("support", self.place)
        self.two: Someone = someone("support", self.place)


def act(who: Someone | Actor, now: datetime = NOW, table: WorkdayTable | None = None) -> Act:
    actor = who if isinstance(who, Actor) else who.actor
    return Act(actor, now, table or workday_table())


def opened(subject: str = "k" * 22, now: datetime = NOW, **more: str) -> CaseRef:
    """A case of the kind of reported mistakes, at whatever office takes them."""
    title = more.pop("title", "给多少写错了：旅游团奖补")
    with transaction.atomic():
        return open_case(Opening(KIND, subject, title, **more), act(VISITOR, now))


def version(number: str) -> int:
    return Case.objects.get(number=number).version


def member_id(who: Someone) -> str:
    return who.session["acting"]


def days(count: int) -> datetime:
    return NOW + timedelta(days=count)
