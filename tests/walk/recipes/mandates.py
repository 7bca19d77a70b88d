"""Mandates: the principal grants and takes back, the agent acts and gives up, nobody else sees them."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta

from huiqi.foundation.accounts.models import Mandate, MandateVerb, Organisation, Person
from huiqi.foundation.clock.queries import now, today
from tests.walk.recipe import Listing, Page, Thing
from tests.walk.world import Walker, World, marker

Party = Organisation | Person


def mandates(world: World, walker: Walker) -> Sequence[Thing]:
    """One that was given, one that is held, and one of two others."""
    del world
    return tuple(_mandates(walker))


def _mandates(walker: Walker) -> Iterator[Thing]:
    assert walker.stranger is not None
    other, third = walker.stranger.person, Person.objects.create(phone=_number(), created_at=now())
    if walker.who is not None:
        ours: Party = walker.place or walker.who.person
        given = frozenset({"organisation" if walker.place else "own"})
        yield _mandate("given", given, walker, ours, other)
        yield _mandate("held", frozenset({"mandated"}), walker, other, walker.who.person)
    yield _mandate("others'", frozenset(), walker, third, other)


def past(world: World, walker: Walker) -> Sequence[Thing]:
    """What the walker held and holds no more, what has not begun, and what another holds."""
    del world
    return tuple(_past(walker))


def _past(walker: Walker) -> Iterator[Thing]:
    assert walker.stranger is not None
    other, day = walker.stranger.person, timedelta(days=1)
    yield _mandate("held by another", frozenset(), walker, other, Person.objects.latest("created_at"))
    if walker.who is None:
        return
    for label, changed in (
        ("run out", {"from_on": today() - day, "until_on": today() - day}),
        ("revoked", {"revoked_at": now()}),
        ("still to come", {"from_on": today() + day}),
    ):
        one = _mandate(label, frozenset({"mandated"}), walker, other, walker.who.person)
        Mandate.objects.filter(pk=one.marker).update(**changed)
        yield one


def _mandate(label: str, relations: frozenset[str], walker: Walker, giver: Party, agent: Person) -> Thing:
    evidence = marker("委托", label, walker.name)
    is_place = isinstance(giver, Organisation)
    row = Mandate.objects.create(
        form_key=uuid.uuid4().hex[:22],
        kind="handler",
        principal_organisation=giver if is_place else None,
        principal_person=None if is_place else giver,
        agent_person=agent,
        from_on=today(),
        until_on=today() + timedelta(days=30),
        evidence=evidence,
        granted_by=agent,
        granted_at=now(),
    )
    MandateVerb.objects.create(mandate=row, verb="matching.ask")
    return Thing(label, relations, {"mandate_id": row.pk}, marker=str(row.pk))


def held(world: World, walker: Walker) -> Sequence[Thing]:
    """The same, named in a form instead of in the address."""
    found = mandates(world, walker)
    return tuple(Thing(each.label, each.relations, sends={"mandate": each.marker}) for each in found)


def _number() -> str:
    return f"{16600000000 + Person.objects.count()}"


_SEE, _GRANT, _ACT = "accounts.see_mandates", "accounts.grant_mandate", "accounts.act_on_behalf"
_REVOKE, _SEE_AS = "accounts.revoke_mandate", "accounts.see_as"
PAGES = {
    "accounts:mandates": Page(
        reads=_SEE, lists=(Listing(mandates, _SEE, ("given", "held")), Listing(past, _SEE, ()))
    ),
    "accounts:mandate_grant": Page(reads=_GRANT, writes=_GRANT),
    "accounts:mandate": Page(reads=_SEE, things=mandates),
    "accounts:mandate_revoke": Page(reads=_REVOKE, writes=_REVOKE, things=mandates),
    "accounts:principals": Page(
        reads=_ACT, lists=(Listing(mandates, _ACT, ("held",)), Listing(past, _ACT, ()))
    ),
    "accounts:act_on_behalf": Page(writes=_ACT, things=held, is_quiet=True),
    "accounts:stop_acting": Page(writes="accounts.stop_acting"),
    "accounts:see_as": Page(reads=_SEE_AS, writes=_SEE_AS, sends={"phone": "13900000000", "reason": "看看"}),
    "accounts:end_seeing": Page(writes="accounts.end_seeing"),
    "accounts:looks": Page(reads="accounts.see_looks"),
}
