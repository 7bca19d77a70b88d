"""What the items of a visitor bring: grouped, added up, the largest."""

from datetime import date
from typing import Any

import pytest

from huiqi.core.money.outcome import Certainty
from huiqi.services.policy.calculator.queries import (
    Offers,
    exclusions_of,
    offers_for,
    workable_items,
    worth_of,
)
from huiqi.services.policy.library.queries import Library
from huiqi.services.policy.matching.queries import Answers, Group

TODAY = date(2026, 6, 1)
SHOP: dict[str, Any] = {
    "region_code": "410825",
    "entity_type": "individual_business",
    "industry_code": "H6210",
    "taxpayer_type": "small_scale",
    "monthly_sales_cny": 80_000,
}


def told(**facts: Any) -> Answers:
    return Answers().with_changes({**SHOP, **facts}, TODAY)


def by_id(offers: Offers) -> dict[str, Any]:
    return {each.card.id: each for each in (*offers.likely, *offers.open, *offers.loans, *offers.unsaid)}


def test_what_fits_is_worked_out_by_the_answers_alone(library: Library) -> None:
    offers = offers_for(told(annual_taxable_income_cny=80_000), library, TODAY)
    found = by_id(offers)
    assert found["cn-tax-pit-individual-half"].text == "3,250 元"
    assert found["cn-tax-vat-exempt-100k"].text == "2.88 万元"
    assert found["cn-tax-six-two-fees-half"].text == "填 1 个数就能算"
    assert {each.group for each in offers.likely} <= {Group.ELIGIBLE, Group.TO_CHECK}
    assert {each.group for each in offers.open} == {Group.UNKNOWN}


def test_the_total_leaves_out_the_lesser_of_a_group_loans_and_what_may_not_fit(library: Library) -> None:
    offers = offers_for(told(annual_taxable_income_cny=80_000), library, TODAY)
    counted = {each.card.id: each.outcome.low_fen for each in offers.likely if each.is_counted}
    assert {"cn-tax-vat-exempt-100k", "cn-tax-vat-1pct"} <= counted.keys()
    year, single = offers.totals
    # 3,250 and 28,800; the 19,200 of the 1 % rate are for the same sales, and only one of the two counts.
    assert (year.low_fen, year.count) == (3_205_000, 2)
    assert sum(counted.values()) == 3_205_000 + 1_920_000
    assert single.count == 0


def test_of_exclusive_items_the_one_worth_most_is_named(library: Library) -> None:
    offers = offers_for(told(), library, TODAY)
    choice = next(each for each in offers.choices if each.exclusion.id == "small-scale-vat")
    assert choice.best is not None
    assert choice.best.card.id == "cn-tax-vat-exempt-100k"
    assert choice.is_sure


def test_a_choice_nobody_can_work_out_yet_names_no_best(library: Library) -> None:
    offers = offers_for(
        told(owner_identity=frozenset({"unemployed_half_year"}), months_since_established=10), library, TODAY
    )
    choice = next(each for each in offers.choices if "cn-tax-key-group-self-20000" in each.exclusion.items)
    assert (choice.best, choice.is_sure) == (None, False)
    same = [{offer.card.id for offer in each.offers} for each in offers.choices]
    assert len(same) == len({frozenset(each) for each in same})


def test_a_loan_is_never_added_and_stands_apart(library: Library) -> None:
    offers = offers_for(told(), library, TODAY)
    assert offers.loans
    assert not any(each.is_counted for each in offers.loans)
    assert not any(each.is_principal for each in (*offers.likely, *offers.open, *offers.unsaid))


def test_what_no_text_says_is_never_guessed(library: Library) -> None:
    for each in offers_for(told(), library, TODAY).unsaid:
        assert each.outcome.certainty is Certainty.UNSAID
        assert not each.is_counted


def test_the_largest_sum_is_of_what_fits_and_says_its_period(library: Library) -> None:
    worth = worth_of(told(annual_taxable_income_cny=500_000), library, TODAY)
    assert worth is not None
    assert (worth.item_id, worth.low_fen, worth.high_fen) == (
        "cn-tax-pit-individual-half",
        5_475_000,
        5_475_000,
    )
    assert worth.text == "每年大约少交 54,750 元"


def test_without_answers_nothing_is_worth_anything(library: Library) -> None:
    assert worth_of(Answers(), library, TODAY) is None
    nothing = offers_for(Answers(), library, TODAY)
    assert (nothing.likely, nothing.open, nothing.choices) == ((), (), ())


def test_items_to_pick_from_apply_here_are_open_and_can_be_worked_out(library: Library) -> None:
    cards = workable_items(library, TODAY)
    assert len(cards) >= 30
    for card in cards:
        found = library.items[card.id]
        assert found.is_local
        assert found.item.benefit.amount
        assert found.item.benefit.amount.is_workable


def test_an_item_knows_what_it_excludes(library: Library) -> None:
    groups = exclusions_of("cn-tax-cit-small-low-profit", library)
    assert [(group.id, [other.item.id for other in others]) for group, others in groups] == [
        ("income-tax-rate", ["cn-tax-high-tech-15pct"])
    ]
    assert exclusions_of("cn-tax-pit-individual-half", library) == ()


@pytest.mark.parametrize("income", [0, -5])
def test_a_sum_of_nothing_is_no_sum_to_boast_of(library: Library, income: int) -> None:
    worth = worth_of(told(annual_taxable_income_cny=income, monthly_sales_cny=0), library, TODAY)
    assert worth is None
