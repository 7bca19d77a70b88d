"""What may be read of the library. The compiled library is kept in the process; one query a page tells
whether it still holds.
"""

import json
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType

from django.db.models import F

from huiqi.catalogue.item_reading import parse_item
from huiqi.catalogue.items import Item, ItemKind, Level
from huiqi.core.rules.dictionary import parse_dictionary
from huiqi.core.rules.facts import FactDictionary
from huiqi.core.rules.plan import Decider, Plan, compile_plan
from huiqi.core.rules.rule import WindowState
from huiqi.foundation.look.queries import home_city
from huiqi.foundation.storage.search import Hit, normal
from huiqi.services.policy.library.domain import (
    BENEFIT_GROUPS,
    Audience,
    BenefitGroup,
    GroupWords,
    ItemCard,
    applies_in,
    audiences_of,
    card_of,
    is_local,
    nearness,
    needs_applying,
)
from huiqi.services.policy.library.models import DictionaryRevision, Edition, ItemRevision
from huiqi.services.policy.library.search import library_index, listener_at

__all__ = [
    "BENEFIT_GROUPS",
    "BenefitGroup",
    "EditionMark",
    "GroupWords",
    "ItemCard",
    "ItemFilters",
    "ItemPage",
    "Library",
    "LibraryItem",
    "applies_in",
    "card_of",
    "current_edition",
    "current_library",
    "is_local",
    "list_items",
    "matching_items",
    "nearness",
]

PAGE_SIZE = 20
# With so many whole answers nobody needs those that answer some of the words.
ENOUGH = 5
# What answers partly is shown down to this share of the best such answer.
PARTLY_SHARE = 0.35


@dataclass(frozen=True, slots=True)
class LibraryItem:
    """One item in the revision that holds; ``is_local`` where some business of the home city may use it."""

    item: Item
    revision: int
    content_hash: str
    audiences: frozenset[Audience]
    is_local: bool


@dataclass(frozen=True, slots=True)
class Library:
    """All items that hold, compiled once, as seen from the home city."""

    edition: "EditionMark"
    city: str
    dictionary: FactDictionary
    items: Mapping[str, LibraryItem]
    plan: Plan
    decider: Decider = field(repr=False)


@dataclass(frozen=True, slots=True)
class ItemFilters:
    """What a list is narrowed to; None means everything."""

    is_local: bool = True
    is_in_force: bool = True
    kind: ItemKind | None = None
    level: Level | None = None
    group: BenefitGroup | None = None
    audience: Audience | None = None
    needs_applying: bool | None = None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One page of a list, numbers from 1; ``total`` counts all pages together."""

    items: tuple[LibraryItem, ...]
    number: int
    pages: int
    total: int


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


@dataclass(frozen=True, slots=True)
class EditionMark:
    """Which edition of the library holds; number 0 where nothing has been loaded yet. The hash is part of
    it because another database may count its editions alike.
    """

    number: int
    content_hash: str


class _Shelf:
    """The library compiled last, for every thread of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._library: Library | None = None

    def at(self, edition: EditionMark, city: str) -> Library:
        held = self._library
        if held is not None and (held.edition, held.city) == (edition, city):
            return held
        with self._lock:
            held = self._library
            if held is None or (held.edition, held.city) != (edition, city):
                held = self._library = _compile(edition, city)
            return held


_shelf = _Shelf()


def current_edition() -> EditionMark:
    """The newest edition. One query."""
    newest = Edition.objects.order_by("-number").values_list("number", "content_hash").first()
    return EditionMark(*(newest or (0, "")))


def current_library() -> Library:
    """The library that holds now. One query, two more in the first call after a change."""
    return _shelf.at(current_edition(), home_city().code)


def list_items(filters: ItemFilters, page: int, as_of: date) -> ItemPage:
    """One page of the items that fit, in force first, then the most local, then the newest."""
    return _page_of(matching_items(current_library(), filters, as_of), page)


