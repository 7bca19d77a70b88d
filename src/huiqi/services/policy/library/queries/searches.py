"""Searches: the items that answer, those that answer partly, and what else may have been meant."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise

from huiqi.foundation.storage.search import Hit, normal
from huiqi.services.policy.library.domain import nearness
from huiqi.services.policy.library.queries.lists import (
    ItemFilters,
    ItemPage,
    fits,
    is_shut,
    matching_items,
    page_of,
)
from huiqi.services.policy.library.queries.shelf import Library, LibraryItem
from huiqi.services.policy.library.search import library_index, listener_at

# With so many whole answers nobody needs those that answer some of the words.
ENOUGH = 5
# What answers partly is shown down to this share of the best such answer.
PARTLY_SHARE = 0.35
# What is over counts as much less: it stays behind what answers alike, and before what hardly answers.
SHUT_SHARE = 0.5


class Answer(StrEnum):
    """How a search was answered: by its words, by titles that look alike, or not at all."""

    WORDS = "words"
    TITLES = "titles"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One page of a search. ``wholly`` counts the items that answer every word, ``elsewhere`` those of the
    other side of 外地参考 that do; ``guesses`` are searches that may have been meant, the first one followed.
    """

    page: ItemPage
    how: Answer
    wholly: int
    elsewhere: int
    unknown: tuple[str, ...]
    guesses: tuple[str, ...]


def find_items(library: Library, filters: ItemFilters, text: str, page: int, as_of: date) -> Finding:
    """One page of what a search finds. What answers every word comes before what answers some, and in each
    the better answer, where an item not in force counts half. Nothing found at all: the titles that look
    alike; not even those: the whole list. One query, one more in the first call after a change.
    """
    question = listener_at(library.edition.content_hash).understand(text)
    scope = [each for each in library.items.values() if each.is_local is filters.is_local]
    places = frozenset(each.item.region_code for each in scope)
    hits = library_index().search(question.groups, places, ENOUGH)
    ranked = _ranked(library, hits, as_of)
    here = [(each, is_whole) for each, is_whole in ranked if each.is_local is filters.is_local]
    fitting = [(each, is_whole) for each, is_whole in here if fits(each, filters, as_of)]
    elsewhere = replace(filters, is_local=not filters.is_local, place=None)
    found, how = [each for each, _ in fitting], Answer.WORDS
    if not here:
        found, how = [each for each in _alike(scope, text) if fits(each, filters, as_of)], Answer.TITLES
    if not found and not here:
        found, how = list(matching_items(library, filters, as_of)), Answer.NOTHING
    return Finding(
        page=page_of(found, page),
        how=how,
        wholly=0 if question.unknown else sum(is_whole for _, is_whole in fitting),
        elsewhere=sum(is_whole and fits(each, elsewhere, as_of) for each, is_whole in ranked),
        unknown=question.unknown,
        guesses=question.guesses,
    )


def _ranked(library: Library, hits: Iterable[Hit], as_of: date) -> list[tuple[LibraryItem, bool]]:
    """The items found, best first, each with whether it answers wholly."""
    held = [(library.items[hit.key], hit) for hit in hits if hit.key in library.items]
    best = max((hit.worth for _, hit in held if not hit.is_whole), default=0.0)
    kept = [(each, hit) for each, hit in held if hit.is_whole or hit.worth >= best * PARTLY_SHARE]
    kept.sort(
        key=lambda pair: (
            not pair[1].is_whole,
            -pair[1].worth * (SHUT_SHARE if is_shut(pair[0], as_of) else 1),
            -nearness(pair[0].item.region_code),
            pair[0].item.id,
        )
    )
    return [(each, hit.is_whole) for each, hit in kept]


def _alike(scope: Iterable[LibraryItem], text: str) -> list[LibraryItem]:
    """The items whose titles share pairs of characters with the text, those that share most first."""
    letters = normal(text)
    pairs = {pair for pair in map("".join, pairwise(letters)) if pair.isalnum()}
    shared = [(sum(pair in normal(each.item.title) for pair in pairs), each) for each in scope]
    return [each for count, each in sorted(shared, key=lambda pair: (-pair[0], pair[1].item.id)) if count]
