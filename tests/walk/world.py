"""Everybody who walks: one for each role, a visitor, who sees the site as another, who acts on behalf of
another and who may no more; and what they meet.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

from huiqi.foundation.access.domain import ROLES
from huiqi.foundation.accounts.actions.demo import make_demo_people
from huiqi.foundation.accounts.models import (
    Mandate,
    MandateVerb,
    Membership,
    Organisation,
    Person,
    SupportLook,
)
from huiqi.foundation.accounts.queries.acting import (
    ACTING_KEY,
    BEHALF_KEY,
    METHOD_KEY,
    PROVEN_KEY,
    SEEING_KEY,
)
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.clock.queries import now, today
from tests.services.policy.seed import LOADED_AT, load_seed, shipped
from tests.support.people import NOW, Someone, client_of, organisation, someone
from tests.walk.recipe import Page, Thing, Things

VISITOR = "visitor"
SEEING = "support who sees the site as an owner"
NO_ROLES = ("everyone", "signed_in")
# What one may let another do, and what goes with it: see access.domain.words.
ENTRUSTED = frozenset(
    {
        *("matching.ask", "calculator.work_out", "cases.see", "cases.see_own", "cases.note", "cases.advance"),
        *("documents.see", "documents.upload", "documents.download"),
    }
)


@dataclass(frozen=True, eq=False, slots=True)
class Taken:
    """A mandate somebody took up for a business: what they may do for it, nothing where it is over."""

    principal: Organisation
    verbs: frozenset[str]

    @property
    def is_over(self) -> bool:
        return not self.verbs


@dataclass(frozen=True, eq=False, slots=True)
class Walker:
    """Somebody before the doors of the site, in the role the table is asked by. ``place`` is their
    organisation (None for who has none), ``below`` one under it, ``elsewhere`` another of its kind.
    """

    name: str
    role: str
    who: Someone | None
    cookies: dict[str, str]
    place: Organisation | None = None
    below: Organisation | None = None
    elsewhere: Organisation | None = None
    colleague: Someone | None = None
    stranger: Someone | None = None
    mandate: Taken | None = None

    @property
    def is_seeing(self) -> bool:
        return self.name == SEEING


@dataclass(eq=False)
class World:
    """Walkers and their things, each made once."""

    walkers: list[Walker] = field(default_factory=list)
    made: dict[tuple[Things, str], tuple[Thing, ...]] = field(default_factory=dict)

    def things(self, things: Things, walker: Walker) -> tuple[Thing, ...]:
        return self.made[things, walker.name]

    def make(self, pages: Iterable[Page]) -> None:
        """Make what these pages are about, for every walker."""
        both = [each for page in pages for each in (page, page.connected) if each]
        lists = [(page.things, *(each.things for each in page.lists)) for page in both]
        for things in dict.fromkeys(things for each in lists for things in each):
            for walker in self.walkers:
                self.made[things, walker.name] = tuple(things(self, walker))


def build(pages: Iterable[Page]) -> World:
    """The library, the demo's people, a walker for each role, and all their things."""
    load_seed(shipped(), LOADED_AT)
    # Before any other office, so that cases of nobody in particular go to one of theirs, whatever day it is.
    make_demo_people(NOW - timedelta(days=1), Actor("test", "测试"))
    Person.objects.create(phone="13900000000", created_at=now())  # `someone` counts on behind the demo
    world = World([_walker(role) for role in ROLES if role not in NO_ROLES])
    world.walkers.append(_seeing(next(each for each in world.walkers if each.role == "owner")))
    world.walkers.extend(_acting())
    world.make(pages)
    return world


def marker(*words: object) -> str:
    """A word no page has by itself."""
    return "标记" + "".join(str(word) for word in words).replace(" ", "").replace("'", "")


def _walker(role: str) -> Walker:
    if role == VISITOR:
        return Walker(role, role, None, {}, stranger=someone("person"))
    who, stranger = someone(role), someone(role)
    if who.organisation is None:
        return Walker(role, role, who, _cookies(who), stranger=stranger)
    kind = who.organisation.kind
    return Walker(
        role,
        role,
        who,
        _cookies(who),
        place=who.organisation,
        below=organisation(kind, f"下级的{role}", parent=who.organisation),
        elsewhere=stranger.organisation,
        colleague=someone(role, who.organisation),
        stranger=stranger,
    )


def _seeing(owner: Walker) -> Walker:
    """Support sees what the owner sees, and may change nothing of it."""
    support, seen = someone("support"), owner.who
    assert seen is not None
    look = SupportLook.objects.create(
        support_id=support.person.pk,
        seen=seen.person,
        membership=Membership.objects.get(pk=seen.session["acting"]),
        reason="一起看一看",
        from_at=now() - timedelta(minutes=1),
        until_at=now() + timedelta(hours=1),
    )
    session = {**support.session, SEEING_KEY: str(look.pk)}
    cookies = _cookies(Someone(support.person, support.organisation, session))
    return Walker(
        SEEING,
        owner.role,
        seen,
        cookies,
        place=owner.place,
        below=owner.below,
        elsewhere=owner.elsewhere,
        colleague=owner.colleague,
        stranger=owner.stranger,
    )


def _acting() -> Iterator[Walker]:
    """Who acts for a business: an adviser in all one can let another do, somebody in one thing alone, and two
    whose mandates are over.
    """
    yesterday = today() - timedelta(days=1)
    yield _agent("adviser", "on behalf of a business", ENTRUSTED)
    yield _agent("person", "on behalf of a business in one thing", frozenset({"cases.see", "cases.see_own"}))
    yield _agent("person", "whose mandate ran out", ENTRUSTED, until_on=yesterday)
    yield _agent("person", "whose mandate was revoked", ENTRUSTED, revoked_at=now())


def _agent(role: str, words: str, verbs: frozenset[str], **ended: object) -> Walker:
    """Somebody of this role with a mandate taken up; ``ended`` is how it is over."""
    walker = _walker(role)
    assert walker.who is not None
    principal = organisation("business")
    row = Mandate.objects.create(
        form_key=uuid.uuid4().hex[:22],
        kind="bookkeeper" if walker.place else "handler",
        principal_organisation=principal,
        agent_organisation=walker.place,
        agent_person=None if walker.place else walker.who.person,
        evidence="签了合同",
        granted_by=someone("owner", principal).person,
        granted_at=now(),
        **{"from_on": today() - timedelta(days=9), "until_on": today() + timedelta(days=30), **ended},
    )
    MandateVerb.objects.bulk_create(MandateVerb(mandate=row, verb=verb) for verb in sorted(verbs))
    taken = {"mandate": str(row.pk), "acting": walker.who.session.get(ACTING_KEY, "")}
    session = {**walker.who.session, BEHALF_KEY: taken}
    return replace(
        walker,
        name=f"{role} {words}",
        cookies=_cookies(Someone(walker.who.person, walker.who.organisation, session)),
        mandate=Taken(principal, frozenset() if ended else verbs),
    )


def _cookies(who: Someone) -> dict[str, str]:
    proven = {METHOD_KEY: "code+totp", PROVEN_KEY: True}
    whole = Someone(who.person, who.organisation, {**who.session, **proven})
    return {"sessionid": client_of(whole).cookies["sessionid"].value}
