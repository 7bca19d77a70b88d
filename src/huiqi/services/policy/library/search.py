"""The library's index: how items become documents, and who understands what is asked of them."""

import threading
from functools import cache
from hashlib import sha256

from huiqi.catalogue.items import Item
from huiqi.catalogue.search_words import SearchWords, load_search_words
from huiqi.foundation.storage.search import (
    Document,
    Listener,
    SearchIndex,
    Segmenter,
    Vocabulary,
    search_index,
)
from huiqi.services.policy.library.domain import KINDS

INDEX = "library_search"
# Raised where documents are made otherwise than before, so that an index of an older release is made anew.
SHAPE = "2"


def library_index() -> SearchIndex:
    return search_index(INDEX)


@cache
def spoken_words() -> SearchWords:
    """The reviewed words of this installation, read once."""
    return load_search_words()


@cache
def segmenter() -> Segmenter:
    return Segmenter(spoken_words().whole)


def made_from(edition_hash: str) -> str:
    """What an index is made from: the edition, the words, the way documents are made."""
    words = sha256("\n".join(spoken_words().whole).encode()).hexdigest()[:16]
    return f"{SHAPE}:{words}:{edition_hash}"


def document_of(item: Item) -> Document:
    """An item as words; what a reader of its page sees, and nothing else, can be found."""
    cut = segmenter().kept
    loan = (KINDS[item.kind], *item.loan.guarantee) if item.loan else ()
    rest = (
        item.issuer,
        item.doc_no or "",
        item.benefit.formula,
        item.channel,
        *item.conditions_text,
        *item.manual_checks,
        *item.materials,
        item.loan.bank if item.loan else "",
    )
    summary, body = cut("\n".join((item.summary, *loan))), cut("\n".join(map(str, rest)))
    return Document(item.id, item.region_code, cut(item.title), summary, body)


class _Ears:
    """Who listened last, for every thread of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: tuple[str, Listener] | None = None

    def at(self, edition_hash: str) -> Listener:
        held = self._held
        if held is not None and held[0] == edition_hash:
            return held[1]
        with self._lock:
            counts = library_index().words()
            listener = Listener(segmenter(), spoken_words(), Vocabulary(counts))
            # An index not built yet is about to be: nothing of it is kept.
            self._held = (edition_hash, listener) if counts else None
            return listener


_ears = _Ears()


def listener_at(edition_hash: str) -> Listener:
    """Who understands searches of this edition. One query in the first call after a change, then none."""
    return _ears.at(edition_hash)
