"""What somebody is to a case: what the table of rights is asked by."""

from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.cases.models import Case


def relations_to(actor: Actor, case: Case) -> frozenset[str]:
    """The relations of ``actor`` to a case read with its organisation."""
    ours = actor.organisation.id if actor.organisation else None
    found = {"all"}
    if ours and ours == str(case.organisation_id):
        found.add("organisation")
    if ours and ours in (str(case.overseer_id), str(case.organisation.parent_id)):
        found.add("below")
    if case.party_id and case.party_id in (actor.id, ours):
        found.add("own")
    return frozenset(found)
