"""What may be meant while it is still being typed: items by their names, and searches completed."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from huiqi.foundation.storage.search import Completer, Listener, Name, normal, typed_runs
from huiqi.services.policy.library.queries.lists import is_shut, list_order
from huiqi.services.policy.library.queries.shelf import Library, LibraryItem, current_library
from huiqi.services.policy.library.search import listener_at, segmenter, spoken_words

MOST = 8
MOST_SEARCHES = 3
_LONGEST = 60  # as many characters as the search takes
_MOST_RUNS = 6
# What owners are known to say comes before what a document happens to hold.
_SPOKEN_WEIGHT = 1_000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line to tap: an item, or a whole search where ``item_id`` is empty."""

    text: str
    item_id: str = ""
    is_shut: bool = False


def suggest(text: str, as_of: date) -> tuple[Suggestion, ...]:
    """At most eight suggestions for what stands typed so far, searches first; none for nothing.

    Items of other places are not suggested. One query, one more in the first call after a change.
    """
    typed = typed_runs(text[:_LONGEST])[:_MOST_RUNS]
    if not typed:
        return ()
    library = current_library()
    listener = listener_at(library.edition.content_hash)
    searches = tuple(Suggestion(each) for each in _completed(text[:_LONGEST], typed[-1], listener))
    named = [each for each in _named(library, typed, as_of) if each.text not in {s.text for s in searches}]
    return (*searches, *named[: MOST - len(searches)])


def _completed(text: str, last: str, listener: Listener) -> tuple[str, ...]:
    """The search with its last run grown into a word, or where none begins so, with the last word of that
    run; what ends in a space is not being typed any more.
    """
    if text != text.rstrip():
        return ()
    for part in dict.fromkeys((last, *segmenter().asked(last)[-1:])):
        grown = _completer(listener).beginning(part, MOST_SEARCHES)
        if grown and normal(text).endswith(part):
            kept = text[: len(text) - len(part)]
            return tuple(f"{kept}{word}" for word in grown)
        if grown:
            return grown
    return ()


def _named(library: Library, typed: tuple[str, ...], as_of: date) -> list[Suggestion]:
    """The local items whose names hold every run, in force first, then where the first run stands first."""
    found: list[tuple[bool, int, LibraryItem]] = []
    for each, name in _names(library):
        places = [name.place_of(run) for run in typed]
        if None not in places:
            found.append((is_shut(each, as_of), places[0] or 0, each))
    found.sort(key=lambda one: (one[0], one[1], list_order(one[2], as_of)))
    return [Suggestion(each.item.title, each.item.id, shut) for shut, _, each in found[:MOST]]


@lru_cache(maxsize=2)
def _names(library: Library) -> tuple[tuple[LibraryItem, Name], ...]:
    return tuple((each, Name.of(each.item.title)) for each in library.items.values() if each.is_local)


@lru_cache(maxsize=2)
def _completer(listener: Listener) -> Completer:
    """The words of the index with the documents that hold them, and what owners say instead."""
    words, counts = spoken_words(), listener.counts
    said = [word for word, means in words.synonyms.items() if word in counts or counts.keys() & set(means)]
    # What a single document holds may be a cut of the segmenter nobody would say.
    weights = {word: count for word, count in counts.items() if count > 1 and word not in words.skipped}
    for word in (*said, *(word for word in words.words if word in counts)):
        weights[word] = counts.get(word, 0) + _SPOKEN_WEIGHT
    return Completer(weights)
