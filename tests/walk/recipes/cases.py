"""Cases: an organisation handles them, one above it may look, and a party has its own."""

from collections.abc import Iterator, Sequence

from django.db import transaction

from huiqi.foundation.accounts.models import Organisation
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.cases.actions import Act, Opening, open_case
from huiqi.foundation.cases.models import Case
from huiqi.foundation.cases.queries import receipt_of
from huiqi.foundation.clock.queries import workday_table
from tests.support.people import NOW, Someone
from tests.walk.recipe import ANY, Listing, Page, Thing
from tests.walk.world import Walker, World, marker


def cases(world: World, walker: Walker) -> Sequence[Thing]:
    """One in each relation, and one of others' of the same kind."""
    del world
    return tuple(_cases(walker))


def receipts(world: World, walker: Walker) -> Sequence[Thing]:
    """Whoever holds a receipt follows the case."""
    number = world.things(cases, walker)[-1].args["number"]
    return (Thing("a receipt", ANY, {"receipt": receipt_of(str(Case.objects.get(number=number).pk))}),)


def leavers(world: World, walker: Walker) -> Sequence[Thing]:
    """Whose cases are handed over: a colleague, and somebody who works elsewhere."""
    del world
    return tuple(_leavers(walker))


def _cases(walker: Walker) -> Iterator[Thing]:
    if walker.who is not None:
        yield _case("own as a person", {"own"}, walker, party_id=str(walker.who.person.pk))
    if walker.place is not None:
        yield _case("own", {"own"}, walker, party_id=str(walker.place.pk))
        yield _case("ours", {"organisation"}, walker, walker.place, assignee=_member(walker.colleague))
        yield _case("below", {"below"}, walker, walker.below)
        yield _case("raised", {"below"}, walker, walker.elsewhere, overseer=str(walker.place.pk))
    theirs = walker.elsewhere
    more = {"assignee": _member(walker.stranger), "overseer": str(theirs.pk)} if theirs else {}
    yield _case("others'", set(), walker, theirs, **more)
    if walker.mandate is not None:
        yield _case("the principal's", {"mandated"}, walker, party_id=str(walker.mandate.principal.pk))


def _case(
    label: str, relations: set[str], walker: Walker, place: Organisation | None = None, **more: str
) -> Thing:
    title = marker("办件", label, walker.name)
    overseer, assignee = more.pop("overseer", None), more.pop("assignee", None)
    with transaction.atomic():
        opener = Act(Actor("visitor", "访客", role="visitor"), NOW, workday_table())
        made = open_case(Opening("mistake", title, title, **more), opener)
    changed = {"overseer_id": overseer, "assignee_id": assignee, **({"organisation": place} if place else {})}
    Case.objects.filter(pk=made.id).update(**changed)
    to = f"{place.pk if place else ''}:"
    return Thing(label, frozenset({*relations, "all"}), {"number": made.number}, {"to": to}, marker=title)


def _leavers(walker: Walker) -> Iterator[Thing]:
    if walker.colleague is not None:
        yield Thing("a colleague", frozenset({"organisation"}), sends={"from": _member(walker.colleague)})
    if walker.elsewhere is not None:
        yield Thing("a stranger", frozenset(), sends={"from": _member(walker.stranger)})
    if walker.place is None:
        yield Thing("nobody", frozenset(), sends={"from": ""})


def _member(who: Someone | None) -> str:
    assert who is not None
    return who.session["acting"]


_SENT = {"version": "1", "text": "请补一张照片", "confirmed": "yes"}
PAGES = {
    "cases:desk": Page(
        reads="cases.see_desk",
        lists=(
            Listing(cases, "cases.see", ("ours",), "scope=ours"),
            Listing(cases, "cases.see", ("raised",), "scope=raised"),
            Listing(cases, "cases.see", (), "scope=mine"),
        ),
    ),
    "cases:own": Page(
        reads="cases.see_own",
        lists=(Listing(cases, "cases.see_own", ("own", "own as a person", "the principal's")),),
    ),
    "cases:hand_over": Page(
        reads="cases.hand_over", writes="cases.hand_over", things=leavers, sends=_SENT, is_quiet=True
    ),
    "cases:follow": Page(reads="cases.follow", things=receipts),
    "cases:case": Page(reads="cases.see", things=cases),
    "cases:advance": Page(writes="cases.advance", things=cases, sends={**_SENT, "action": "start"}),
    "cases:note": Page(writes="cases.note", things=cases, sends=_SENT),
    "cases:pause": Page(reads="cases.pause", writes="cases.pause", things=cases, sends=_SENT),
    "cases:resume": Page(writes="cases.resume", things=cases, sends=_SENT),
    "cases:transfer": Page(reads="cases.transfer", writes="cases.transfer", things=cases, sends=_SENT),
}
