"""Requests to change a lost number: as the staff of an office sees them, and as whose number it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q

from huiqi.foundation.access.queries import may, relations_for, role_words
from huiqi.foundation.accounts.domain.lost_phone import (
    HEADS,
    OPENERS,
    PROOFS,
    STATE_WORDS,
    Course,
    RequestState,
    Weight,
    relations_that_count,
    weight_of,
)
from huiqi.foundation.accounts.models import Membership, Person, PhoneRequest
from huiqi.foundation.accounts.queries.acting import memberships_of
from huiqi.foundation.accounts.queries.organisations import as_id, organisations_below
from huiqi.foundation.accounts.queries.relations import relations_to
from huiqi.foundation.audit.actions import Actor

SEE, OPEN = "accounts.see_phone_requests", "accounts.open_phone_request"
WITHDRAW, STOP = "accounts.withdraw_phone_request", "accounts.stop_phone_request"
APPROVE, REFUSE = "accounts.approve_phone_request", "accounts.refuse_phone_request"
SHOWN_DAYS, MOST_SHOWN = 30, 100
ROWS = PhoneRequest.objects.select_related("person", "organisation", "requested_by", "decided_by")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a history: when, what, by whom (masked, empty for the site), and why."""

    at: datetime
    words: str
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as its page shows it. Names and numbers are masked; ``fate`` says how it stands."""

    id: str
    person_id: str
    name: str
    old_phone: str
    new_phone: str
    weight: Weight
    place: str
    by: str
    requested_by_id: str
    requested_at: datetime
    expires_at: datetime
    effective_at: datetime | None
    proof: str
    note: str
    has_same_name: bool
    removes_proofs: bool
    state: RequestState
    reason: str
    steps: tuple[Step, ...]

    @property
    def fate(self) -> str:
        return STATE_WORDS[self.state]

    @property
    def is_waiting(self) -> bool:
        return self.state is RequestState.WAITING

    @property
    def is_open(self) -> bool:
        return self.state in (RequestState.WAITING, RequestState.AGREED)


@dataclass(frozen=True, slots=True)
class Tray:
    """What somebody sees of the requests: those that wait for them, those under way, those that ended."""

    for_me: tuple[Asked, ...]
    under_way: tuple[Asked, ...]
    ended: tuple[Asked, ...]


def requests_for(actor: Actor, now: datetime) -> Tray:
    """The requests the table lets ``actor`` see, those that ended for a month. One question, and one more
    for who leads other offices.
    """
    below = _below(actor)
    asked = [(row, asked_of(row, now)) for row in _visible(actor, below, now)]
    for_me = [each for row, each in asked if each.is_waiting and may_decide(actor, row, below)]
    mine = {each.id for each in for_me}
    return Tray(
        tuple(for_me),
        tuple(each for _, each in asked if each.is_open and each.id not in mine),
        tuple(each for _, each in asked if not each.is_open),
    )


def request_for(actor: Actor, request_id: str, now: datetime) -> tuple[Asked, frozenset[str]] | None:
    """One request with how ``actor`` is related to it for seeing it; None where there is none."""
    key = as_id(request_id)
    row = ROWS.filter(pk=key).first() if key else None
    return (asked_of(row, now), relations_to_request(actor, row, SEE)) if row else None


def may_decide_on(actor: Actor, request_id: str) -> bool:
    """Whether ``actor`` is somebody who may agree to it or refuse it."""
    key = as_id(request_id)
    row = ROWS.filter(pk=key).first() if key else None
    return row is not None and may_decide(actor, row, _below(actor))


def own_requests(person_id: str, now: datetime) -> tuple[Asked, ...]:
    """What was asked for one's own account: what is open, and what ended within a month. One question."""
    rows = ROWS.filter(_recent(now), person_id=person_id).order_by("-requested_at")
    return tuple(asked_of(row, now) for row in rows[:MOST_SHOWN])


def open_request_of(person_id: str, now: datetime) -> str:
    """The id of the request that would change one's number; empty for none. One question."""
    open_ones = PhoneRequest.objects.filter(person_id=person_id, ended_at__isnull=True)
    alive = open_ones.filter(Q(approved_at__isnull=False) | Q(expires_at__gt=now))
    return str(alive.values_list("pk", flat=True).first() or "")


def is_awaited(phone: str) -> bool:
    """Whether some account is to get this number, so that none is made for it meanwhile."""
    return PhoneRequest.objects.filter(new_phone_index=phone, ended_at__isnull=True).exists()


def relations_to_request(actor: Actor, row: PhoneRequest, verb: str) -> frozenset[str]:
    """How ``actor`` is related to a request for a verb: by the office that asked, as who asked, or, to stop
    it, as whose number it is.
    """
    if verb == STOP:
        return frozenset({"own"}) if str(row.person_id) == actor.id else frozenset()
    found = relations_to(actor, str(row.organisation_id), verb)
    if "organisation" in found and str(row.requested_by_id) == actor.id:
        found |= {"own"}
    return relations_that_count(found, Weight(row.weight), is_decision=verb in (APPROVE, REFUSE))


