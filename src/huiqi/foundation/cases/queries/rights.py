"""What somebody is to a case: what the table of rights is asked by."""

from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.cases.models import Case


def relations_to(actor: Actor, case: Case) -> frozenset[str]:
    """The relations of ``actor`` to a case read with its organisation. Who acts on a party's behalf is to
    its cases what the mandate makes them, whatever they are otherwise.
    """
    if actor.behalf_of is not None:
        return frozenset({"mandated"} if case.party_id == actor.behalf_of.id else ())
    ours = actor.organisation.id if actor.organisation else None
    found = {"all"}
    if ours and ours == str(case.organisation_id):
        found.add("organisation")
    if ours and ours in (str(case.overseer_id), str(case.organisation.parent_id)):
        found.add("below")
    if case.party_id and case.party_id in (actor.id, ours):
        found.add("own")
    return frozenset(found)


def role_of(actor: Actor) -> str:
    """As whom the machine of a case knows the actor: an agent stands where the party's own people do."""
    if actor.behalf_of is None:
        return actor.role
    return "person" if actor.behalf_of.is_person else "handler"


def party_ids_of(actor: Actor) -> frozenset[str]:
    """The parties whose cases are shown as the actor's own."""
    if actor.behalf_of is not None:
        return frozenset({actor.behalf_of.id})
    return frozenset({actor.id, *([actor.organisation.id] if actor.organisation else [])})
