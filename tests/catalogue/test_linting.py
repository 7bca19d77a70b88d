"""Lint of whole catalogues: the shipped one has no error, and a planted defect is found in it."""

from dataclasses import replace
from datetime import date

import pytest

from huiqi.catalogue.exchange import load_exchange
from huiqi.catalogue.items import Catalogue, Item, Tier
from huiqi.catalogue.linting import lint_catalogue
from huiqi.catalogue.load import load_catalogue
from huiqi.core.rules.conditions import All, parse_condition
from huiqi.core.rules.linting import Code, Severity
from huiqi.core.rules.rule import Window
from tests.support import shared

TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_catalogue()


def changed(catalogue: Catalogue, item: Item) -> Catalogue:
    return replace(catalogue, items={**catalogue.items, item.id: item})


def codes(catalogue: Catalogue, item_id: str) -> set[tuple[Code, str]]:
    findings = lint_catalogue(catalogue, TODAY)
    return {(each.code, each.path) for each in findings if each.item_id == item_id}


def test_the_shipped_catalogue_has_no_error(shipped: Catalogue) -> None:
    errors = [str(each) for each in lint_catalogue(shipped, TODAY) if each.severity is Severity.ERROR]
    assert errors == []


def test_no_shipped_tree_is_too_entangled_to_be_worked_out(shipped: Catalogue) -> None:
    assert not [each for each in lint_catalogue(shipped, TODAY) if each.code is Code.TOO_COMPLEX]


def test_the_given_library_has_one_error_a_province_asked_beside_its_cities() -> None:
    folder = shared.path("policies")
    given = load_exchange(folder / "facts.json", folder / "policies.jsonl")
    errors = [each for each in lint_catalogue(given, TODAY) if each.severity is Severity.ERROR]
    assert [(each.item_id, each.code, each.path) for each in errors] == [
        ("gd-above-scale-prd-10w", Code.DEAD_LEAF, "conditions/all[0]")
    ]


def test_findings_come_in_the_order_of_the_items(shipped: Catalogue) -> None:
    places = {item_id: place for place, item_id in enumerate(shipped.items)}
    found = [places[each.item_id] for each in lint_catalogue(shipped, TODAY)]
    assert found == sorted(found)


def without_amount(item: Item) -> Item:
    return replace(item, benefit=replace(item.benefit, amount_cny_max=None, rate=None, tiers=(), amount=None))


def test_an_item_without_any_amount_is_a_warning_until_one_is_written(shipped: Catalogue) -> None:
    item = next(item for item in shipped.items.values() if item.loan is None)
    bare = without_amount(item)
    missing = (Code.AMOUNT_MISSING, "benefit/amount_cny_max")
    assert missing in codes(changed(shipped, bare), item.id)
    for benefit in (
        replace(bare.benefit, amount_cny_max=1_000),
        replace(bare.benefit, rate=0.5),
        replace(bare.benefit, tiers=(Tier(item.condition, 1_000),)),
        replace(bare.benefit, amount=item.benefit.amount),
    ):
        assert missing not in codes(changed(shipped, replace(bare, benefit=benefit)), item.id)


def test_the_limit_of_a_loan_counts_as_an_amount(shipped: Catalogue) -> None:
    item = next(item for item in shipped.items.values() if item.loan and item.loan.max_amount_cny)
    bare = without_amount(item)
    missing = (Code.AMOUNT_MISSING, "benefit/amount_cny_max")
    assert missing not in codes(changed(shipped, bare), item.id)
    open_loan = replace(bare, loan=replace(item.loan, max_amount_cny=None))
    assert missing in codes(changed(shipped, open_loan), item.id)


def test_a_formula_whose_own_cap_is_another_is_a_warning(shipped: Catalogue) -> None:
    item = shipped.items["hn-kj-rd-subsidy-general"]
    disagrees = (Code.AMOUNT_DISAGREES, "benefit/amount")
    assert not [each for each in lint_catalogue(shipped, TODAY) if each.code is Code.AMOUNT_DISAGREES]
    other = replace(item, benefit=replace(item.benefit, amount_cny_max=900_000))
    assert disagrees in codes(changed(shipped, other), item.id)
    uncapped = replace(item, benefit=replace(item.benefit, amount_cny_max=None))
    assert disagrees not in codes(changed(shipped, uncapped), item.id)


def test_defects_planted_in_an_item_are_found_in_it(shipped: Catalogue) -> None:
    item = next(item for item in shipped.items.values() if isinstance(item.condition, All))
    never = parse_condition({"fact": "employees", "op": "lt", "value": 0}, shipped.dictionary)
    place = f"conditions/all[{len(item.condition.children)}]"
    tier = replace(item, benefit=replace(item.benefit, tiers=(Tier(never, 1_000),)))
    assert (Code.NEVER_TRUE, "benefit/tiers[0]/when") in codes(changed(shipped, tier), item.id)
    closed = replace(item, window=Window(closes_on=date(2026, 5, 31)))
    assert (Code.EXPIRED_WINDOW, "effective_to") in codes(changed(shipped, closed), item.id)
    repeated = replace(item, condition=All((*item.condition.children, item.condition.children[0])))
    assert place in {path for _, path in codes(changed(shipped, repeated), item.id)}
    twin = replace(item, id="zz-twin")
    assert (Code.SAME_RULE, "conditions") in codes(changed(shipped, twin), "zz-twin")


def test_the_tiers_of_an_item_nobody_meets_are_not_reported_one_by_one(shipped: Catalogue) -> None:
    item = next(item for item in shipped.items.values() if item.benefit.tiers)
    never = parse_condition({"fact": "employees", "op": "lt", "value": 0}, shipped.dictionary)
    assert codes(changed(shipped, replace(item, condition=never)), item.id) >= {
        (Code.NEVER_TRUE, "conditions")
    }
    found = codes(changed(shipped, replace(item, condition=never)), item.id)
    assert not [path for _, path in found if path.startswith("benefit/tiers")]


@pytest.mark.parametrize(
    ("successors", "found"),
    [
        ({"cn-tax-vat-1pct": "no-such-item"}, {"cn-tax-vat-1pct": Code.SUCCESSOR_UNKNOWN}),
        ({"cn-tax-vat-1pct": "cn-tax-vat-1pct"}, {"cn-tax-vat-1pct": Code.SUCCESSOR_CIRCLE}),
        (
            {"cn-tax-vat-1pct": "bank-weye", "bank-weye": "xc-open-5000", "xc-open-5000": "cn-tax-vat-1pct"},
            dict.fromkeys(("cn-tax-vat-1pct", "bank-weye", "xc-open-5000"), Code.SUCCESSOR_CIRCLE),
        ),
        (
            {"cn-tax-vat-1pct": "bank-weye", "bank-weye": "xc-open-5000", "xc-open-5000": "bank-weye"},
            dict.fromkeys(("bank-weye", "xc-open-5000"), Code.SUCCESSOR_CIRCLE),
        ),
        ({"cn-tax-vat-1pct": "bank-weye", "bank-weye": "xc-open-5000"}, {}),
    ],
)
def test_an_item_that_follows_another_is_known_and_no_circle(
    shipped: Catalogue, successors: dict[str, str], found: dict[str, Code]
) -> None:
    items = dict(shipped.items)
    for item_id, successor in successors.items():
        items[item_id] = replace(items[item_id], superseded_by=successor)
    findings = lint_catalogue(replace(shipped, items=items), TODAY)
    wrong = {each.item_id: each.code for each in findings if each.path == "superseded_by"}
    assert wrong == found