def may_decide(actor: Actor, row: PhoneRequest, below: frozenset[str]) -> bool:
    """Whether the table lets ``actor`` agree to a request that is neither theirs nor for them."""
    if actor.id in (str(row.requested_by_id), str(row.person_id)) or actor.organisation is None:
        return False
    place, found = str(row.organisation_id), {"all"}
    if place == actor.organisation.id:
        found.add("organisation")
    elif place in below:
        found.add("below")
    counted = relations_that_count(frozenset(found), Weight(row.weight), is_decision=True)
    return may(actor, APPROVE, counted)


def weight_of_person(person: Person) -> Weight:
    """How much an account opens now."""
    return weight_of((each.organisation.kind, each.role) for each in memberships_of(person))


def may_open_for(actor: Actor, person: Person) -> bool:
    """Whether ``actor`` may ask for this account: by its weight, and for heads by where its people work."""
    memberships = memberships_of(person)
    weight = weight_of((each.organisation.kind, each.role) for each in memberships)
    if actor.role not in OPENERS[weight] or actor.organisation is None:
        return False
    ours = {actor.organisation.id, *_below(actor)}
    places = [str(each.organisation_id) for each in memberships if each.organisation.kind != "business"]
    return actor.role not in HEADS or ours.issuperset(places)


def deciders_of(row: PhoneRequest) -> tuple[str, ...]:
    """The ids of who is told that a request waits: the others of the office for what the window asked, the
    security administrators for all else.
    """
    current = Membership.objects.filter(until_at__isnull=True, person__left_at__isnull=True)
    if row.weight == Weight.ORDINARY:
        roles = ("window_clerk", "department_head")
        current = current.filter(organisation=row.organisation_id, role__in=roles)
    else:
        current = current.filter(role="security_admin")
    without = (row.requested_by_id, row.person_id)
    found = current.exclude(person__in=without).order_by("from_at", "id").values_list("person_id", flat=True)
    return tuple(dict.fromkeys(str(each) for each in found[:MOST_SHOWN]))


def course_of(row: PhoneRequest) -> Course:
    """What has happened to it."""
    return Course(row.expires_at, row.approved_at, row.effective_at, row.end)


def asked_of(row: PhoneRequest, now: datetime) -> Asked:
    """A row as its readers get it."""
    return Asked(
        str(row.pk),
        str(row.person_id),
        str(row.person),
        str(row.old_phone),
        str(row.new_phone),
        Weight(row.weight),
        row.organisation.name,
        str(row.requested_by),
        str(row.requested_by_id),
        row.requested_at,
        row.expires_at,
        row.effective_at,
        PROOFS[row.proof],
        row.note,
        row.has_same_name,
        row.removes_proofs,
        course_of(row).state(now),
        row.reason,
        _steps(row),
    )


def what_it_opens(request: Asked) -> str:
    """The roles of the account, for whoever decides: 经营者，王小明面馆."""
    person = Person(pk=request.person_id)
    held = [f"{role_words(each.role)}，{each.organisation.name}" for each in memberships_of(person)]
    return "；".join(held) or "个人"


def _steps(row: PhoneRequest) -> tuple[Step, ...]:
    steps = [Step(row.requested_at, "提出换号申请", str(row.requested_by), row.note)]
    if row.approved_at:
        steps.append(Step(row.approved_at, "核对后同意", str(row.decided_by), row.checked))
    if row.ended_at:
        by = {
            RequestState.REFUSED: str(row.decided_by),
            RequestState.WITHDRAWN: str(row.requested_by),
            RequestState.STOPPED: str(row.person),
        }
        state = RequestState(row.end)
        steps.append(Step(row.ended_at, STATE_WORDS[state], by.get(state, ""), row.reason))
    return tuple(steps)


def _visible(actor: Actor, below: frozenset[str], now: datetime) -> Sequence[PhoneRequest]:
    allowed, seen = relations_for(actor, SEE), Q(pk__in=())
    if actor.organisation is None:
        return ()
    if "organisation" in allowed:
        seen |= Q(organisation=actor.organisation.id)
    if "below" in allowed:
        seen |= Q(organisation__in=below)
    if "all" in allowed:
        seen |= ~Q(weight=Weight.ORDINARY)
    open_first = F("ended_at").desc(nulls_first=True)
    rows = ROWS.filter(_recent(now), seen).order_by(open_first, "-requested_at", "id")
    return tuple(rows[:MOST_SHOWN])


def _recent(now: datetime) -> Q:
    return Q(ended_at__isnull=True) | Q(ended_at__gte=now - timedelta(days=SHOWN_DAYS))


def _below(actor: Actor) -> frozenset[str]:
    if actor.organisation is None or "below" not in relations_for(actor, APPROVE):
        return frozenset()
    return frozenset(each.id for each in organisations_below(actor.organisation.id))
