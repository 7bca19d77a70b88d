"""By which relations somebody stands to what a document belongs to: each kind answers for itself."""

from collections.abc import Callable

from huiqi.foundation.accounts.queries import party_of
from huiqi.foundation.audit.actions import Actor, Party, Principal
from huiqi.foundation.documents.domain import Holder, KeptDocument

Relations = Callable[[Actor, Holder], frozenset[str]]
NONE: frozenset[str] = frozenset()


def _to_a_person(actor: Actor, holder: Holder) -> frozenset[str]:
    if actor.behalf_of is not None:
        return _to_a_principal(actor.behalf_of, holder)
    return frozenset({"own"}) if actor.id == holder.id else NONE


def _to_an_organisation(actor: Actor, holder: Holder) -> frozenset[str]:
    if actor.behalf_of is not None:
        return _to_a_principal(actor.behalf_of, holder)
    is_theirs = actor.organisation is not None and actor.organisation.id == holder.id
    return frozenset({"organisation"}) if is_theirs else NONE


def _to_a_principal(principal: Principal, holder: Holder) -> frozenset[str]:
    return frozenset({"mandated"}) if principal.id == holder.id else NONE


_RELATIONS: dict[str, Relations] = {"person": _to_a_person, "organisation": _to_an_organisation}
SHELVES = frozenset(_RELATIONS)  # kinds whose documents their own people may also remove


def declare_holder(kind: str, relations: Relations) -> None:
    """Let a room answer for its own kind of holder; called once, when the site starts.

    ``relations`` is given who asks and the holder, and says by which relations of the table of rights they
    stand to it. Without a declaration a kind is closed to everybody.
    """
    if _RELATIONS.setdefault(kind, relations) is not relations:
        raise ValueError(f"somebody else answers for {kind}")


def relations_to(actor: Actor, holder: Holder) -> frozenset[str]:
    """By which relations ``actor`` stands to a holder; none where nobody answers for its kind."""
    asked = _RELATIONS.get(holder.kind)
    return asked(actor, holder) if asked else NONE


def shelf_of(actor: Actor) -> Holder:
    """Where somebody keeps what they hand in again and again: their organisation's shelf, or their own;
    that of the principal for who acts on somebody's behalf.
    """
    principal = actor.behalf_of
    if principal is not None:
        return Holder("person", principal.id) if principal.is_person else _shelf(principal.id)
    if actor.organisation is not None:
        return _shelf(actor.organisation.id)
    return Holder("person", actor.id)


def party_behind(actor: Actor, holder: Holder) -> Party | None:
    """Whose data the documents of a holder are; None where they are of nobody in particular."""
    party_id = holder.organisation_id or holder.id
    own = (Party(actor.id, actor.name), actor.organisation, actor.behalf_of)
    known = next((each for each in own if each and each.id == party_id), None)
    return known or party_of(party_id)


def is_on_a_shelf(document: KeptDocument) -> bool:
    """Whether its own people may remove it: what was handed in with a case stays with the case."""
    return document.holder.kind in SHELVES and not document.is_issued


def _shelf(organisation_id: str) -> Holder:
    return Holder("organisation", organisation_id, organisation_id)
