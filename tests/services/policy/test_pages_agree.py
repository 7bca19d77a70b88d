"""What one page says of a visitor, the others say too, whatever was answered; and the sums of the calculator
are those of a clerk who works by the files alone.
"""

import html
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
import yaml
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiqi.catalogue.paths import shipped_path
from huiqi.core.rules.facts import Value
from huiqi.foundation.clock.queries import today
from huiqi.services.policy.calculator.queries import offers_for
from huiqi.services.policy.matching.queries import ANSWERS_COOKIE, Answers, Group, seal_answers

OPENED = date(2019, 5, 8)
CHAIN = ("000000", "410000", "410800")
LARGEST = 10**9
FEW = settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
MARK = re.compile(r'href="/policies/([a-z0-9_-]+)/"|class="mark mark-([a-z-]+)"')
SECTION = re.compile(r'<section class="card" id="([a-z-]+)">(.*?)</section>', re.S)
LINE = re.compile(r'id="item-([a-z0-9_-]+)"')
SUM_ROW = re.compile(r'<article class="entry sum-row">.*?</article>', re.S)

money = st.integers(0, 3) | st.integers(0, LARGEST)
heads = st.integers(0, 60)
TOLD: Mapping[str, st.SearchStrategy[Value]] = {
    "industry_code": st.sampled_from(["H6210", "C273", "F5213", "L7291", "I65"]),
    "established_on": st.dates(OPENED, OPENED + timedelta(days=2500)),
    "is_operating": st.booleans(),
    "taxpayer_type": st.sampled_from(["small_scale", "general"]),
    "monthly_sales_cny": money,
    "annual_revenue_cny": money,
    "annual_taxable_income_cny": money,
    "employees": heads,
    "social_insurance_headcount": heads,
    "rd_expense_cny": money,
    "honours": st.frozensets(st.sampled_from(["high_tech_enterprise", "tech_sme", "srdi_provincial"])),
    "owner_identity": st.frozensets(
        st.sampled_from(["self_employed_veteran_soldier", "unemployed_half_year"])
    ),
    "equipment_investment_cny": money,
}


@st.composite
def visitors(draw: st.DrawFn) -> Answers:
    facts: dict[str, Value] = draw(st.fixed_dictionaries({}, optional=dict(TOLD)))
    kind = draw(st.sampled_from(["individual_business", "company"]))
    place = draw(st.sampled_from(["410825", "410882"]))
    return Answers({**facts, "entity_type": kind, "region_code": place}, today())


def browser_of(answers: Answers) -> Client:
    client = Client()
    client.cookies[ANSWERS_COOKIE] = seal_answers(answers)
    return client


def page(visitor: Client, address: str) -> str:
    return visitor.get(address).content.decode()


def marked(text: str) -> Iterator[tuple[str, str]]:
    item = ""
    for item_id, mark in MARK.findall(text):
        item = item_id or item
        if mark and item:
            yield item, mark


@pytest.mark.one_database
@given(visitors())
@FEW
def test_list_results_and_home_say_the_same_of_every_item(library, answers: Answers) -> None:
    visitor = browser_of(answers)
    results = {
        item: group
        for group, body in SECTION.findall(page(visitor, "/matching/results/"))
        for item in LINE.findall(body)
    }
    listed = {
        item: mark
        for number in range(1, 6)
        for item, mark in marked(page(visitor, f"/policies/?page={number}"))
    }
    assert len(listed) > 40
    assert listed == {item: results[item] for item in listed}
    home = re.sub(r"<[^>]+>", "", page(visitor, "/"))
    labels = {
        Group.ELIGIBLE: "符合",
        Group.TO_CHECK: "还需核实",
        Group.NEAR: "差一点",
        Group.UNKNOWN: "还需确认",
    }
    for group, label in labels.items():
        count = sum(each == group for each in results.values())
        assert (group is Group.TO_CHECK and not count) or re.search(rf"{label}\s*{count} 项", home), (
            label,
            count,
        )


def in_the_files() -> dict[str, dict[str, Any]]:
    files = [file for region in CHAIN for file in (shipped_path() / "items" / region).glob("*.yaml")]
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8"))["benefit"] for file in files}


def by_hand(amount: Mapping[str, Any], told: Mapping[str, Value]) -> tuple[Fraction, Fraction] | None:
    """The sum in 元, from and to; None where a figure is missing or there is nothing to work out."""
    formula = amount["formula"]
    known = {name: Fraction(value) for name, value in told.items() if isinstance(value, int)}
    match formula["kind"]:
        case "fixed":
            return Fraction(formula["yuan"]), Fraction(formula["yuan"])
        case "review":
            choices = formula.get("between") or formula["choices"]
            return Fraction(min(choices)), Fraction(max(choices))
        case "slices" if formula["of"] in known:
            return _slices(formula, known[formula["of"]])
        case "relieved_tax" if formula["income"] in known:
            income = max(min(known[formula["income"]], Fraction(formula["first"])), Fraction(0))
            tax = _slices({"slices": formula["schedule"]}, income)[0] * _exact(formula["share"])
            return tax, tax
        case "product":
            return _product(formula, known)
    return None


