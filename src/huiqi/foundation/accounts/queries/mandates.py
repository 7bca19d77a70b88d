"""Mandates: who acts for somebody, for whom one may act, and every use of it."""

from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from huiqi.foundation.access.queries import mandatable
from huiqi.foundation.accounts.domain import Organisation
from huiqi.foundation.accounts.domain.mandates import MANDATE_KINDS, Mandate, Side, Use, mandate_state
from huiqi.foundation.accounts.models import Mandate as MandateRow
from huiqi.foundation.accounts.models import MandateVerb
from huiqi.foundation.accounts.models import Organisation as OrganisationRow
from huiqi.foundation.accounts.queries.organisations import as_id, shown
from huiqi.foundation.audit.actions import Actor, Principal
from huiqi.foundation.audit.queries import LogFilters, entries, verbs

GIVEN_AT_ONCE, HELD_A_PAGE, USES_SHOWN, AGENTS_SHOWN = 200, 25, 100, 20
_ROWS = MandateRow.objects.select_related(
    "principal_organisation", "principal_person", "agent_organisation", "agent_person"
).prefetch_related("verbs")


def mandates_given(actor: Actor, as_of: date) -> tuple[Mandate, ...]:
    """What the actor's organisation, or they themselves where they act for none, gave: active ones first."""
    rows = _ROWS.filter(_given_by(actor)).order_by("-granted_at", "id")[:GIVEN_AT_ONCE]
    found = (_mandate(row, as_of) for row in rows)
    return tuple(sorted(found, key=lambda each: not each.can_be_revoked))


def mandates_held(actor: Actor, text: str, as_of: date, page: int = 1) -> tuple[Mandate, ...]:
    """For whom the actor may act on a day, by name; ``text`` narrows to names that hold it. 25 a page."""
    names = F("principal_organisation__name").asc(nulls_last=True)
    first = (page - 1) * HELD_A_PAGE
    rows = _held(actor, text, as_of).order_by(names, "id")[first : first + HELD_A_PAGE]
    return tuple(_mandate(row, as_of) for row in rows)


def count_held(actor: Actor, text: str, as_of: date) -> int:
    """How many `mandates_held` has on all its pages."""
    return _held(actor, text, as_of).count()


def mandate_for(actor: Actor, mandate_id: str, as_of: date) -> tuple[Mandate, frozenset[str]] | None:
    """A mandate with how the actor is related to it; None for what is neither given nor held by them."""
    key = as_id(mandate_id)
    row = _ROWS.filter(pk=key).filter(_given_by(actor) | _held_by(actor)).first() if key else None
    if row is None:
        return None
    return _mandate(row, as_of), relations_of(row, actor)


def relations_of(row: MandateRow, actor: Actor) -> frozenset[str]:
    """``own`` or ``organisation`` for the principal, ``mandated`` for the agent."""
    own = actor.organisation.id if actor.organisation else ""
    found = set()
    if own and str(row.principal_organisation_id) == own:
        found.add("organisation")
    if not own and str(row.principal_person_id) == actor.id:
        found.add("own")
    if (own and str(row.agent_organisation_id) == own) or str(row.agent_person_id) == actor.id:
        found.add("mandated")
    return frozenset(found)


def uses_of(mandate: Mandate) -> tuple[Use, ...]:
    """What the agent did for the principal since the mandate was granted, the newest first. At most 100."""
    wanted = LogFilters(behalf_id=mandate.principal.id, since=mandate.granted_at, limit=USES_SHOWN)
    words = verbs()
    return tuple(
        Use(
            entry.happened_at,
            _by(entry.actor_name, entry.organisation_name),
            words[entry.verb],
            entry.subject_name,
        )
        for entry in reversed(entries(wanted))
        if mandate.agent.id in (entry.actor_id, entry.organisation_id)
    )


def covers(actor: Actor, principal_id: str, verb: str, as_of: date) -> bool:
    """Whether the actor acts for this principal now, under a mandate that names the verb."""
    is_theirs = actor.behalf_of is not None and actor.behalf_of.id == principal_id
    return is_theirs and bool(covering_ids(actor, verb, as_of))


def covering_ids(actor: Actor, verb: str, as_of: date) -> frozenset[UUID]:
    """The mandates under which the actor may do the verb for whom they act for now."""
    key = as_id(actor.behalf_of.id) if actor.behalf_of else None
    if key is None:
        return frozenset()
    given = Q(principal_organisation=key) | Q(principal_person=key)
    rows = _active(as_of).filter(given, _held_by(actor), verbs__verb=verb)
    return frozenset(rows.values_list("pk", flat=True))


