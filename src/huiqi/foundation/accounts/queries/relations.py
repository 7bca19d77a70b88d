"""How somebody is related to an organisation or a member: what the table of rights is asked by."""

from datetime import date

from huiqi.foundation.access.queries import relations_for
from huiqi.foundation.accounts.domain import Member
from huiqi.foundation.accounts.queries.mandates import covers
from huiqi.foundation.accounts.queries.organisations import organisations_above
from huiqi.foundation.audit.actions import Actor


def relations_to(actor: Actor, party_id: str, verb: str, as_of: date | None = None) -> frozenset[str]:
    """How ``actor`` is related to a party, as far as it matters for ``verb``: ``own`` where they are it,
    ``organisation`` where they act for it, ``below`` where it stands below the one they act for, ``mandated``
    where they act on its behalf under a mandate that covers the verb on that day; ``all`` holds always.
    """
    found, wanted = {"all"}, relations_for(actor, verb)
    own = actor.organisation.id if actor.organisation else ""
    if actor.id == party_id:
        found.add("own")
    elif own and own == party_id:
        found.add("organisation")
    elif own and "below" in wanted and own in {each.id for each in organisations_above(party_id)}:
        found.add("below")
    if as_of and "mandated" in wanted and covers(actor, party_id, verb, as_of):
        found.add("mandated")
    return frozenset(found)


def relations_to_member(actor: Actor, member: Member, verb: str) -> frozenset[str]:
    """The same for a member: ``own`` where it is oneself, in the role one acts in."""
    found = relations_to(actor, member.organisation.id, verb)
    is_own = member.person.id == actor.id and "organisation" in found
    return found | {"own"} if is_own else found
