"""Requests to change a lost number: the office that asked, those above it, and whose number it is."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta

from huiqi.foundation.accounts.models import Organisation, Person, PhoneRequest
from huiqi.foundation.clock.queries import now
from tests.support.people import organisation
from tests.walk.recipe import Listing, Page, Thing
from tests.walk.world import Walker, World

SAID = {"reason": "看了身份证原件", "agrees_to_proofs": "yes"}


def requests(world: World, walker: Walker) -> Sequence[Thing]:
    """Asked for by the window here, below, and elsewhere; what an account of power needs; the walker's own
    asking.
    """
    del world
    return tuple(_requests(walker))


def own_asking(world: World, walker: Walker) -> Sequence[Thing]:
    """Who asked may take it back; a colleague may not."""
    del world
    return tuple(_own_asking(walker))


def own_number(world: World, walker: Walker) -> Sequence[Thing]:
    """Whose number it is may stop it, and nobody else may."""
    del world
    return tuple(_own_number(walker))


def _requests(walker: Walker) -> Iterator[Thing]:
    assert walker.stranger is not None
    elsewhere = walker.elsewhere or organisation("department")
    if walker.place is not None and walker.below is not None:
        yield _thing("ours", frozenset({"organisation"}), _row(walker.place))
        yield _thing("below", frozenset({"below"}), _row(walker.below))
    yield _thing("others'", frozenset(), _row(elsewhere))
    yield _thing("of power", frozenset({"all"}), _row(elsewhere, weight="power"))


def _own_asking(walker: Walker) -> Iterator[Thing]:
    place = walker.place or organisation("department")
    if walker.who is not None and walker.place is not None:
        row = _row(place, "power", by=walker.who.person)
        yield _thing("own", frozenset({"own"}), row)
    yield _thing("another's", frozenset(), _row(place))


def _own_number(walker: Walker) -> Iterator[Thing]:
    place = organisation("department")
    if walker.who is not None:
        yield _thing("own", frozenset({"own"}), _row(place, person=walker.who.person))
    yield _thing("another's", frozenset(), _row(place))


def _thing(label: str, relations: frozenset[str], row: PhoneRequest) -> Thing:
    return Thing(label, relations, {"request_id": row.pk}, SAID, marker=str(row.pk))


def _row(
    place: Organisation, weight: str = "ordinary", by: Person | None = None, person: Person | None = None
) -> PhoneRequest:
    """One of each account at a time: what was open for it before is closed."""
    whose = person or _person()
    PhoneRequest.objects.filter(person=whose, ended_at__isnull=True).update(end="expired", ended_at=now())
    return PhoneRequest.objects.create(
        form_key=uuid.uuid4().hex[:22],
        person=whose,
        weight=weight,
        old_phone=whose.phone.reveal(),
        new_phone=f"{15500000000 + PhoneRequest.objects.count()}",
        organisation=place,
        requested_by=by or _person(),
        requested_at=now(),
        expires_at=now() + timedelta(days=7),
        proof="id_card",
        has_same_name=True,
        removes_proofs=False,
    )


def _person() -> Person:
    return Person.objects.create(phone=f"{16600000000 + Person.objects.count()}", created_at=now())


_SEE, _OPEN = "accounts.see_phone_requests", "accounts.open_phone_request"
PAGES = {
    "accounts:phone_requests": Page(
        reads=_SEE, lists=(Listing(requests, _SEE, ("ours", "below", "of power")),)
    ),
    "accounts:phone_request_new": Page(reads=_OPEN, writes=_OPEN),
    "accounts:phone_request_code": Page(reads=_OPEN, writes=_OPEN),
    "accounts:phone_request": Page(reads=_SEE, things=requests),
    "accounts:phone_request_approve": Page(writes="accounts.approve_phone_request", things=requests),
    "accounts:phone_request_refuse": Page(writes="accounts.refuse_phone_request", things=requests),
    "accounts:phone_request_withdraw": Page(writes="accounts.withdraw_phone_request", things=own_asking),
    "accounts:phone_request_stop": Page(writes="accounts.stop_phone_request", things=own_number),
}
