"""Who acts: a person signed in, in one of their roles."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from huiqi.foundation.accounts.models import Membership, Person, SupportLook
from huiqi.foundation.accounts.queries.mandates import principal_of
from huiqi.foundation.accounts.queries.organisations import as_id
from huiqi.foundation.audit.actions import Actor, Party

VISITOR = Actor("visitor", "访客", role="visitor")
PERSON_KEY, ACTING_KEY = "person", "acting"
# What else a session holds: when it began (ISO 8601), by which methods, where, and what a page names it by;
# ``proven`` where two proofs were given, ``waiting`` for who still owes the second one.
BEGAN_KEY, METHOD_KEY, DEVICE_KEY, HANDLE_KEY = "began", "method", "device", "handle"
PROVEN_KEY, WAITING_KEY = "proven", "waiting"
# Under which mandate its person acts, in which role it was taken up; which look of a support member it is,
# and until when.
BEHALF_KEY, SEEING_KEY, SEEING_UNTIL_KEY = "behalf", "seeing", "seeing_until"


def actor_of(session: Mapping[str, object], now: datetime | None = None) -> Actor:
    """The actor a session speaks for; a visitor where nobody is signed in or their account is over.

    Who has chosen no organisation, or is no longer a member of it, acts as a person. What holds for a time
    only, a mandate or a look of support, is asked for at ``now``; without a moment nobody but the person
    signed in acts.
    """
    person_id = session.get(PERSON_KEY)
    person = Person.objects.filter(pk=str(person_id), left_at__isnull=True).first() if person_id else None
    if person is None:
        return VISITOR
    acting = session.get(ACTING_KEY)
    member = _membership(person, str(acting)) if acting else None
    actor = actor_as(person, member)
    if now is None:
        return actor
    return _seeing(session, actor, now) or _on_behalf(session, actor, now) or actor


def actor_as(person: Person, member: Membership | None) -> Actor:
    """A person in one of their memberships; None for nobody's member."""
    if member is None:
        return Actor(str(person.pk), str(person), role="person")
    organisation = Party(str(member.organisation_id), member.organisation.name)
    return Actor(str(person.pk), str(person), organisation=organisation, role=member.role)


def lapse_of(session: Mapping[str, object], actor: Actor) -> str:
    """BEHALF_KEY or SEEING_KEY where its session says that somebody acts, or looks, for another and its actor
    does so no more: the mandate or the look is over. Empty otherwise. Asks nothing.
    """
    if actor.role == VISITOR.role or actor.seen_by is not None:
        return ""
    if SEEING_KEY in session:
        return SEEING_KEY
    return BEHALF_KEY if BEHALF_KEY in session and actor.behalf_of is None else ""


def seen_until(session: Mapping[str, object]) -> datetime | None:
    """When the look of a support member is over; None for none."""
    until = session.get(SEEING_UNTIL_KEY)
    return datetime.fromisoformat(str(until)) if until else None


def memberships_of(person: Person) -> tuple[Membership, ...]:
    """What somebody is a member of now, the oldest first."""
    return tuple(
        Membership.objects.select_related("organisation")
        .filter(person=person, until_at__isnull=True, organisation__closed_at__isnull=True)
        .order_by("from_at", "pk")
    )


def _seeing(session: Mapping[str, object], support: Actor, now: datetime) -> Actor | None:
    """Whom a support member sees the site as, while the look lasts and that person still has that role."""
    if SEEING_KEY not in session or support.role != "support":
        return None
    looks = SupportLook.objects.select_related("seen", "membership__organisation").filter(
        pk=str(session[SEEING_KEY]),
        support=as_id(support.id),
        until_at__gt=now,
        ended_at__isnull=True,
        seen__left_at__isnull=True,
        membership__until_at__isnull=True,
        membership__organisation__closed_at__isnull=True,
    )
    look = looks.first()
    if look is None:
        return None
    return replace(actor_as(look.seen, look.membership), seen_by=Party(support.id, support.name))


def _on_behalf(session: Mapping[str, object], agent: Actor, now: datetime) -> Actor | None:
    """The agent on the principal's behalf, while the mandate is active, in the role it was taken up in."""
    taken = session.get(BEHALF_KEY)
    if not isinstance(taken, dict) or taken.get("acting") != str(session.get(ACTING_KEY, "")):
        return None
    principal = principal_of(agent, str(taken.get("mandate", "")), now.date())
    return replace(agent, behalf_of=principal) if principal else None


def _membership(person: Person, membership_id: str) -> Membership | None:
    return (
        Membership.objects.select_related("organisation")
        .filter(pk=membership_id, person=person, until_at__isnull=True, organisation__closed_at__isnull=True)
        .first()
    )