def _exact(number: float) -> Fraction:
    return Fraction(str(number))


def _slices(formula: Mapping[str, Any], base: Fraction) -> tuple[Fraction, Fraction]:
    total, below = Fraction(0), Fraction(0)
    for each in formula["slices"]:
        top = base if each["up_to"] is None else min(base, Fraction(each["up_to"]))
        total += max(top - below, Fraction(0)) * _exact(each["rate"])
        below = top
    total = min(total, Fraction(formula.get("max") or total))
    return total, total


def _product(formula: Mapping[str, Any], known: Mapping[str, Fraction]) -> tuple[Fraction, Fraction] | None:
    names = [name for factor in formula["of"] for name in factor["add"]]
    names += [formula["max_of"]] if "max_of" in formula else []
    if any(name not in known for name in names):
        return None
    base = Fraction(1)
    for factor in formula["of"]:
        counted = sum((known[name] for name in factor["add"]), Fraction(0))
        base *= min(counted, Fraction(factor.get("max") or counted)) / factor.get("per", 1)
    for each in formula.get("times", ()):
        base *= each["number"]
    rates = formula.get("rate", formula.get("yuan"))
    ends = [base * _exact(rate) for rate in (rates if isinstance(rates, list) else [rates])]
    cap = min([Fraction(formula["max"])] if formula.get("max") else ends[-1:])
    cap = min(cap, known[formula["max_of"]]) if "max_of" in formula else cap
    return min(ends[0], cap), min(ends[-1], cap)


@pytest.mark.one_database
@given(visitors())
@FEW
def test_every_sum_and_total_is_what_a_clerk_gets_from_the_files(library, answers: Answers) -> None:
    files = in_the_files()
    offers = offers_for(answers, library, today())
    rows = SUM_ROW.findall(page(browser_of(answers), "/calculator/"))
    assert len(rows) == sum(map(len, (offers.likely, offers.open, offers.loans, offers.unsaid)))
    sums: dict[str, tuple[str, Fraction, Fraction]] = {}
    for offer in offers.likely:
        benefit = files[offer.card.id]
        ends = by_hand(benefit["amount"], answers.facts)
        assert (ends is not None and ends[1] > 0) == offer.is_counted, offer.card.id
        if ends is not None and offer.is_counted:
            low, high = (Fraction(offer.outcome.low_fen, 100), Fraction(offer.outcome.high_fen or 0, 100))
            assert abs(low - ends[0]) <= Fraction(1, 200), offer.card.id
            assert abs(high - ends[1]) <= Fraction(1, 200), offer.card.id
            sums[offer.card.id] = (benefit["amount"]["per"], low, high)
    for total in offers.totals:
        kept = largest_without_rivals(sums)
        mine = [sums[item] for item in kept if sums[item][0] == total.per]
        assert total.count == len(mine)
        assert (total.low_fen, total.high_fen) == (
            100 * sum(low for _, low, _ in mine),
            100 * sum(high for _, _, high in mine),
        )


def largest_without_rivals(sums: Mapping[str, tuple[str, Fraction, Fraction]]) -> list[str]:
    """The items that count: from the largest down, none beside a rival that counts already."""
    groups = yaml.safe_load((shipped_path() / "exclusions.yaml").read_text(encoding="utf-8"))["groups"]
    kept: list[str] = []
    for item in sorted(sums, key=lambda each: (-sum(sums[each][1:]), each)):
        rivals = {other for group in groups if item in group["items"] for other in group["items"]}
        if not rivals & set(kept):
            kept.append(item)
    return kept


@given(st.sampled_from(["贴息", "社保", "个体", "gth", "高企", "贷", "旅游", "a"]), st.integers(1, 3))
@FEW
def test_whatever_is_suggested_has_its_page_and_its_name(library, typed: str, length: int) -> None:
    visitor = Client()
    text = page(visitor, f"/policies/suggest/?q={typed[:length]}")
    for address, words in re.findall(r'<a[^>]* href="([^"]+)"[^>]*>(.*?)</a>', text, re.S):
        answer = visitor.get(html.unescape(address))
        assert answer.status_code == 200
        title = "".join(re.sub(r"<[^>]+>", "", words).split())
        if not address.startswith("/policies/?"):
            assert html.unescape(title)[:6] in "".join(html.unescape(answer.content.decode()).split())
