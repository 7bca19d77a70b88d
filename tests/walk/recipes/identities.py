"""Signing in with the account of another site: where no provider is set up, and where one is."""

import uuid
from collections.abc import Sequence

from huiqi.foundation.accounts.domain.identities import Asserted
from huiqi.foundation.accounts.models import ExternalIdentity, Person
from tests.support.people import NOW
from tests.walk.recipe import ANY, Outcome, Page, Thing
from tests.walk.world import VISITOR, Walker, World, marker


def identities(world: World, walker: Walker) -> Sequence[Thing]:
    """What the walker connected, and what another did."""
    del world
    assert walker.stranger is not None
    another = _identity("another's", frozenset(), walker.stranger.person, walker.name)
    if walker.who is None:
        return (another,)
    return (_identity("own", frozenset({"own"}), walker.who.person, walker.name), another)


def brought(world: World, walker: Walker) -> Sequence[Thing]:
    """What a browser brings back from a provider it was not sent to from here."""
    del world, walker
    sent = {"code": "c", "state": "of another browser"}
    return (Thing("begun elsewhere", ANY, sends=sent, query="code=c&state=of-another-browser"),)


def _identity(label: str, relations: frozenset[str], person: Person, name: str) -> Thing:
    provider = marker("别处", label, name)[:40]
    issuer = f"https://{uuid.uuid4()}.example"
    row = ExternalIdentity.objects.create(
        person=person,
        issuer=issuer,
        provider=provider,
        subject=Asserted(provider, issuer, "u-1").key,
        is_proven=False,
        connected_at=NOW,
    )
    return Thing(label, relations, sends={"identity": str(row.pk)}, marker=provider)


_SIGN_IN, _KEEP = "accounts.sign_in", "accounts.keep_own"
_GET, _POST = ("everyone", "GET"), ("everyone", "POST")
_WHY = "no other provider is set up"
PAGES = {
    "accounts:identity_leave": Page(
        writes=_SIGN_IN,
        but={(VISITOR, "POST"): Outcome.REFUSED},
        why=_WHY,
        connected=Page(writes=_SIGN_IN),
    ),
    "accounts:identity_back": Page(
        reads=_SIGN_IN,
        writes=_SIGN_IN,
        but={_GET: Outcome.REFUSED, _POST: Outcome.REFUSED},
        why=_WHY,
        connected=Page(
            reads=_SIGN_IN,
            writes=_SIGN_IN,
            things=brought,
            but={_POST: Outcome.REFUSED},
            why="nobody gets in by what another browser began",
        ),
    ),
    "accounts:identity_first": Page(
        reads=_SIGN_IN, writes=_SIGN_IN, connected=Page(reads=_SIGN_IN, writes=_SIGN_IN)
    ),
    "accounts:identity_connect": Page(
        writes=_KEEP,
        but={(VISITOR, "POST"): Outcome.SIGN_IN, _POST: Outcome.REFUSED},
        why=_WHY,
        connected=Page(writes=_KEEP),
    ),
    "accounts:identity_end": Page(writes=_KEEP, things=identities, is_quiet=True),
    "accounts:signed_out": Page(
        reads=_SIGN_IN, but={_GET: Outcome.REFUSED}, why=_WHY, connected=Page(reads=_SIGN_IN)
    ),
}
