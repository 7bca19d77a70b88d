"""One case with its clocks, its timeline and what may be done next, as one viewer may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from huiqi.core.standards.workdays import WorkdayTable
from huiqi.core.workflow.clocks import Light
from huiqi.core.workflow.machines import Transition
from huiqi.foundation.access.queries import demand, may
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.cases.domain import VISIBILITIES, CaseRef, Detail, Visibility
from huiqi.foundation.cases.models import Case, CaseClock, CaseEvent
from huiqi.foundation.cases.queries.clocks import clock_of
from huiqi.foundation.cases.queries.kinds import kinds
from huiqi.foundation.cases.queries.rights import relations_to, role_of
from huiqi.foundation.cases.queries.rows import WITH, CaseRow, row_of

HANDLING = ("advance", "pause", "resume", "transfer", "note")


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock as it is shown. While it is paused ``due_on`` is what it would be if it went on today."""

    label: str
    length: str
    is_main: bool
    due_on: date
    is_estimated: bool
    days_left: int
    unit: str
    light: Light
    stopped_on: date | None
    pause_reason: str
    paused_on: date | None


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of the timeline."""

    happened_at: datetime
    words: str
    text: str
    who: str
    visibility: Visibility

    @property
    def visibility_label(self) -> str:
        return VISIBILITIES[self.visibility]


@dataclass(frozen=True, slots=True)
class Move:
    """Something the viewer may do next; ``needs_text`` where a reason must be given."""

    action: str
    label: str
    target: str
    needs_text: bool


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything a page shows. ``is_ours`` for those who handle it, who see what is internal as well;
    ``allowed`` are the verbs of HANDLING the viewer may do now. ``phone`` reaches whoever has it and is for
    colleagues alone; ``overseer`` is the organisation above it was raised to.
    """

    row: CaseRow
    details: tuple[Detail, ...]
    clocks: tuple[ClockView, ...]
    events: tuple[EventView, ...]
    moves: tuple[Move, ...]
    allowed: frozenset[str]
    is_ours: bool
    phone: str
    overseer: str

    @property
    def main_clock(self) -> ClockView | None:
        """The clock the case is due by, None once it is closed."""
        return next((each for each in self.clocks if each.is_main and each.stopped_on is None), None)


def case_file(number: str, actor: Actor, table: WorkdayTable, today: date) -> CaseFile | None:
    """The case under this number; None where there is none, NotAllowedError for whom it is none of theirs."""
    case = _case(number=number)
    if case is None:
        return None
    relations = relations_to(actor, case)
    demand(actor, "cases.see", relations, case.state)
    allowed = frozenset(verb for verb in HANDLING if may(actor, f"cases.{verb}", relations, case.state))
    is_ours = bool(relations & {"organisation", "below"}) or (actor.role == "auditor")
    return _file(case, role_of(actor), allowed, table, today, is_ours=is_ours)


def followed_case(case_id: str, table: WorkdayTable, today: date) -> CaseFile | None:
    """The case as its party sees it, for whoever holds the receipt; nothing can be done there."""
    case = _case(pk=case_id)
    return _file(case, "", frozenset(), table, today, is_ours=False) if case else None


def case_of_subject(kind: str, subject_id: str) -> CaseRef | None:
    """The case of what a room knows by this id, None where there is none. One query."""
    found = Case.objects.filter(kind=kind, subject_id=subject_id).values_list("pk", "number").first()
    return CaseRef(str(found[0]), found[1]) if found else None


def states_of(kind: str) -> dict[str, str]:
    """The words for how each subject of a kind stands, by ``subject_id``."""
    machine = kinds()[kind].machine
    rows = Case.objects.filter(kind=kind).values_list("subject_id", "state")
    return {subject: machine.state(state).label for subject, state in rows}


def standings_by(kind: str, subject_ids: Iterable[str], before: datetime) -> dict[str, str]:
    """The state of each of these subjects' cases just before a moment; one that was closed later was under
    way then, in the first state. One query.
    """
    first = kinds()[kind].machine.initial.id
    rows = Case.objects.filter(kind=kind, subject_id__in=list(subject_ids), opened_at__lt=before)
    found = rows.values_list("subject_id", "state", "closed_at")
    return {subject: first if closed and closed >= before else state for subject, state, closed in found}


def cases_of_subjects(kind: str, subject_ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Number and state of the case of each of these subjects. One query."""
    rows = Case.objects.filter(kind=kind, subject_id__in=list(subject_ids))
    return {
        subject: (number, state)
        for subject, number, state in rows.values_list("subject_id", "number", "state")
    }


def _case(**key: str) -> Case | None:
    clocks = Prefetch("clocks", CaseClock.objects.order_by("id").prefetch_related("pauses"))
    return Case.objects.select_related(*WITH, "overseer").prefetch_related(clocks).filter(**key).first()


def _file(
    case: Case, role: str, allowed: frozenset[str], table: WorkdayTable, today: date, *, is_ours: bool
) -> CaseFile:
    kind = kinds()[case.kind]
    events = CaseEvent.objects.filter(case=case).order_by("id")
    if not is_ours:
        events = events.filter(visibility=Visibility.BOTH)
    moves = kind.machine.moves_from(case.state, role) if "advance" in allowed else ()
    return CaseFile(
        row=row_of(case, today, is_ours=is_ours),
        details=kind.details(case.subject_id),
        clocks=tuple(_clock(row, kind.main_clock, table, today) for row in case.clocks.all()),
        events=tuple(_event(event) for event in events),
        moves=tuple(_move(case, each) for each in moves),
        allowed=allowed,
        is_ours=is_ours,
        # Who only looks, as an auditor does, calls nobody.
        phone=case.assignee.person.phone.reveal() if is_ours and allowed and case.assignee else "",
        overseer=case.overseer.name if is_ours and case.overseer else "",
    )


def _clock(row: CaseClock, main: str, table: WorkdayTable, today: date) -> ClockView:
    clock = clock_of(row)
    day = row.stopped_on or today
    due = clock.due(table, day)
    pause = clock.open_pause
    return ClockView(
        label=row.label,
        length=clock.rule.length,
        is_main=row.rule == main,
        due_on=due.on,
        is_estimated=due.is_estimated,
        days_left=clock.days_left(table, day),
        unit=clock.rule.unit.words,
        light=clock.light(table, day),
        stopped_on=row.stopped_on,
        pause_reason=pause.reason if pause else "",
        paused_on=pause.from_on if pause else None,
    )


def _event(event: CaseEvent) -> EventView:
    who = f"{event.actor_name}（{event.organisation_name}）" if event.organisation_name else event.actor_name
    return EventView(event.happened_at, event.words, event.text, who, Visibility(event.visibility))


def _move(case: Case, each: Transition) -> Move:
    machine = kinds()[case.kind].machine
    label, target = machine.words.actions[each.action], machine.state(each.target).label
    return Move(each.action, label, target, each.guard == "reason")
