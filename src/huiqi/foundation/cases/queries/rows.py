"""A case as a list shows it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from huiqi.foundation.cases.domain import PILES, Pile, pile_of
from huiqi.foundation.cases.models import Case
from huiqi.foundation.cases.queries.kinds import kinds

WITH = ("organisation", "assignee__person")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of a list. ``assignee`` is a name, in full for colleagues alone, and ``party`` a masked one;
    both are empty for nobody. ``due_on`` is the last day of the main clock, None once closed.
    """

    id: str
    number: str
    kind: str
    kind_label: str
    subject_id: str
    title: str
    state: str
    state_label: str
    waits_for: str
    organisation: str
    organisation_id: str
    assignee: str
    assignee_id: str
    party: str
    party_id: str
    opened_at: datetime
    changed_at: datetime
    closed_on: date | None
    due_on: date | None
    is_estimated: bool
    is_waiting: bool
    height: int
    version: int
    pile: Pile

    @property
    def pile_label(self) -> str:
        return PILES[self.pile]


def row_of(case: Case, today: date, *, is_ours: bool = False) -> CaseRow:
    """The line of a case read with WITH; colleagues read the name of who has it in full."""
    kind = kinds()[case.kind]
    state = kind.machine.state(case.state)
    closed = case.closed_at is not None
    return CaseRow(
        id=str(case.pk),
        number=case.number,
        kind=case.kind,
        kind_label=kind.label,
        subject_id=case.subject_id,
        title=case.title,
        state=case.state,
        state_label=state.label,
        waits_for=state.waits_for,
        organisation=case.organisation.name,
        organisation_id=str(case.organisation_id),
        assignee=_assignee(case, is_ours=is_ours),
        assignee_id=str(case.assignee_id or ""),
        party=case.party_name,
        party_id=case.party_id,
        opened_at=case.opened_at,
        changed_at=case.changed_at,
        closed_on=_day(case.closed_at) if case.closed_at else None,
        due_on=case.due_on,
        is_estimated=case.is_estimated,
        is_waiting=case.is_waiting,
        height=case.height,
        version=case.version,
        pile=pile_of(case.due_on, today, is_waiting=case.is_waiting, is_closed=closed),
    )


def _assignee(case: Case, *, is_ours: bool) -> str:
    if case.assignee is None:
        return ""
    person = case.assignee.person
    return (person.name.reveal() if is_ours else "") or str(person)


def _day(at: datetime) -> date:
    """The day here on which something was done."""
    return at.astimezone(timezone.get_current_timezone()).date()
