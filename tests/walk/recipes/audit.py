"""The log for auditors, and to everybody who looked at what is theirs."""

from collections.abc import Iterator, Sequence

from huiqi.foundation.audit.models import AuditEntry
from tests.support.people import NOW
from tests.walk.recipe import Listing, Page, Thing
from tests.walk.world import Walker, World, marker


def looks(world: World, walker: Walker) -> Sequence[Thing]:
    """Looks at the walker's own, at their organisation's, and at somebody else's."""
    del world
    return tuple(_looks(walker))


def entries(world: World, walker: Walker) -> Sequence[Thing]:
    """An entry of the log, whosever it is."""
    last = looks(world, walker)[-1]
    return (Thing(last.label, frozenset({"all"}), {"entry_id": last.args["entry_id"]}),)


def _looks(walker: Walker) -> Iterator[Thing]:
    assert walker.stranger is not None
    if walker.who is not None:
        yield _look("own", frozenset({"own"}), str(walker.who.person.pk), walker)
    if walker.place is not None:
        yield _look("ours", frozenset({"organisation"}), str(walker.place.pk), walker)
    if walker.elsewhere is not None:
        yield _look("others'", frozenset(), str(walker.elsewhere.pk), walker)
    yield _look("another person's", frozenset(), str(walker.stranger.person.pk), walker)


def _look(label: str, relations: frozenset[str], party: str, walker: Walker) -> Thing:
    subject = marker("看过", label, walker.name)[:60]
    row = AuditEntry.objects.create(
        happened_at=NOW,
        actor_id="somebody",
        actor_name=subject,
        verb="cases.see",
        subject_kind="case",
        subject_id=subject,
        subject_name=subject,
        changes="{}",
        party_id=party,
        party_name=subject,
    )
    return Thing(label, relations, {"entry_id": row.pk}, marker=subject)


_SEARCH, _LOOKS, _OURS = "audit.search", "audit.see_looks", "audit.see_our_looks"
PAGES = {
    "audit:looks_at_me": Page(reads=_LOOKS, lists=(Listing(looks, _LOOKS, ("own",)),)),
    "audit:looks_at_us": Page(reads=_OURS, lists=(Listing(looks, _OURS, ("ours",)),)),
    "audit:log": Page(reads=_SEARCH),
    "audit:entry": Page(reads="audit.see_entry", things=entries),
    "audit:export": Page(writes="audit.export", sends={"purpose": "每月查一遍"}),
}
