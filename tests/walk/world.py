"""Everybody who walks: one for each role, a visitor, and who sees the site as another; and what they meet."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from huiqi.foundation.access.domain import ROLES
from huiqi.foundation.accounts.actions.demo import make_demo_people
from huiqi.foundation.accounts.models import Membership, Organisation, Person, SupportLook
from huiqi.foundation.accounts.queries.acting import METHOD_KEY, PROVEN_KEY, SEEING_KEY
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.clock.queries import now
from tests.services.policy.seed import LOADED_AT, load_seed, shipped
from tests.support.people import Someone, client_of, organisation, someone
from tests.walk.recipe import Page, Thing, Things

VISITOR = "visitor"
SEEING = "support who sees the site as an owner"
NO_ROLES = ("everyone", "signed_in")


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
        lists = [(page.things, *(each.things for each in page.lists)) for page in pages]
        for things in dict.fromkeys(things for each in lists for things in each):
            for walker in self.walkers:
                self.made[things, walker.name] = tuple(things(self, walker))


def build(pages: Iterable[Page]) -> World:
    """The library, the demo's people, a walker for each role, and all their things."""
    load_seed(shipped(), LOADED_AT)
    make_demo_people(now(), Actor("test", "测试"))
    Person.objects.create(phone="13900000000", created_at=now())  # `someone` counts on behind the demo
    world = World([_walker(role) for role in ROLES if role not in NO_ROLES])
    world.walkers.append(_seeing(next(each for each in world.walkers if each.role == "owner")))
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


def _cookies(who: Someone) -> dict[str, str]:
    proven = {METHOD_KEY: "code+totp", PROVEN_KEY: True}
    whole = Someone(who.person, who.organisation, {**who.session, **proven})
    return {"sessionid": client_of(whole).cookies["sessionid"].value}
