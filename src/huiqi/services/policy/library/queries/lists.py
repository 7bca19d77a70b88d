"""Lists of the library: what is narrowed to what, and in which order it is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from types import MappingProxyType

from huiqi.catalogue.items import ItemKind, Level
from huiqi.core.rules.rule import WindowState
from huiqi.services.policy.library.domain import (
    BENEFIT_GROUPS,
    Audience,
    BenefitGroup,
    Standing,
    applies_in,
    nearness,
    needs_applying,
)
from huiqi.services.policy.library.queries.shelf import Library, LibraryItem

PAGE_SIZE = 20

Standings = Mapping[str, Standing]
NO_STANDINGS: Standings = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ItemFilters:
    """What a list is narrowed to; None means everything. ``place`` leaves what applies there: its own items
    and those of the city, the province and the nation.
    """

    is_local: bool = True
    place: str | None = None
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


def list_items(
    library: Library, filters: ItemFilters, page: int, as_of: date, standings: Standings = NO_STANDINGS
) -> ItemPage:
    """One page of ``matching_items``."""
    return page_of(matching_items(library, filters, as_of, standings), page)


def page_of(found: Sequence[LibraryItem], page: int) -> ItemPage:
    pages = max(1, -(-len(found) // PAGE_SIZE))
    number = min(max(page, 1), pages)
    start = (number - 1) * PAGE_SIZE
    return ItemPage(tuple(found[start : start + PAGE_SIZE]), number, pages, len(found))


def matching_items(
    library: Library, filters: ItemFilters, as_of: date, standings: Standings = NO_STANDINGS
) -> tuple[LibraryItem, ...]:
    """All items that fit the filters: in force first, then by their standing where there is one, then the
    most local, then the newest.
    """
    found = (each for each in library.items.values() if fits(each, filters, as_of))
    return tuple(sorted(found, key=lambda each: list_order(each, as_of, standings)))


def list_order(
    each: LibraryItem, as_of: date, standings: Standings = NO_STANDINGS
) -> tuple[bool, float, int, int, str]:
    standing = standings.get(each.item.id)
    published = each.item.published_on or date.min
    return (
        is_shut(each, as_of),
        standing.rank if standing else inf,
        -nearness(each.item.region_code),
        -published.toordinal(),
        each.item.id,
    )


def is_shut(each: LibraryItem, as_of: date) -> bool:
    return each.item.window.state(as_of) is not WindowState.OPEN


def fits(each: LibraryItem, filters: ItemFilters, as_of: date) -> bool:
    item = each.item
    if each.is_local is not filters.is_local:
        return False
    if filters.place is not None and not applies_in(item.region_code, filters.place):
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
