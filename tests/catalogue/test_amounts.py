"""Every shipped formula against a sum worked by hand from its words, and what makes a formula unreadable."""

import copy
from typing import Any

import pytest

from huiqi.catalogue.figures import asked_by, sum_of
from huiqi.catalogue.item_reading import parse_item
from huiqi.catalogue.item_writing import item_to_raw
from huiqi.catalogue.items import BenefitType, Item
from huiqi.catalogue.load import load_catalogue
from huiqi.catalogue.problems import CatalogueError
from huiqi.core.money.amounts import Limit
from huiqi.core.money.outcome import Certainty
from huiqi.core.rules.facts import Value
from tests.catalogue.samples import raw_item

CATALOGUE = load_catalogue()
WITH_AMOUNT = [item for item in CATALOGUE.items.values() if item.benefit.amount]
WORKABLE = [item for item in WITH_AMOUNT if item.benefit.amount and item.benefit.amount.is_workable]
HOME = {"000000", "410000", "410800"}
LOAN_10W = {"loan_principal": 100_000, "loan_months": 9}
HIRED = {"hired_half_year_unemployed_count": 2, "hired_poverty_alleviated_count": 1, "hire_tax_due": 100_000}

# Worked from the words of each item; the arithmetic stands beside what is more than one step.
BY_HAND: list[tuple[str, dict[str, Value], str]] = [
    ("bank-bocom-tobacco", {"monthly_tobacco_orders": 25_000}, "100,000 元"),
    ("bank-bocom-tobacco", {"monthly_tobacco_orders": 400_000}, "1,000,000 元"),
    ("cn-fee-disabled-fund-50", {"disabled_fund_due": 7_501}, "3,750.50 元"),
    ("cn-fee-disabled-fund-exempt-30", {"disabled_fund_due": 7_501}, "7,501 元"),
    ("cn-fee-edu-surcharge-exempt", {"three_funds_due": 1_200}, "1,200 元"),
    ("cn-fin-service-loan-interest-2025", LOAN_10W, "750 元"),  # 100,000 x 9/12 x 1 %
    ("cn-fin-service-loan-interest-2025", {"loan_principal": 2_000_000, "loan_months": 24}, "10,000 元"),
    ("cn-fin-service-loan-interest-2026", {"loan_principal": 2_000_000, "loan_months": 24}, "20,000 元"),
    ("cn-fin-sme-loan-interest-2026", {"loan_principal": 2_000_000, "loan_months": 24}, "60,000 元"),
    (
        "cn-hr-expand-job-1500-2025",
        {"hired_graduates_count": 2, "hired_unemployed_youth_count": 1},
        "4,500 元",
    ),
    ("cn-hr-si-subsidy-key-industry-25pct", {"hired_personal_si": 5_000}, "1,250 元"),
    ("cn-hr-stabilize-refund-2025-sme", {"unemployment_paid": 3_333}, "1,999.80 元"),
    ("cn-hr-unemployment-rate-1pct-2025", {"annual_payroll": 480_000}, "9,600 元"),
    ("cn-tax-cit-small-low-profit", {"annual_taxable_income_cny": 1_000_000}, "200,000 元"),  # 25 % less 5 %
    ("cn-tax-community-service-vat", {"service_vat_due": 9_000}, "9,000 元"),
    (
        "cn-tax-disabled-vat-refund",  # 10 x 2,000 x 4 x 12 = 960,000, but no more than the tax paid
        {"disabled_employees": 10, "minimum_wage": 2_000, "vat_paid": 1_000_000},
        "960,000 元",
    ),
    (
        "cn-tax-disabled-vat-refund",
        {"disabled_employees": 10, "minimum_wage": 2_000, "vat_paid": 300_000},
        "300,000 元",
    ),
    ("cn-tax-disabled-wage-100", {"disabled_wages": 60_000}, "3,000 元到 15,000 元"),
    ("cn-tax-farm-own-product-vat", {"farm_sales": 100_000}, "1,000 元到 9,000 元"),
    ("cn-tax-high-tech-15pct", {"annual_taxable_income_cny": 4_000_000}, "400,000 元"),
    ("cn-tax-hire-key-group-6000", HIRED, "18,000 元"),
    ("cn-tax-hire-key-group-6000", {**HIRED, "hire_tax_due": 8_000}, "8,000 元"),
    ("cn-tax-key-group-self-20000", {"own_tax_due": 26_000}, "20,000 元"),
    ("cn-tax-pit-individual-half", {"annual_taxable_income_cny": 80_000}, "3,250 元"),
    ("cn-tax-pit-individual-half", {"annual_taxable_income_cny": 500_000}, "54,750 元"),
    ("cn-tax-pit-individual-half", {"annual_taxable_income_cny": 2_000_000}, "317,250 元"),
    (
        "cn-tax-pit-individual-half",  # (634,500 - 10,000 x 200 / 250) x 50 %
        {"annual_taxable_income_cny": 2_500_000, "other_pit_relief": 10_000},
        "313,250 元",
    ),
    ("cn-tax-pit-individual-half", {"annual_taxable_income_cny": -30_000}, "0 元"),
    ("cn-tax-rd-super-deduction", {"rd_expense_cny": 1_000_000}, "50,000 元到 250,000 元"),
    ("cn-tax-six-two-fees-half", {"six_two_due": 1_001}, "500.50 元"),
    ("cn-tax-vat-1pct", {"monthly_sales_cny": 200_000}, "48,000 元"),  # 200,000 x 12 x 2 %
    ("cn-tax-vat-exempt-100k", {"monthly_sales_cny": 80_000}, "28,800 元"),  # 80,000 x 12 x 3 %
    ("hn-gx-full-load-2023q1-10w", {}, "100,000 元"),
    ("hn-gx-little-giant-equipment-30pct", {"equipment_investment_cny": 3_000_000}, "900,000 元"),
    ("hn-gx-little-giant-equipment-30pct", {"equipment_investment_cny": 30_000_000}, "5,000,000 元"),
    ("hn-hr-hard-employ-si", {"unit_si_hard": 14_400}, "14,400 元"),
    ("hn-hr-mass-startup-basic", {}, "20,000 元到 50,000 元"),
    ("hn-hr-sme-graduate-si", {"unit_si_graduates": 14_400}, "14,400 元"),
    ("hn-kj-high-tech-first-10w", {}, "100,000 元"),
    ("hn-kj-rd-subsidy-general", {"rd_expense_cny": 8_000_000}, "650,000 元"),  # 500,000 + 150,000
    ("hn-kj-rd-subsidy-general", {"rd_expense_cny": 40_000_000}, "1,000,000 元"),
    ("hn-kj-rd-subsidy-tech", {"rd_expense_cny": 25_000_000}, "1,500,000 元"),  # 500,000 + 1,000,000
    ("hn-returnee-project-province", {}, "20,000 元到 150,000 元"),
    ("hn-tax-hire-key-group-7800", HIRED, "23,400 元"),
    ("hn-tax-key-group-self-24000", {"own_tax_due": 26_000}, "24,000 元"),
    ("hn-tax-key-group-self-24000", {"own_tax_due": 5_432}, "5,432 元"),
    ("hn-tax-veteran-self-24000", {"own_tax_due": 26_000}, "24,000 元"),
    ("jz-hr-expand-job-2025", {"hired_graduates_count": 0, "hired_unemployed_youth_count": 4}, "6,000 元"),
    ("jz-hr-stabilize-refund-2025", {"unemployment_paid": 12_000}, "7,200 元"),
    ("jz-kj-high-tech-20w", {}, "200,000 元"),
    ("jz-returnee-project-city", {}, "10,000 元到 100,000 元"),
    ("jz-tour-charter-domestic-2026", {"trips": 3}, "30,000 元"),
    ("jz-tour-charter-overseas-2026", {"trips": 1}, "10,000 元"),
    ("jz-tour-coach-1night-2025", {"trips": 3}, "15,000 元"),
    ("jz-tour-coach-2026", {"trips": 2}, "20,000 元"),
    ("jz-tour-hsr-1night-2026", {"trips": 4}, "40,000 元"),
    ("jz-tour-train-2026", {"trips": 2}, "40,000 元"),
    ("jz-tour-train-2night-2024", {"trips": 2}, "60,000 元"),
    ("xa-above-scale-30w", {"annual_revenue_cny": 50_000_000}, "300,000 元"),
    ("xa-above-scale-30w", {"annual_revenue_cny": 50_000_001}, "500,000 元"),
    ("xc-tour-coach-2day-10000", {"tour_group_size": 799}, "10,000 元"),
    ("xc-tour-coach-2day-10000", {"tour_group_size": 800}, "30,000 元"),
    ("zz-dengfeng-high-tech", {"annual_revenue_cny": 10_000_000}, "200,000 元"),
    ("zz-jinshui-startup-loan-local", {"owner_has_other_loans": True}, "200,000 元"),
    ("zz-jinshui-startup-loan-local", {}, "200,000 元到 500,000 元"),
    ("zz-kj-high-tech-tier-2019", {"annual_revenue_cny": 1_999_999}, "100,000 元"),
]