def active_mandate(actor: Actor, mandate_id: str, as_of: date) -> Mandate | None:
    """The mandate of this id where the actor may act under it on that day."""
    key = as_id(mandate_id)
    row = _active(as_of).filter(_held_by(actor), pk=key).first() if key else None
    return _mandate(row, as_of) if row else None


def principal_of(actor: Actor, mandate_id: str, as_of: date) -> Principal | None:
    """On whose behalf the actor acts under this mandate, and what they may do: all that this principal lets
    them do that day. None where the mandate is not theirs or not active. One question.
    """
    key = as_id(mandate_id)
    if key is None:
        return None
    held = _active(as_of).filter(_held_by(actor)).select_related(None)
    this = held.filter(pk=key)
    same = Q(mandate__principal_organisation__in=this.values("principal_organisation")) | Q(
        mandate__principal_person__in=this.values("principal_person")
    )
    found = MandateVerb.objects.select_related("mandate__principal_organisation", "mandate__principal_person")
    rows = list(found.filter(same, mandate__in=held.values("pk")))
    if not rows:
        return None
    side = _side(rows[0].mandate.principal_organisation, rows[0].mandate.principal_person)
    is_person = rows[0].mandate.principal_organisation_id is None
    return Principal(side.id, side.name, is_person, frozenset(row.verb for row in rows))


def mandate_taken_up(mandate_id: str, as_of: date) -> Mandate | None:
    """A mandate that was taken up once, however it stands now: to say why it is over."""
    key = as_id(mandate_id)
    row = _ROWS.filter(pk=key).first() if key else None
    return _mandate(row, as_of) if row else None


def possible_agents(kind: str, text: str) -> tuple[Organisation, ...]:
    """Organisations a mandate of this kind can be given to, by name; ``text`` narrows. At most 20."""
    rows = OrganisationRow.objects.filter(kind__in=MANDATE_KINDS[kind].agents, closed_at__isnull=True)
    rows = rows.filter(name__icontains=text) if text else rows
    return tuple(shown(row) for row in rows.order_by("name", "id")[:AGENTS_SHOWN])


def _active(as_of: date) -> QuerySet[MandateRow]:
    is_there = Q(principal_organisation__closed_at__isnull=True, principal_person__left_at__isnull=True)
    return _ROWS.filter(is_there, from_on__lte=as_of, until_on__gte=as_of, revoked_at__isnull=True)


def possible_agent(kind: str, organisation_id: str) -> Organisation | None:
    """The organisation of this id, where a mandate of this kind can be given to it."""
    key = as_id(organisation_id)
    rows = OrganisationRow.objects.filter(kind__in=MANDATE_KINDS[kind].agents, closed_at__isnull=True)
    row = rows.filter(pk=key).first() if key else None
    return shown(row) if row else None


def _held(actor: Actor, text: str, as_of: date) -> QuerySet[MandateRow]:
    rows = _active(as_of).filter(_held_by(actor))
    return rows.filter(principal_organisation__name__icontains=text) if text else rows


def _given_by(actor: Actor) -> Q:
    if actor.organisation is None:
        return Q(principal_person=actor.id)
    return Q(principal_organisation=actor.organisation.id)


def _held_by(actor: Actor) -> Q:
    """A mandate to a person is theirs in whatever role; one to an organisation is for who acts for it."""
    held = Q(agent_person=actor.id)
    return held | Q(agent_organisation=actor.organisation.id) if actor.organisation else held


def _mandate(row: MandateRow, as_of: date) -> Mandate:
    kept = {each.verb for each in row.verbs.all()}
    return Mandate(
        str(row.pk),
        row.kind,
        _side(row.principal_organisation, row.principal_person),
        _side(row.agent_organisation, row.agent_person),
        tuple(words for verb, words in mandatable().items() if verb in kept),
        row.from_on,
        row.until_on,
        row.evidence,
        row.granted_at,
        mandate_state(row.from_on, row.until_on, row.revoked_at, as_of),
        max(0, (row.until_on - as_of).days),
    )


def _side(organisation: OrganisationRow | None, person: object) -> Side:
    if organisation is not None:
        return Side(str(organisation.pk), organisation.name)
    return Side(str(getattr(person, "pk", "")), str(person))


def _by(person: str, organisation: str) -> str:
    return f"{organisation} {person}" if organisation else person
