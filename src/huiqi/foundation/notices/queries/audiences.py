"""Whom an organisation may tell something: its own people, those below, and whom rooms above know."""

from collections.abc import Callable
from dataclasses import dataclass

from huiqi.foundation.access.queries import relations_for
from huiqi.foundation.accounts.queries import organisations_below, people_of_parties
from huiqi.foundation.audit.actions import Actor


@dataclass(frozen=True, slots=True)
class Audience:
    """A group of people who can be told at once. ``relation`` is the one the table of rights lets
    ``notices.announce`` be done by; ``people`` gives the ids of the persons, by the organisation's id.
    """

    id: str
    label: str
    relation: str
    people: Callable[[str], tuple[str, ...]]


def _colleagues(organisation_id: str) -> tuple[str, ...]:
    return people_of_parties(frozenset({organisation_id}))


def _below(organisation_id: str) -> tuple[str, ...]:
    return people_of_parties(frozenset(each.id for each in organisations_below(organisation_id)))


_AUDIENCES = {
    each.id: each
    for each in (
        Audience("colleagues", "本单位的同事", "organisation", _colleagues),
        Audience("below", "下级单位的人", "below", _below),
    )
}


def register_audience(audience: Audience) -> None:
    """Called from AppConfig.ready of the room that knows these people; the same id replaces itself."""
    _AUDIENCES[audience.id] = audience


def audiences_for(actor: Actor) -> tuple[Audience, ...]:
    """The groups ``actor`` may tell something in the name of their organisation."""
    allowed = relations_for(actor, "notices.announce")
    return tuple(each for each in _AUDIENCES.values() if each.relation in allowed)


def people_of(audience_id: str, actor: Actor) -> tuple[str, ...]:
    """Who is in a group ``actor`` may tell something, themselves left out; nobody for any other group."""
    found = next((each for each in audiences_for(actor) if each.id == audience_id), None)
    if found is None or actor.organisation is None:
        return ()
    return tuple(each for each in found.people(actor.organisation.id) if each != actor.id)
