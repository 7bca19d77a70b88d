"""Organisations, who is invited to them, who leaves and who stands in: by place, never by a guessed id."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta

from huiqi.foundation.accounts.domain import KINDS
from huiqi.foundation.accounts.domain.members import APPROVED_ROLES
from huiqi.foundation.accounts.models import Deputy, Invitation, Membership, Organisation, Person
from huiqi.foundation.accounts.queries.invited import digest_of
from huiqi.foundation.clock.queries import now, today
from tests.support.people import organisation, someone
from tests.walk.recipe import ANY, Listing, Page, Thing
from tests.walk.world import Walker, World, marker

Place = tuple[str, frozenset[str], Organisation]
EVERY = frozenset({"all"})


def places(world: World, walker: Walker) -> Sequence[Thing]:
    """Organisations: one's own, one below it, one that is neither."""
    del world
    return tuple(
        Thing(label, found, {"organisation_id": place.pk}, {"reason": "看错了", "name": "某局"})
        for label, found, place in _places(walker)
    )


def invitations(world: World, walker: Walker) -> Sequence[Thing]:
    """To a role at each of them."""
    del world
    return tuple(
        Thing(label, found, {"invitation_id": _invitation(walker, place).pk})
        for label, found, place in _places(walker)
    )


def grants(world: World, walker: Walker) -> Sequence[Thing]:
    """Invitations to roles of power, wherever they are."""
    del world
    place = organisation("department", marker("局", walker.name)[:60])
    row = _invitation(walker, place, "department_head")
    return (Thing("a grant", EVERY, {"invitation_id": row.pk}, {"reason": "不认识"}, marker=place.name),)


def links(world: World, walker: Walker) -> Sequence[Thing]:
    """Whoever holds the link reads what it invites to."""
    del world
    secret = uuid.uuid4().hex
    _invitation(walker, organisation("business"), secret=secret)
    return (Thing("a link", ANY, {"secret": secret}),)


def to_accept(world: World, walker: Walker) -> Sequence[Thing]:
    """What one's own number is invited to, and another's."""
    del world
    assert walker.stranger is not None
    people = [("another's", frozenset(), walker.stranger.person)]
    if walker.who is not None:
        people.insert(0, ("own", frozenset({"own"}), walker.who.person))
    rows = ((*each, _invitation(walker, organisation("business"), phone=each[2])) for each in people)
    return tuple(Thing(label, found, sends={"invitation": str(row.pk)}) for label, found, _, row in rows)


def members(world: World, walker: Walker) -> Sequence[Thing]:
    """Oneself, a colleague, a member below, a member elsewhere."""
    del world
    return tuple(
        Thing(label, found, {"membership_id": row.pk}, {"reason": "调走了"})
        for label, found, row in _members(walker)
    )


def deputies(world: World, walker: Walker) -> Sequence[Thing]:
    """Who stands in for each of them."""
    del world
    return tuple(
        Thing(label, found, {"deputy_id": _deputy(row).pk}) for label, found, row in _members(walker)
    )


def _places(walker: Walker) -> Iterator[Place]:
    if walker.place is not None and walker.below is not None:
        yield "ours", EVERY | {"organisation"}, walker.place
        yield "below", EVERY | {"below"}, walker.below
    yield "others'", EVERY, walker.elsewhere or organisation("business")


def _members(walker: Walker) -> Iterator[tuple[str, frozenset[str], Membership]]:
    if walker.who is not None and walker.place is not None and walker.colleague is not None:
        ours = EVERY | {"organisation"}
        yield "oneself", ours | {"own"}, _membership(walker.who.session["acting"])
        yield "a colleague", ours, _membership(walker.colleague.session["acting"])
        below = someone(walker.role, walker.below)
        yield "below", EVERY | {"below"}, _membership(below.session["acting"])
    assert walker.stranger is not None
    stranger = walker.stranger if walker.elsewhere else someone("officer")
    yield "others'", EVERY, _membership(stranger.session["acting"])


def _membership(key: object) -> Membership:
    return Membership.objects.get(pk=str(key))


def _invitation(
    walker: Walker,
    place: Organisation,
    role: str = "",
    *,
    phone: Person | None = None,
    secret: str = "",
) -> Invitation:
    assert walker.stranger is not None
    wanted = role or next(each for each in KINDS[place.kind].roles)
    return Invitation.objects.create(
        organisation=place,
        role=wanted,
        phone=phone.phone.reveal() if phone else f"{16700000000 + Invitation.objects.count()}",
        secret_hash=digest_of(secret or uuid.uuid4().hex),
        needs_approval=wanted in APPROVED_ROLES,
        invited_by=someone("officer").person,
        made_at=now(),
        expires_at=now() + timedelta(days=7),
    )


def _deputy(absent: Membership) -> Deputy:
    stands_in = _membership(someone(absent.role, absent.organisation).session["acting"])
    return Deputy.objects.create(
        absent=absent,
        deputy=stands_in,
        from_on=today(),
        until_on=today(),
        reason="休假",
        made_by=stands_in.person,
        made_at=now(),
    )


_SEE, _ALL, _OPEN = "accounts.see_organisation", "accounts.see_organisations", "accounts.open_organisation"
_CHANGE, _CLOSE, _INVITE = "accounts.change_organisation", "accounts.close_organisation", "accounts.invite"
_TAKE_BACK, _ACCEPT = "accounts.withdraw_invitation", "accounts.accept_invitation"
_GRANTS, _END, _HAND = "accounts.see_grants", "accounts.end_membership", "accounts.hand_over"
_DEPUTY, _END_DEPUTY = "accounts.appoint_deputy", "accounts.end_deputy"
PAGES = {
    "accounts:organisation": Page(reads=_SEE),
    "accounts:organisations": Page(reads=_ALL),
    "accounts:organisation_open": Page(reads=_OPEN, writes=_OPEN),
    "accounts:organisation_of": Page(reads=_SEE, things=places),
    "accounts:organisation_change": Page(reads=_CHANGE, writes=_CHANGE, things=places),
    "accounts:organisation_close": Page(reads=_CLOSE, writes=_CLOSE, things=places),
    "accounts:invite": Page(reads=_INVITE, writes=_INVITE, things=places),
    "accounts:invitations": Page(reads=_ACCEPT),
    "accounts:accept": Page(reads=_ACCEPT, writes=_ACCEPT, things=to_accept, is_quiet=True),
    "accounts:invitation_made": Page(reads=_INVITE, things=invitations),
    "accounts:withdraw": Page(reads=_TAKE_BACK, writes=_TAKE_BACK, things=invitations),
    "accounts:invited": Page(reads="accounts.see_invitation", things=links),
    "accounts:grants": Page(reads=_GRANTS, lists=(Listing(grants, _GRANTS, ("a grant",)),)),
    "accounts:grant": Page(reads=_GRANTS, things=grants),
    "accounts:approve": Page(writes="accounts.approve_grant", things=grants),
    "accounts:refuse": Page(writes="accounts.refuse_grant", things=grants),
    "accounts:member_end": Page(reads=_END, writes=_END, things=members),
    "accounts:member_hand_over": Page(reads=_HAND, writes=_HAND, things=members),
    "accounts:deputy": Page(reads=_DEPUTY, writes=_DEPUTY, things=members),
    "accounts:deputy_end": Page(reads=_END_DEPUTY, writes=_END_DEPUTY, things=deputies),
}
