"""Signing in, one's own account, and the ways one proves to be oneself."""

import uuid
from collections.abc import Iterator, Sequence

from huiqi.foundation.access.domain import ROLES
from huiqi.foundation.accounts.domain.demo import DEMO_ACCOUNTS
from huiqi.foundation.accounts.models import Passkey, Person, Session
from tests.support.people import NOW
from tests.walk.recipe import ANY, Listing, Outcome, Page, Thing
from tests.walk.recipes.identities import identities
from tests.walk.world import VISITOR, Walker, World, marker


def passkeys(world: World, walker: Walker) -> Sequence[Thing]:
    del world
    return tuple(_passkeys(walker))


def sessions(world: World, walker: Walker) -> Sequence[Thing]:
    del world
    return tuple(_sessions(walker))


def memberships(world: World, walker: Walker) -> Sequence[Thing]:
    """Roles to act in: one's own, and another's."""
    del world
    return tuple(_memberships(walker))


def demo_people(world: World, walker: Walker) -> Sequence[Thing]:
    """The demo's people, whom anybody may be with one tap, and a real one, whom nobody may."""
    del world
    demo = Person.objects.get(phone_index=DEMO_ACCOUNTS[0].number)
    assert walker.stranger is not None
    return (
        Thing("one of the demo", ANY, sends={"person": str(demo.pk)}),
        Thing("a real person", frozenset(), sends={"person": str(walker.stranger.person.pk)}),
    )


def _passkeys(walker: Walker) -> Iterator[Thing]:
    assert walker.stranger is not None
    if walker.who is not None:
        _passkey("spare", frozenset({"own"}), walker.who.person, walker.name)
        yield _passkey("own", frozenset({"own"}), walker.who.person, walker.name)
    yield _passkey("another's", frozenset(), walker.stranger.person, walker.name)


def _passkey(label: str, relations: frozenset[str], person: Person, name: str) -> Thing:
    device = marker("钥匙", label, name)[:60]
    row = Passkey.objects.create(
        person=person, credential=uuid.uuid4().hex, public_key=b"k", device=device, added_at=NOW
    )
    return Thing(label, relations, sends={"passkey": str(row.pk)}, marker=device)


def _sessions(walker: Walker) -> Iterator[Thing]:
    assert walker.stranger is not None
    if walker.who is not None:
        yield _session("own", frozenset({"own"}), walker.who.person, walker.name)
    yield _session("another's", frozenset(), walker.stranger.person, walker.name)


def _session(label: str, relations: frozenset[str], person: Person, name: str) -> Thing:
    device = marker("手机", label, name)[:60]
    row = Session.objects.create(
        session_key=uuid.uuid4().hex,
        session_data="",
        expire_date=NOW.replace(year=NOW.year + 9),
        handle=uuid.uuid4(),
        person=person,
        device=device,
        began_at=NOW,
    )
    return Thing(label, relations, sends={"session": str(row.handle)}, marker=device)


def _memberships(walker: Walker) -> Iterator[Thing]:
    if walker.who is not None and walker.who.organisation is not None:
        acting = walker.who.session["acting"]
        yield Thing("own", frozenset({"own"}), sends={"role": acting}, marker=walker.who.organisation.name)
    else:
        yield Thing("own as a person", frozenset({"own"}), sends={"role": ""}, marker="个人")
    if walker.elsewhere is not None and walker.stranger is not None:
        theirs = walker.stranger.session["acting"]
        yield Thing("another's", frozenset(), sends={"role": theirs}, marker=walker.elsewhere.name)


MAY_BE_WITHOUT_PROOFS = {"person", "owner", "handler", "adviser", VISITOR}
_SIGN_IN, _KEEP, _SWITCH = "accounts.sign_in", "accounts.keep_own", "accounts.switch_role"
_IN = Page(reads=_SIGN_IN, writes=_SIGN_IN)
_OWN = Page(reads=_KEEP, writes=_KEEP)
PAGES = {
    "accounts:own": Page(
        reads=_KEEP,
        lists=(
            Listing(passkeys, _KEEP, ("own",)),
            Listing(sessions, _KEEP, ("own",)),
            Listing(identities, _KEEP, ("own",)),
        ),
    ),
    "accounts:sign_in": _IN,
    "accounts:code": _IN,
    "accounts:sign_in_password": _IN,
    "accounts:demo": Page(writes=_SIGN_IN, things=demo_people),
    "accounts:second": _IN,
    "accounts:passkey_ask": Page(writes=_SIGN_IN),
    "accounts:passkey": Page(
        writes=_SIGN_IN,
        sends={"answer": "{}"},
        but={("everyone", "POST"): Outcome.REFUSED},
        why="what no passkey answered lets nobody in",
    ),
    "accounts:sign_out": Page(writes="accounts.sign_out"),
    "accounts:set_up": _IN,
    "accounts:passkey_offer": Page(
        writes=_SIGN_IN,
        but={(VISITOR, "POST"): Outcome.REFUSED},
        why="nobody's passkey is set up for who has not signed in",
    ),
    "accounts:passkey_add": Page(
        writes=_SIGN_IN,
        sends={"answer": "{}"},
        but={("everyone", "POST"): Outcome.REFUSED, (VISITOR, "POST"): Outcome.OPEN},
        why="what no passkey answered is not kept, and a visitor is led to the sign-in",
    ),
    "accounts:passkey_remove": Page(writes=_KEEP, things=passkeys, is_quiet=True),
    "accounts:recovery_codes": Page(writes=_KEEP),
    "accounts:proofs_remove": Page(
        writes=_KEEP,
        but={(role, "POST"): Outcome.REFUSED for role in set(ROLES) - {"everyone"} - MAY_BE_WITHOUT_PROOFS},
        why="who works with others' affairs keeps a second proof",
    ),
    "accounts:name": Page(reads=_KEEP, writes=_KEEP, sends={"name": "王新名"}),
    "accounts:password": _OWN,
    "accounts:phone": _OWN,
    "accounts:phone_codes": _OWN,
    "accounts:end_sessions": Page(writes=_KEEP, things=sessions, is_quiet=True),
    "accounts:role": Page(
        reads=_SWITCH,
        writes=_SWITCH,
        things=memberships,
        is_quiet=True,
        lists=(Listing(memberships, _SWITCH, ("own", "own as a person")),),
    ),
    "accounts:close": _OWN,
}
