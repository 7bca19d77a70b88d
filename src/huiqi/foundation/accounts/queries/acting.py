"""Who acts: a person signed in, in one of their roles."""

from collections.abc import Mapping

from huiqi.foundation.accounts.models import Membership, Person
from huiqi.foundation.audit.actions import Actor, Party

VISITOR = Actor("visitor", "访客", role="visitor")
PERSON_KEY, ACTING_KEY = "person", "acting"
# What else a session holds: when it began (ISO 8601), by which methods, where, and what a page names it by;
# ``proven`` where two proofs were given, ``waiting`` for who still owes the second one.
BEGAN_KEY, METHOD_KEY, DEVICE_KEY, HANDLE_KEY = "began", "method", "device", "handle"
PROVEN_KEY, WAITING_KEY = "proven", "waiting"


def actor_of(session: Mapping[str, object]) -> Actor:
    """The actor a session speaks for; a visitor where nobody is signed in or their account is over.

    Who has chosen no organisation, or is no longer a member of it, acts as a person.
    """
    person_id = session.get(PERSON_KEY)
    person = Person.objects.filter(pk=str(person_id), left_at__isnull=True).first() if person_id else None
    if person is None:
        return VISITOR
    acting = session.get(ACTING_KEY)
    member = _membership(person, str(acting)) if acting else None
    return actor_as(person, member)


def actor_as(person: Person, member: Membership | None) -> Actor:
    """A person in one of their memberships; None for nobody's member."""
    if member is None:
        return Actor(str(person.pk), str(person), role="person")
    organisation = Party(str(member.organisation_id), member.organisation.name)
    return Actor(str(person.pk), str(person), organisation=organisation, role=member.role)


def memberships_of(person: Person) -> tuple[Membership, ...]:
    """What somebody is a member of now, the oldest first."""
    return tuple(
        Membership.objects.select_related("organisation")
        .filter(person=person, until_at__isnull=True, organisation__closed_at__isnull=True)
        .order_by("from_at", "pk")
    )


def _membership(person: Person, membership_id: str) -> Membership | None:
    return (
        Membership.objects.select_related("organisation")
        .filter(pk=membership_id, person=person, until_at__isnull=True, organisation__closed_at__isnull=True)
        .first()
    )
