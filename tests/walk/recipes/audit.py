"""The log and its looks: the log for auditors alone, looks for whom they are about."""

from collections.abc import Sequence
from uuid import uuid4

from huiqi.foundation.audit.actions import Actor, Entry, Party, Subject, record
from huiqi.foundation.clock.queries import now
from tests.walk.recipe import Listing, Page, Thing
from tests.walk.world import Walker, World, marker

EVERY = frozenset({"all"})


def entries(world: World, walker: Walker) -> Sequence[Thing]:
    """An entry of the log, whoever it is about."""
    del world
    kept = _look(marker("条目", walker.name), Party(uuid4().hex, "某店"))
    return (Thing("an entry", EVERY, {"entry_id": kept}),)


def looks_at_me(world: World, walker: Walker) -> Sequence[Thing]:
    """A look at what is one's own as a person, and one at another's."""
    del world
    assert walker.stranger is not None
    own = [] if walker.who is None else [("own", frozenset({"own"}), walker.who.actor)]
    return _looks([*own, ("another's", frozenset(), walker.stranger.actor)], walker)


def looks_at_us(world: World, walker: Walker) -> Sequence[Thing]:
    """A look at what is one's organisation's, and one at another's."""
    del world
    shown = [
        ("ours", frozenset({"organisation"}), walker.place),
        ("another's", frozenset(), walker.elsewhere),
    ]
    parties = [(label, found, Party(str(each.pk), each.name)) for label, found, each in shown if each]
    return _looks(parties, walker)


def _looks(about: Sequence[tuple[str, frozenset[str], Actor | Party]], walker: Walker) -> Sequence[Thing]:
    things = []
    for label, found, party in about:
        word = marker("看", label, walker.name)
        _look(word, Party(party.id, party.name))
        things.append(Thing(label, found, marker=word))
    return tuple(things)


def _look(word: str, party: Party) -> int:
    reader = Actor("reader", "某人", Party("office", "某局"))
    return record(Entry(now(), reader, "cases.see", Subject("case", uuid4().hex, word), party=party))


PAGES = {
    "audit:log": Page(reads="audit.search"),
    "audit:entry": Page(reads="audit.see_entry", things=entries),
    "audit:export": Page(reads="", writes="audit.export"),
    "audit:looks_at_me": Page(
        reads="audit.see_looks", lists=(Listing(looks_at_me, "audit.see_looks", ("own",)),)
    ),
    "audit:looks_at_us": Page(
        reads="audit.see_our_looks", lists=(Listing(looks_at_us, "audit.see_our_looks", ("ours",)),)
    ),
}
