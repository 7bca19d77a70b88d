"""The port of full-text search: what is put in, what is asked, what comes back. One adapter a database."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

MOST_PARTLY = 60


@dataclass(frozen=True, slots=True)
class Document:
    """One document already cut into words, with how often each occurs: in what it is called, in what it says
    at first, in all the rest. ``place`` is a word to narrow a search by.
    """

    key: str
    place: str
    title: Counter[str]
    summary: Counter[str]
    body: Counter[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found; ``score`` grows with how well it answers, and compares within one search alone.
    ``share`` is the share of the groups asked for of which it holds a word, above 0 and at most 1.
    """

    key: str
    score: float
    share: float

    @property
    def is_whole(self) -> bool:
        return self.share == 1

    @property
    def worth(self) -> float:
        """The score, less for what leaves a part of the question unanswered."""
        return self.score * self.share


class SearchIndex(Protocol):
    """An index in the database, named by its tables."""

    def rebuild(self, documents: Iterable[Document], made_from: str) -> None:
        """Put these documents in the place of all there were; inside the caller's transaction."""

    def made_from(self) -> str:
        """What ``rebuild`` was last told it was made from; empty for an index never built. One query."""

    def words(self) -> Mapping[str, int]:
        """Every word with the number of documents that hold it. One query."""

    def search(
        self, groups: tuple[tuple[str, ...], ...], places: frozenset[str], enough: int
    ) -> tuple[Hit, ...]:
        """Documents that answer wholly, wherever they belong; where fewer than ``enough`` of them belong to
        ``places``, also the best of those in ``places`` that answer partly: by score times share. One query;
        none without groups.
        """


def counts_of(documents: Iterable[Document]) -> Counter[str]:
    """The number of documents that hold each word."""
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update({*document.title, *document.summary, *document.body})
    return counts
