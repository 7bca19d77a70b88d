"""What every action does: lock the case, see that nobody was first, and write it down in both books."""

from collections.abc import Mapping
from dataclasses import dataclass

from huiqi.foundation.access.queries import demand, may
from huiqi.foundation.accounts.actions import hold_mandate
from huiqi.foundation.accounts.queries import members_of
from huiqi.foundation.audit.actions import Actor, Entry, Principal, Subject, record
from huiqi.foundation.cases.actions.acts import Act
from huiqi.foundation.cases.domain import LONGEST_TEXT, CaseError, ConflictError, Visibility
from huiqi.foundation.cases.models import Case, CaseClock, CaseEvent
from huiqi.foundation.cases.queries.clocks import clock_of
from huiqi.foundation.cases.queries.kinds import kinds
from huiqi.foundation.cases.queries.rights import relations_to

NO_SUCH = "没有这个编号的办件。请核对编号，最后两位能查出抄错的数字。"
LONGEST_PLACE = 120
CLOSED = "这件已经办结，不能再{what}。要再办，请先重新打开。"


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the timeline and, with the same words, of the log. ``held_by`` is the membership the case
    lay with before, where that was changed.
    """

    verb: str
    words: str
    text: str = ""
    visibility: Visibility = Visibility.BOTH
    form_key: str = ""
    held_by: str = ""


def locked(number: str, act: Act, verb: str, version: int | None = None) -> Case:
    """The case, locked until the transaction ends. CaseError where there is none, NotAllowedError for whom
    it is none of theirs, ConflictError where somebody changed it since ``version`` was shown.
    """
    case = lock(number)
    if case is None:
        raise CaseError(NO_SUCH)
    is_stale = version is not None and case.version != version
    relations = relations_to(act.actor, case)
    if is_stale and not may(act.actor, verb, relations, case.state) and _was_given_away(case, act):
        raise _conflict(case, act)
    demand(act.actor, verb, relations, case.state)
    hold_mandate(act.actor, verb, act.today)
    if is_stale:
        raise _conflict(case, act)
    return case


def lock(number: str) -> Case | None:
    """The row alone, locked. With a table joined to it PostgreSQL would not find a row that went to another
    organisation while it waited for the lock.
    """
    return Case.objects.select_for_update().filter(number=number).first()


def written(text: str, wanted: str = "") -> str:
    """What somebody wrote, without spaces around it. CaseError where it is too long, and where nothing is
    written though ``wanted`` says what should be.
    """
    found = text.strip()
    if wanted and not found:
        raise CaseError(f"{wanted}别的都还在，没有丢。")
    if len(found) > LONGEST_TEXT:
        raise CaseError(f"写了 {len(found)} 个字，最多 {LONGEST_TEXT} 个。请删短一些，写的都还在。")
    return found


def must_be_open(case: Case, what: str) -> None:
    """CaseError for a closed case."""
    if case.closed_at is not None:
        raise CaseError(CLOSED.format(what=what))


def running_clocks(case: Case) -> list[CaseClock]:
    """The rows of its running clocks, with their pauses, locked in one order."""
    rows = CaseClock.objects.select_for_update().filter(case=case, stopped_on__isnull=True)
    return list(rows.prefetch_related("pauses").order_by("id"))


def keep(case: Case, act: Act) -> None:
    """Save the case as one version more, with what its main clock and its state say now."""
    kind = kinds()[case.kind]
    state = kind.machine.state(case.state)
    main = next((row for row in running_clocks(case) if row.rule == kind.main_clock), None)
    is_paused = main is not None and clock_of(main).open_pause is not None
    is_open = not state.is_final
    case.due_on = main.due_on if main and is_open else None
    case.is_estimated = bool(main and is_open and main.is_estimated)
    case.is_waiting = is_open and (is_paused or bool(state.waits_for))
    case.version += 1
    case.changed_at = act.now
    case.save()


def tell(case: Case, act: Act, told: Told, after: Mapping[str, object] | None = None) -> None:
    """Write the line of the timeline and the entry of the log; both come and go with the transaction. Where
    a deputy works on the case of whom they stand in for, both books name both.
    """
    actor = _acting(case, act, told)
    absent = actor.behalf_of if actor is not act.actor else None
    CaseEvent.objects.create(
        case=case,
        happened_at=act.now,
        verb=told.verb,
        words=told.words[:200],
        text=told.text,
        visibility=told.visibility,
        actor_id=act.actor.id,
        actor_name=f"{actor.name}（代{absent.name}）" if absent else actor.name,
        organisation_name=_place(act.actor),
        form_key=told.form_key or None,
    )
    subject = Subject("case", str(case.pk), case.number)
    # The log keeps what was done; what people wrote stays in the case, where it can be forgotten.
    record(Entry(act.now, actor, told.verb, subject, after={"经过": told.words, **(after or {})}))


def _acting(case: Case, act: Act, told: Told) -> Actor:
    """The actor; on behalf of the absent one with whom the case lies, where the actor is their deputy."""
    held_by = told.held_by or str(case.assignee_id or "")
    if held_by not in act.stands_in_for:
        return act.actor
    absent = next(iter(members_of(frozenset({held_by})))).person
    actor, behalf = act.actor, Principal(absent.id, absent.name)
    return Actor(actor.id, actor.name, actor.organisation, behalf, actor.role, actor.seen_by)


def _place(actor: Actor) -> str:
    """For whom somebody acts, as the timeline says it: both sides read who acts on whose behalf."""
    place = actor.organisation.name if actor.organisation else ""
    if actor.behalf_of is None:
        return place
    return f"{place} 替 {actor.behalf_of.name} 办"[:LONGEST_PLACE].strip()


def _was_given_away(case: Case, act: Act) -> bool:
    """Whether a colleague gave it away last: then one is told so, not only that one may not see it."""
    last = CaseEvent.objects.filter(case=case).order_by("-id").first()
    ours = act.actor.organisation
    return bool(last and ours and last.verb == "cases.transfer" and last.organisation_name == ours.name)


def _conflict(case: Case, act: Act) -> ConflictError:
    last = CaseEvent.objects.filter(case=case).order_by("-id").first()
    if last is None:  # pragma: no cover - a case is opened with an event
        raise CaseError(NO_SUCH)
    who = f"{last.actor_name}（{last.organisation_name}）" if last.organisation_name else last.actor_name
    at = last.happened_at.astimezone(act.now.tzinfo)
    return ConflictError(who, at, last.words, is_self=last.actor_id == act.actor.id)
