"""Lists: what is local, in force, of a kind, and holds the words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from huiqi.catalogue.items import ItemKind, Level
from huiqi.core.rules.rule import WindowState
from huiqi.services.policy.library.domain import BENEFIT_GROUPS, BenefitGroup, applies_in, is_local
from huiqi.services.policy.library.queries import (
    PAGE_SIZE,
    ItemFilters,
    card_of,
    current_library,
    list_items,
    matching_items,
)
from tests.services.policy.seed import LOADED_AT, load_seed, shipped
from tests.support.numbers import agreed

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("000000", True),
        ("410000", True),
        ("410800", True),
        ("410825", True),
        ("410871", True),
        ("410100", False),
        ("420000", False),
        ("410725", False),
    ],
)
def test_local_is_the_nation_the_province_the_city_and_its_counties(region: str, expected: bool) -> None:
    assert is_local(region, "410800") is expected


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("000000", True),
        ("410800", True),
        ("410825", True),
        ("410822", False),
        ("410100", False),
    ],
)
def test_an_item_applies_only_on_the_chain_of_the_place(region: str, expected: bool) -> None:
    assert applies_in(region, "410825") is expected


def test_local_and_elsewhere_share_no_item_and_miss_none(library) -> None:
    everything = ItemFilters(is_in_force=False)
    local = {each.item.id for each in matching_items(library, everything, DAY)}
    elsewhere = {each.item.id for each in matching_items(library, replace(everything, is_local=False), DAY)}
    assert local.isdisjoint(elsewhere)
    assert local | elsewhere == set(library.items)


def test_expired_items_are_listed_only_when_asked_for(library) -> None:
    shown = matching_items(library, ItemFilters(), DAY)
    assert all(each.item.window.state(DAY) is WindowState.OPEN for each in shown)
    with_ended = matching_items(library, ItemFilters(is_in_force=False), DAY)
    states = [each.item.window.state(DAY) is WindowState.OPEN for each in with_ended]
    assert states == sorted(states, reverse=True)
    assert not all(states)


def test_filters_narrow_to_exactly_what_they_name(library) -> None:
    loans = matching_items(library, ItemFilters(kind=ItemKind.LOAN_PRODUCT), DAY)
    assert loans
    assert all(each.item.kind is ItemKind.LOAN_PRODUCT for each in loans)
    cities = matching_items(library, ItemFilters(level=Level.CITY), DAY)
    assert cities
    assert all(each.item.level is Level.CITY for each in cities)


def test_every_benefit_belongs_to_exactly_one_group(library) -> None:
    for each in library.items.values():
        homes = [group for group, words in BENEFIT_GROUPS.items() if each.item.benefit.type in words.types]
        assert len(homes) == 1
    counts = [
        len(matching_items(library, ItemFilters(group=group, is_in_force=False), DAY))
        for group in BenefitGroup
    ]
    assert sum(counts) == len(matching_items(library, ItemFilters(is_in_force=False), DAY))


def test_pages_hold_twenty_and_a_page_too_far_is_the_last(library) -> None:
    first = list_items(library, ItemFilters(is_in_force=False), 1, DAY)
    last = list_items(library, ItemFilters(is_in_force=False), 999, DAY)
    assert len(first.items) == PAGE_SIZE
    assert last.number == last.pages > 1
    assert first.total == (last.pages - 1) * PAGE_SIZE + len(last.items)


def test_a_warm_library_costs_one_query(library, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert current_library() is library


def test_a_card_counts_the_days_to_the_last_day_of_the_window(library) -> None:
    card = card_of(library.items["jz-tour-coach-2026"].item, DAY)
    assert (card.closes_on, card.days_left, card.is_closing_soon) == (date(2026, 12, 31), 38, True)
    ended = card_of(library.items["jz-tour-coach-1night-2025"].item, DAY)
    assert (ended.window, ended.days_left, ended.is_closing_soon) == (WindowState.CLOSED, None, False)


def test_what_closes_soon_goes_by_the_number_of_the_day(library) -> None:
    agreed("library.closing_soon_days", 37, DAY + timedelta(days=1))
    item = library.items["jz-tour-coach-2026"].item
    days = [card_of(item, DAY + timedelta(days=later)) for later in (0, 1)]
    assert [(card.days_left, card.is_closing_soon) for card in days] == [(38, True), (37, True)]
    agreed("library.closing_soon_days", 36, DAY)
    assert not card_of(item, DAY).is_closing_soon


def test_a_county_sees_its_own_items_and_those_of_the_whole_chain(library) -> None:
    items = dict(shipped().items)
    some = items["jz-kj-high-tech-20w"]
    for county in ("410825", "410882"):
        own = replace(some, id=f"county-{county}", region_code=county)
        items[own.id] = own
    load_seed(replace(shipped(), items=items), LOADED_AT)
    seen = {each.item.id for each in matching_items(current_library(), ItemFilters(place="410825"), DAY)}
    assert {"county-410825", "jz-kj-high-tech-20w", "cn-tax-vat-1pct"} <= seen
    assert "county-410882" not in seen