@pytest.mark.parametrize(("item_id", "told", "by_hand"), BY_HAND)
def test_a_shipped_formula_gives_what_was_worked_by_hand(
    item_id: str, told: dict[str, Value], by_hand: str
) -> None:
    amount = CATALOGUE.items[item_id].benefit.amount
    assert amount is not None
    outcome = sum_of(amount, told, CATALOGUE.dictionary)
    assert outcome.text == by_hand
    assert outcome.steps[-1].figure == by_hand


def test_every_workable_formula_has_a_sum_worked_by_hand() -> None:
    assert {item.id for item in WORKABLE} == {item_id for item_id, _, _ in BY_HAND}


def test_the_formulas_cover_the_home_chain_and_every_item_with_tiers() -> None:
    assert sum(item.region_code in HOME for item in WITH_AMOUNT) >= 60
    for item in CATALOGUE.items.values():
        if item.benefit.tiers or (item.loan and item.region_code in HOME):
            assert item.benefit.amount, item.id


@pytest.mark.parametrize("item", WITH_AMOUNT, ids=lambda item: item.id)
def test_a_formula_says_what_it_rests_on_and_what_it_asks(item: Item) -> None:
    amount = item.benefit.amount
    assert amount is not None
    assert len(asked_by(amount, CATALOGUE.dictionary)) <= 5
    for each in amount.inputs:
        assert "？（单位：" + each.unit in each.question
        assert each.question.endswith("）")
    assert sum_of(amount, {}, CATALOGUE.dictionary).steps
    if isinstance(amount.formula, Limit):
        assert sum_of(amount, {}, CATALOGUE.dictionary).certainty is Certainty.UNSAID


