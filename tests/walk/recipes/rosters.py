"""Lists of organisations, of who belongs to them, of who is invited, and of grants that wait."""

from collections.abc import Iterator, Sequence

from huiqi.foundation.accounts.models import Invitation, Membership, Organisation, Person
from huiqi.foundation.clock.queries import now
from tests.support.people import NOW, organisation
from tests.walk.recipe import Listing, Page, Thing
from tests.walk.recipes.organisations import invitation, of_others, offers, places
from tests.walk.world import Walker, World, marker


def named_places(world: World, walker: Walker) -> Sequence[Thing]:
    """What stands below the walker's organisation, and another with something below it."""
    del world
    return tuple(_named_places(walker))


def colleagues(world: World, walker: Walker) -> Sequence[Thing]:
    """Members of each place, one of them gone."""
    del world
    return tuple(_colleagues(walker))


def refused_here(world: World, walker: Walker) -> Sequence[Thing]:
    """An invitation of each place that was not agreed to: the list says why."""
    del world
    return tuple(_refused(label, relations, place, walker) for label, relations, place in places(walker))


def decided_grants(world: World, walker: Walker) -> Sequence[Thing]:
    """One grant that waits, and others that do not."""
    del world
    waiting, agreed, refused, free = (_of_a_new_place(walker, each) for each in GRANTS)
    Invitation.objects.filter(pk=agreed[1].pk).update(
        approved_at=now(), approved_by=Person.objects.latest("created_at")
    )
    Invitation.objects.filter(pk=refused[1].pk).update(withdrawn_at=now(), reason="不用")
    Invitation.objects.filter(pk=free[1].pk).update(needs_approval=False)
    found = zip(GRANTS, (waiting, agreed, refused, free), strict=True)
    return tuple(Thing(label, frozenset({"all"}), marker=place.name) for label, (place, _) in found)


GRANTS = ("waiting", "agreed to", "refused", "free of a second pair of eyes")


def _of_a_new_place(walker: Walker, label: str) -> tuple[Organisation, Invitation]:
    place = organisation("department", marker("给身份", label, walker.name))
    return place, invitation(place, walker, needs_approval=True)


def _named_places(walker: Walker) -> Iterator[Thing]:
    if walker.place is not None:
        yield _named_place("below", frozenset({"below", "all"}), walker, walker.place)
    yield _named_place("below others", frozenset({"all"}), walker, of_others(walker))


def _named_place(label: str, relations: frozenset[str], walker: Walker, above: Organisation) -> Thing:
    row = organisation(above.kind, f"{marker(walker.name)}{marker(label)}", parent=above)
    return Thing(label, relations, marker=row.name)


def _colleagues(walker: Walker) -> Iterator[Thing]:
    for label, relations, place in places(walker):
        yield _member(label, relations, place, walker)
        yield _member(f"{label}, gone", relations, place, walker, is_gone=True)


def _member(
    label: str, relations: frozenset[str], place: Organisation, walker: Walker, *, is_gone: bool = False
) -> Thing:
    name = marker("同事", label, walker.name)[:30]
    person = Person.objects.create(phone=f"{15500000000 + Person.objects.count()}", name=name, created_at=NOW)
    gone = {"until_at": now()} if is_gone else {}
    Membership.objects.create(person=person, organisation=place, role="handler", from_at=NOW, **gone)
    return Thing(label, relations, marker=name)


def _refused(label: str, relations: frozenset[str], place: Organisation, walker: Walker) -> Thing:
    row = invitation(place, walker)
    reason = marker("没有同意", label, walker.name)
    Invitation.objects.filter(pk=row.pk).update(withdrawn_at=now(), reason=reason)
    return Thing(label, relations, marker=reason)


_SEE, _SEE_ALL = "accounts.see_organisation", "accounts.see_organisations"
_ACCEPT, _GRANTS = "accounts.accept_invitation", "accounts.see_grants"
PAGES = {
    "accounts:organisation": Page(
        reads=_SEE,
        lists=(
            Listing(named_places, _SEE, ("below",)),
            Listing(colleagues, _SEE, ("ours",)),
            Listing(refused_here, "accounts.invite", ("ours",)),
        ),
    ),
    "accounts:organisations": Page(
        reads=_SEE_ALL, lists=(Listing(named_places, _SEE_ALL, ("below", "below others"), "q={walker}"),)
    ),
    "accounts:invitations": Page(reads=_ACCEPT, lists=(Listing(offers, _ACCEPT, ("own",)),)),
    "accounts:grants": Page(reads=_GRANTS, lists=(Listing(decided_grants, _GRANTS, ("waiting",)),)),
}
