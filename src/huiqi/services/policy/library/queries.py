"""What may be read of the library. The compiled library is kept in the process; one query a page tells
whether it still holds.
"""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from django.db.models import F

from huiqi.catalogue.item_reading import parse_item
from huiqi.catalogue.items import Item, ItemKind, Level
from huiqi.core.rules.dictionary import parse_dictionary
from huiqi.core.rules.facts import FactDictionary
from huiqi.core.rules.plan import Decider, Plan, compile_plan
from huiqi.core.rules.rule import WindowState
from huiqi.foundation.look.queries import home_city
from huiqi.services.policy.library.domain import (
    BENEFIT_GROUPS,
    BenefitGroup,
    GroupWords,
    ItemCard,
    applies_in,
    card_of,
    is_local,
    nearness,
    searchable,
)
from huiqi.services.policy.library.models import DictionaryRevision, Edition, ItemRevision

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


@dataclass(frozen=True, slots=True)
class LibraryItem:
    """One item in the revision that holds; ``is_local`` where some business of the home city may use it."""

    item: Item
    revision: int
    content_hash: str
    search_text: str
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
    text: str = ""


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One page of a list, numbers from 1; ``total`` counts all pages together."""

    items: tuple[LibraryItem, ...]
    number: int
    pages: int
    total: int


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
    found = matching_items(current_library(), filters, as_of)
    pages = max(1, -(-len(found) // PAGE_SIZE))
    number = min(max(page, 1), pages)
    start = (number - 1) * PAGE_SIZE
    return ItemPage(found[start : start + PAGE_SIZE], number, pages, len(found))


def matching_items(library: Library, filters: ItemFilters, as_of: date) -> tuple[LibraryItem, ...]:
    """All items that fit the filters, in the order of the list."""
    words = searchable(filters.text).split()
    found = [
        each
        for each in library.items.values()
        if _fits(each, filters, as_of) and all(word in each.search_text for word in words)
    ]

    def order(each: LibraryItem) -> tuple[bool, int, int, str]:
        published = each.item.published_on or date.min
        is_ended = each.item.window.state(as_of) is not WindowState.OPEN
        return (is_ended, -nearness(each.item.region_code), -published.toordinal(), each.item.id)

    return tuple(sorted(found, key=order))


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
            item, number, content_hash, searchable(_text_of(item)), is_local(item.region_code, city)
        )
    return items


def _text_of(item: Item) -> str:
    parts = (item.title, item.summary, item.issuer, item.doc_no or "", *item.conditions_text)
    return "\n".join(parts)