@pytest.mark.parametrize("item", WORKABLE, ids=lambda item: item.id)
def test_nothing_told_names_what_to_ask_or_needs_nothing(item: Item) -> None:
    amount = item.benefit.amount
    assert amount is not None
    outcome = sum_of(amount, {}, CATALOGUE.dictionary)
    asked = [fact.id for fact in asked_by(amount, CATALOGUE.dictionary)]
    optional = {each.id for each in amount.inputs if each.is_optional}
    assert set(outcome.missing) == set(asked) - optional
    assert (outcome.certainty is Certainty.UNFILLED) == bool(outcome.missing)


def test_a_bank_never_promises_a_sum() -> None:
    for item in WITH_AMOUNT:
        if item.loan and item.benefit.type is BenefitType.LOAN and item.id != "bank-bocom-tobacco":
            assert item.benefit.amount
            assert not item.benefit.amount.is_workable


def with_amount(**changes: Any) -> dict[str, Any]:
    """The sample item with a formula in which some parts are replaced; None takes a part away."""
    amount: dict[str, Any] = {
        "per": "once",
        "basis": "某公告",
        "formula": {"kind": "product", "of": [{"add": ["employees"]}], "yuan": 500, "max": 5_000},
    }
    raw = copy.deepcopy(raw_item())
    changed = {**amount, **changes}
    raw["benefit"]["amount"] = {key: value for key, value in changed.items() if value is not None}
    return raw