def _page_of(found: Sequence[LibraryItem], page: int) -> ItemPage:
    pages = max(1, -(-len(found) // PAGE_SIZE))
    number = min(max(page, 1), pages)
    start = (number - 1) * PAGE_SIZE
    return ItemPage(tuple(found[start : start + PAGE_SIZE]), number, pages, len(found))


def matching_items(library: Library, filters: ItemFilters, as_of: date) -> tuple[LibraryItem, ...]:
    """All items that fit the filters, in the order of the list."""
    found = (each for each in library.items.values() if _fits(each, filters, as_of))
    return tuple(sorted(found, key=lambda each: _list_order(each, as_of)))


def _list_order(each: LibraryItem, as_of: date) -> tuple[bool, int, int, str]:
    published = each.item.published_on or date.min
    return (_is_shut(each, as_of), -nearness(each.item.region_code), -published.toordinal(), each.item.id)


def _is_shut(each: LibraryItem, as_of: date) -> bool:
    return each.item.window.state(as_of) is not WindowState.OPEN


def find_items(filters: ItemFilters, text: str, page: int, as_of: date) -> Finding:
    """One page of what a search finds. What answers every word comes before what answers some, and in each
    the items in force before the others, then the better answer. Nothing found at all: the titles that look
    alike; not even those: the whole list. Two queries, one more in the first call after a change.
    """
    library = current_library()
    question = listener_at(library.edition.content_hash).understand(text)
    scope = [each for each in library.items.values() if each.is_local is filters.is_local]
    places = frozenset(each.item.region_code for each in scope)
    hits = library_index().search(question.groups, places, ENOUGH)
    ranked = _ranked(library, hits, as_of)
    here = [(each, is_whole) for each, is_whole in ranked if each.is_local is filters.is_local]
    fitting = [(each, is_whole) for each, is_whole in here if _fits(each, filters, as_of)]
    elsewhere = replace(filters, is_local=not filters.is_local)
    found, how = [each for each, _ in fitting], Answer.WORDS
    if not here:
        found, how = [each for each in _alike(scope, text) if _fits(each, filters, as_of)], Answer.TITLES
    if not found and not here:
        found, how = list(matching_items(library, filters, as_of)), Answer.NOTHING
    return Finding(
        page=_page_of(found, page),
        how=how,
        wholly=0 if question.unknown else sum(is_whole for _, is_whole in fitting),
        elsewhere=sum(is_whole and _fits(each, elsewhere, as_of) for each, is_whole in ranked),
        unknown=question.unknown,
        guesses=question.guesses,
    )


def _ranked(library: Library, hits: Iterable[Hit], as_of: date) -> list[tuple[LibraryItem, bool]]:
    """The items found, best first, each with whether it answers wholly."""
    held = [(library.items[hit.key], hit) for hit in hits if hit.key in library.items]
    best = max((hit.score for _, hit in held if not hit.is_whole), default=0.0)
    kept = [(each, hit) for each, hit in held if hit.is_whole or hit.score >= best * PARTLY_SHARE]
    kept.sort(
        key=lambda pair: (
            not pair[1].is_whole,
            _is_shut(pair[0], as_of),
            -pair[1].score,
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


def _fits(each: LibraryItem, filters: ItemFilters, as_of: date) -> bool:
    item = each.item
    if each.is_local is not filters.is_local:
        return False
    if filters.is_in_force and item.window.state(as_of) is not WindowState.OPEN:
        return False
    if filters.kind is not None and item.kind is not filters.kind:
        return False
    if filters.level is not None and item.level is not filters.level:
        return False
    if filters.audience is not None and filters.audience not in each.audiences:
        return False
    if filters.needs_applying is not None and needs_applying(item) is not filters.needs_applying:
        return False
    return filters.group is None or item.benefit.type in BENEFIT_GROUPS[filters.group].types


def _compile(edition: EditionMark, city: str) -> Library:
    dictionary = _current_dictionary()
    items = _current_items(dictionary, city)
    plan = compile_plan((each.item.rule for each in items.values()), dictionary)
    return Library(edition, city, dictionary, MappingProxyType(items), plan, Decider(plan))


def _current_dictionary() -> FactDictionary:
    content = DictionaryRevision.objects.order_by("-number").values_list("content", flat=True).first()
    return parse_dictionary(json.loads(content)) if content else FactDictionary({}, "")


def _current_items(dictionary: FactDictionary, city: str) -> dict[str, LibraryItem]:
    rows = (
        ItemRevision.objects.filter(item__is_withdrawn=False, number=F("item__current_number"))
        .order_by("item_id")
        .values_list("item_id", "number", "content_hash", "content")
    )
    items = {}
    for item_id, number, content_hash, content in rows:
        item = parse_item(json.loads(content), dictionary, item_id)
        items[item_id] = LibraryItem(
            item,
            number,
            content_hash,
            audiences_of(item.condition, dictionary),
            is_local(item.region_code, city),
        )
    return items
