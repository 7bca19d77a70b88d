"""Organisations, who is invited to them, who belongs there, and who stands in for whom."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from huiqi.foundation.accounts.domain import KINDS
from huiqi.foundation.accounts.models import Deputy, Invitation, Membership, Organisation
from huiqi.foundation.accounts.queries.invited import digest_of
from huiqi.foundation.clock.queries import now, today
from tests.support.people import organisation, someone
from tests.walk.recipe import ANY, Page, Thing
from tests.walk.world import Walker, World, marker

Place = tuple[str, frozenset[str], Organisation]


def organisations(world: World, walker: Walker) -> Sequence[Thing]:
    del world
    return tuple(
        Thing(label, relations, {"organisation_id": place.pk}) for label, relations, place in places(walker)
    )


def invitations(world: World, walker: Walker) -> Sequence[Thing]:
    del world
    return tuple(
        Thing(label, relations, {"invitation_id": invitation(place, walker).pk})
        for label, relations, place in places(walker)
    )


def grants(world: World, walker: Walker) -> Sequence[Thing]:
    """A role that waits for a second pair of eyes."""
    del world
    place = of_others(walker)
    row = invitation(place, walker, needs_approval=True)
    return (Thing("a grant", frozenset({"all"}), {"invitation_id": row.pk}, {"reason": "不用这么多人"}),)


def links(world: World, walker: Walker) -> Sequence[Thing]:
    """Whoever holds a link sees what it invites to."""
    del world
    secret = uuid.uuid4().hex
    invitation(of_others(walker), walker, secret=secret)
    return (Thing("a link", ANY, {"secret": secret}),)


def offers(world: World, walker: Walker) -> Sequence[Thing]:
    """An invitation of one's own number, and of another's, which nobody here may accept."""
    del world
    place, things = of_others(walker), []
    if walker.who is not None:
        business = organisation("business", marker("邀请", "own", walker.name))
        own = invitation(business, walker, phone=walker.who.person.phone.reveal())
        things.append(
            Thing("own", frozenset({"own"}), sends={"invitation": str(own.pk)}, marker=business.name)
        )
    row = invitation(place, walker)
    return (*things, Thing("another's", frozenset(), sends={"invitation": str(row.pk)}, marker=place.name))


def offers_named(world: World, walker: Walker) -> Sequence[Thing]:
    """The same, named in the address."""
    return tuple(
        replace(each, args={"invitation_id": each.sends["invitation"]}) for each in offers(world, walker)
    )


def members(world: World, walker: Walker) -> Sequence[Thing]:
    del world
    return tuple(
        Thing(label, relations, {"membership_id": member}) for label, relations, member in _members(walker)
    )


def deputies(world: World, walker: Walker) -> Sequence[Thing]:
    del world
    return tuple(
        Thing(label, relations, {"deputy_id": _deputy(member).pk})
        for label, relations, member in _members(walker)
    )


def places(walker: Walker) -> Iterator[Place]:
    if walker.place is not None and walker.below is not None:
        yield "ours", frozenset({"organisation", "all"}), walker.place
        yield "below", frozenset({"below", "all"}), walker.below
    yield "others'", frozenset({"all"}), of_others(walker)


def of_others(walker: Walker) -> Organisation:
    place = walker.elsewhere or someone("owner").organisation
    assert place is not None
    return place


def _members(walker: Walker) -> Iterator[tuple[str, frozenset[str], str]]:
    """Who works with the walker, below, and elsewhere; the walker themselves."""
    if walker.who is not None and walker.colleague is not None and walker.below is not None:
        yield "oneself", frozenset({"own", "organisation", "all"}), walker.who.session["acting"]
        yield "a colleague", frozenset({"organisation", "all"}), walker.colleague.session["acting"]
        below = someone(walker.role, walker.below)
        yield "below", frozenset({"below", "all"}), below.session["acting"]
    stranger = walker.stranger if walker.elsewhere else someone("owner")
    assert stranger is not None
    yield "a stranger", frozenset({"all"}), stranger.session["acting"]


def invitation(
    place: Organisation, walker: Walker, *, needs_approval: bool = False, secret: str = "", phone: str = ""
) -> Invitation:
    assert walker.stranger is not None
    roles = sorted(KINDS["department"].roles) if needs_approval else sorted(KINDS[place.kind].roles)
    return Invitation.objects.create(
        organisation=place,
        phone=phone or f"{17700000000 + Invitation.objects.count()}",
        role="officer" if needs_approval and "officer" in roles else roles[0],
        secret_hash=digest_of(secret or uuid.uuid4().hex),
        needs_approval=needs_approval,
        invited_by=walker.stranger.person,
        made_at=now(),
        expires_at=now() + timedelta(days=7),
    )


def _deputy(absent: str) -> Deputy:
    member = Membership.objects.get(pk=absent)
    other = someone(member.role, member.organisation)
    return Deputy.objects.create(
        absent=member,
        deputy_id=other.session["acting"],
        from_on=today(),
        until_on=today() + timedelta(days=3),
        reason="休假",
        made_by=member.person,
        made_at=now(),
    )


_SEE, _INVITE = "accounts.see_organisation", "accounts.invite"
_ACCEPT, _DECLINE = "accounts.accept_invitation", "accounts.decline_invitation"
_WITHDRAW, _GRANTS = "accounts.withdraw_invitation", "accounts.see_grants"
_OPEN, _CHANGE, _CLOSE = (f"accounts.{each}_organisation" for each in ("open", "change", "close"))
_END, _HAND_OVER = "accounts.end_membership", "accounts.hand_over"
_DEPUTY, _END_DEPUTY = "accounts.appoint_deputy", "accounts.end_deputy"
PAGES = {
    "accounts:organisation_open": Page(reads=_OPEN, writes=_OPEN),
    "accounts:organisation_of": Page(reads=_SEE, things=organisations),
    "accounts:organisation_change": Page(reads=_CHANGE, writes=_CHANGE, things=organisations),
    "accounts:organisation_close": Page(reads=_CLOSE, writes=_CLOSE, things=organisations),
    "accounts:invite": Page(reads=_INVITE, writes=_INVITE, things=organisations),
    "accounts:accept": Page(reads=_ACCEPT, writes=_ACCEPT, things=offers, is_quiet=True),
    "accounts:decline": Page(reads=_DECLINE, writes=_DECLINE, things=offers_named),
    "accounts:invitation_made": Page(reads=_INVITE, things=invitations),
    "accounts:withdraw": Page(reads=_WITHDRAW, writes=_WITHDRAW, things=invitations),
    "accounts:invited": Page(reads="accounts.see_invitation", things=links),
    "accounts:grant": Page(reads=_GRANTS, things=grants),
    "accounts:approve": Page(writes="accounts.approve_grant", things=grants),
    "accounts:refuse": Page(writes="accounts.refuse_grant", things=grants),
    "accounts:member_end": Page(reads=_END, writes=_END, things=members),
    "accounts:member_hand_over": Page(reads=_HAND_OVER, writes=_HAND_OVER, things=members),
    "accounts:deputy": Page(reads=_DEPUTY, writes=_DEPUTY, things=members),
    "accounts:deputy_end": Page(reads=_END_DEPUTY, writes=_END_DEPUTY, things=deputies),
}