FORMULA_FAULTS = [
    ({"kind": "guess"}, "请写明是哪种算法"),
    ({"kind": ["fixed"]}, "请写明是哪种算法"),
    ([], "请写明是哪种算法"),
    ({"kind": "fixed", "yuan": 0}, "请写不小于 1 的整数"),
    ({"kind": "fixed"}, "缺少这一项"),
    ({"kind": "fixed", "yuan": 5, "rate": 1}, "不认识这一项"),
    ({"kind": "product", "of": [], "rate": 0.5}, "请至少写一个要乘的数"),
    ({"kind": "product", "of": [{"add": ["employees"]}]}, "要写一个，也只能写一个"),
    ({"kind": "product", "of": [{"add": ["employees"]}], "rate": 0.5, "yuan": 5}, "要写一个，也只能写一个"),
    ({"kind": "product", "of": [{"add": ["employees"]}], "rate": -1}, "请写大于 0 的小数"),
    ({"kind": "product", "of": [{"add": ["employees"]}], "rate": True}, "请写大于 0 的小数"),
    ({"kind": "product", "of": [{"add": ["employees"]}], "rate": [0.2, 0.1]}, "下限要小于上限"),
    ({"kind": "product", "of": [{"add": ["employees"]}], "rate": [0.2]}, "上限] 两个数"),
    ({"kind": "product", "of": [{"add": []}], "yuan": 5}, "请写要加起来的数"),
    ({"kind": "product", "of": [{"add": ["nobody"]}], "yuan": 5}, "既不是事实字典里的"),
    ({"kind": "product", "of": [{"add": ["is_operating"]}], "yuan": 5}, "不是数字型的事实"),
    ({"kind": "slices", "of": "employees", "slices": []}, "请从低到高写每一段"),
    ({"kind": "slices", "of": "employees", "slices": [{"up_to": 5, "rate": 0.1}]}, "最后一段写 null"),
    (
        {
            "kind": "slices",
            "of": "employees",
            "slices": [{"up_to": 5, "rate": 1}, {"up_to": 5, "rate": 1}, {"up_to": None, "rate": 1}],
        },
        "要一段比一段大",
    ),
    ({"kind": "review", "choices": [5]}, "从小到大的整数"),
    ({"kind": "review", "between": [1, 2, 3]}, "从小到大的整数"),
    ({"kind": "review", "choices": [1, 2], "between": [1, 2]}, "从小到大的整数"),
    ({"kind": "tiers"}, "没有写 tiers"),
    ({"kind": "limit", "max": 5}, "缺少这一项"),
]


@pytest.mark.parametrize(("formula", "says"), FORMULA_FAULTS)
def test_a_formula_that_cannot_be_read_says_what_to_do(formula: Any, says: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        parse_item(with_amount(formula=formula), CATALOGUE.dictionary)
    assert says in str(caught.value)
    assert all(problem.path.startswith("benefit/amount/formula") for problem in caught.value.problems)


HEADS = {"id": "heads", "label": "人头", "unit": "人", "question": "几个人？（单位：人）"}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"basis": None}, "缺少这一项"),
        ({"per": "month"}, "只能写 once、year 之一"),
        ({"inputs": [HEADS]}, "算法里没有用到“heads”"),
        ({"inputs": [{**HEADS, "id": "employees"}]}, "是事实字典里的"),
        ({"inputs": [{**HEADS, "id": "Heads!"}]}, "编号只能用小写字母"),
        ({"inputs": [{**HEADS, "is_optional": "yes"}]}, "请写 true 或 false"),
        ({"inputs": "heads"}, "请写成列表"),
    ],
)
def test_an_amount_that_cannot_be_read_says_what_to_do(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        parse_item(with_amount(**changes), CATALOGUE.dictionary)
    assert says in str(caught.value)


def test_an_input_is_written_once() -> None:
    formula = {"kind": "product", "of": [{"add": ["heads"]}], "yuan": 5}
    with pytest.raises(CatalogueError, match="写了两次"):
        parse_item(with_amount(formula=formula, inputs=[HEADS, HEADS]), CATALOGUE.dictionary)


def test_no_more_than_five_figures_are_asked_for() -> None:
    numeric = ["employees", "jobs_created", "interns_count", "patents", "ip_count", "tour_nights"]
    formula = {"kind": "product", "of": [{"add": numeric}], "yuan": 5}
    with pytest.raises(CatalogueError, match="要问的数太多"):
        parse_item(with_amount(formula=formula), CATALOGUE.dictionary)


def test_a_figure_left_out_that_most_do_not_have_counts_as_nothing() -> None:
    half = CATALOGUE.items["cn-tax-pit-individual-half"].benefit.amount
    assert half is not None
    outcome = sum_of(half, {"annual_taxable_income_cny": 80_000}, CATALOGUE.dictionary)
    assert outcome.certainty is Certainty.EXACT


def test_a_written_formula_reads_back_the_same() -> None:
    for item in WITH_AMOUNT:
        assert parse_item(item_to_raw(item), CATALOGUE.dictionary).benefit.amount == item.benefit.amount
