"""The library compiled once an edition, kept in the process; one query tells whether it still holds."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from django.db.models import F

from huiqi.catalogue.item_reading import parse_item
from huiqi.catalogue.items import Item
from huiqi.core.rules.dictionary import parse_dictionary
from huiqi.core.rules.facts import FactDictionary
from huiqi.core.rules.plan import Decider, Plan, compile_plan
from huiqi.foundation.look.queries import home_city
from huiqi.services.policy.library.domain import Audience, audiences_of, is_local
from huiqi.services.policy.library.models import DictionaryRevision, Edition, ItemRevision


@dataclass(frozen=True, slots=True)
class EditionMark:
    """Which edition of the library holds; number 0 where nothing has been loaded yet. The hash is part of
    it because another database may count its editions alike.
    """

    number: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class LibraryItem:
    """One item in the revision that holds; ``is_local`` where some business of the home city may use it."""

    item: Item
    revision: int
    content_hash: str
    audiences: frozenset[Audience]
    is_local: bool


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """All items that hold, compiled once, as seen from the home city. One object an edition: it is equal to
    itself alone, so that what is worked out of it may be kept beside it.
    """

    edition: EditionMark
    city: str
    dictionary: FactDictionary
    items: Mapping[str, LibraryItem]
    plan: Plan
    decider: Decider = field(repr=False)


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


def predecessors_of(item_id: str, library: Library) -> tuple[LibraryItem, ...]:
    """The items this one came after, the newest first."""
    found = [each for each in library.items.values() if each.item.superseded_by == item_id]
    return tuple(sorted(found, key=lambda each: each.item.published_on or date.min, reverse=True))


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
