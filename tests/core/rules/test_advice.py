"""Advice for a no: each change really suffices alone, and no single change that would is left out."""

from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from huiqi.core.rules.advice import Advice, advise
from huiqi.core.rules.conditions import facts_of as facts_in
from huiqi.core.rules.conditions import leaves_of
from huiqi.core.rules.derivation import derive
from huiqi.core.rules.evaluation import Verdict, decide
from huiqi.core.rules.facts import Change, Value
from huiqi.core.rules.remedies import nearest_targets
from huiqi.core.rules.rule import Rule, Window
from tests.core.rules.sample import DICTIONARY, MEMBERS, Raw, condition_of, facts_of, raw_facts, raw_trees
from tests.core.rules.test_derivation import STANDARD

AS_OF = date(2026, 3, 15)
DAY = timedelta(days=1)
TAGS = ["high_tech", "srdi", "famous"]
BY_OWNER = tuple(fact_id for fact_id, fact in DICTIONARY.items() if fact.changes is Change.BY_OWNER)
MIXED = (*BY_OWNER, "entity_type", "region_code", "owner_age")


def leaf(fact_id: str, op: str, value: object) -> Raw:
    return {"fact": fact_id, "op": op, "value": value}


def rule_of(tree: Raw, window: Window | None = None) -> Rule:
    return Rule("r", window or Window(), condition_of(tree))


def advice_for(tree: Raw, facts: Raw, as_of: date = AS_OF) -> Advice:
    return advise(rule_of(tree), facts_of(facts), as_of, DICTIONARY)


def every_other_value(fact_id: str, current: Value) -> list[Value]:
    """All values an owner could reach from here, as far as the sample's trees can tell values apart."""
    members = MEMBERS[fact_id]
    if isinstance(current, frozenset):
        missing = [tag for tag in TAGS if tag not in current]
        return [current | set(tags) for n in range(1, 4) for tags in combinations(missing, n)]
    if isinstance(current, date):
        edges = [date.fromisoformat(day) for day in members]
        around = {day + DAY * step for day in [*edges, AS_OF] for step in (-1, 0, 1)}
        return [day for day in sorted(around) if day >= AS_OF and day != current]
    if isinstance(current, (bool, str)):
        return [member for member in members if member != current]
    step: Any = 0.001 if fact_id == "research_ratio_pct" else 1
    around_numbers = {number + step * way for number in members for way in (-1, 0, 1)}
    least, most = DICTIONARY[fact_id].minimum, DICTIONARY[fact_id].maximum
    least = current if DICTIONARY[fact_id].unit in ("人", "%") else least  # nobody is told to have fewer
    return [
        number
        for number in around_numbers
        if number != current and (least is None or number >= least) and (most is None or number <= most)
    ]


def would_do(rule: Rule, facts: dict[str, Value], fact_id: str, value: Value) -> bool:
    known = derive({**facts, fact_id: value}, AS_OF, None).facts
    return decide(rule, known, AS_OF, DICTIONARY) is Verdict.ELIGIBLE


@settings(max_examples=300, suppress_health_check=[HealthCheck.filter_too_much])
@given(raw_trees(MIXED, max_leaves=8), raw_facts(MIXED))
def test_exactly_the_facts_of_which_some_other_value_alone_suffices_are_advised(
    tree: Raw, facts: Raw
) -> None:
    rule, known = rule_of(tree), facts_of(facts)
    assume(decide(rule, known, AS_OF, DICTIONARY) is Verdict.INELIGIBLE)
    sufficing = [
        fact_id
        for fact_id in DICTIONARY
        if fact_id in facts_in(rule.condition) and fact_id in known and fact_id in BY_OWNER
        and any(would_do(rule, known, fact_id, value) for value in every_other_value(fact_id, known[fact_id]))
    ]  # fmt: skip
    remedies = advise(rule, known, AS_OF, DICTIONARY).remedies
    assert [each.fact for each in remedies if each.change is Change.BY_OWNER] == sufficing


@settings(max_examples=200)
@given(raw_trees(BY_OWNER, max_leaves=8), raw_facts(BY_OWNER))
def test_the_change_advised_is_the_smallest_that_suffices(tree: Raw, facts: Raw) -> None:
    rule, known = rule_of(tree), facts_of(facts)
    assume(decide(rule, known, AS_OF, DICTIONARY) is Verdict.INELIGIBLE)
    for fact_id in facts_in(rule.condition) & known.keys():
        here, fact = known[fact_id], DICTIONARY[fact_id]
        leaves = [each for each in leaves_of(rule.condition) if each.fact == fact_id]
        found = (each.value for each in nearest_targets(fact, here, leaves, AS_OF))
        first = next((value for value in found if would_do(rule, known, fact_id, value)), None)
        others = [
            value for value in every_other_value(fact_id, here) if would_do(rule, known, fact_id, value)
        ]
        if first is not None and fact_id != "research_ratio_pct":
            assert distance(here, first) == min(distance(here, value) for value in others)


def distance(here: Value, there: Value) -> float:
    if isinstance(here, frozenset) and isinstance(there, frozenset):
        return len(there - here)
    if isinstance(here, date) and isinstance(there, date):
        return abs((there - here).days)
    if isinstance(here, (bool, str)):
        return float(here != there)
    return abs(there - here)  # type: ignore[operator]


@given(raw_trees(), raw_facts())
def test_facts_nobody_can_change_are_never_advised(tree: Raw, facts: Raw) -> None:
    for remedy in advice_for(tree, facts).remedies:
        assert DICTIONARY[remedy.fact].changes is not Change.NEVER


@given(raw_trees(), raw_facts())
def test_advice_fits_the_verdict(tree: Raw, facts: Raw) -> None:
    """Remedies answer a no, questions a not-known; a yes needs neither."""
    rule, known = rule_of(tree), derive(facts_of(facts), AS_OF, None).facts
    verdict, advice = decide(rule, known, AS_OF, DICTIONARY), advice_for(tree, facts)
    if verdict is Verdict.ELIGIBLE:
        assert advice == Advice()
    if verdict is Verdict.INELIGIBLE:
        assert not advice.questions
        assert advice.is_near == bool(advice.remedies)
    if verdict is not Verdict.UNKNOWN:
        assert advice.is_exact
        assert advice.is_possible
    else:
        assert not advice.remedies
        assert advice.is_possible == bool(advice.questions)


def test_two_things_to_change_are_no_single_change() -> None:
    tree = {"all": [leaf("is_operating", "eq", True), leaf("in_abnormal_list", "eq", False)]}
    assert advice_for(tree, {"is_operating": False, "in_abnormal_list": True}).remedies == ()


def test_an_unknown_fact_beside_the_change_leaves_it_insufficient() -> None:
    tree = {"all": [leaf("is_operating", "eq", True), leaf("employees", "ge", 5)]}
    assert advice_for(tree, {"is_operating": False}).remedies == ()


def test_nobody_is_told_to_give_up_an_honour_or_to_move() -> None:
    assert not advice_for({"not": leaf("honours", "has_any", ["famous"])}, {"honours": ["famous"]}).remedies
    assert not advice_for(leaf("region_code", "eq", "410825"), {"region_code": "320100"}).remedies


def test_a_rule_that_asks_the_same_set_twice_is_met_by_two_additions() -> None:
    tree = {
        "all": [leaf("honours", "has_any", ["high_tech"]), leaf("honours", "has_any", ["srdi", "famous"])]
    }
    (remedy,) = advice_for(tree, {"honours": []}).remedies
    assert remedy.text == "具备“高新技术企业”和“专精特新企业”（资质荣誉）"


def test_a_change_is_followed_through_what_is_derived_from_it() -> None:
    """More staff may not make a micro business that must stay one into a small one."""
    tree = {"all": [leaf("size_class", "eq", "micro"), leaf("employees", "ge", 20)]}
    facts = facts_of({"industry_code": "H6210", "employees": 5, "annual_revenue_cny": 3_000_000})
    assert derive(facts, AS_OF, STANDARD).facts["size_class"] == "micro"
    assert advise(rule_of(tree), facts, AS_OF, DICTIONARY, STANDARD).remedies == ()
    facts |= {"annual_revenue_cny": 0}
    assert len(advise(rule_of(tree), facts, AS_OF, DICTIONARY, STANDARD).remedies) == 1


def test_outside_its_window_a_rule_has_no_change_to_offer() -> None:
    tree, facts = leaf("is_operating", "eq", True), facts_of({"is_operating": False})
    closed = rule_of(tree, Window(None, AS_OF - DAY))
    assert advise(closed, facts, AS_OF, DICTIONARY).remedies == ()
    assert advise(closed, facts_of({"is_operating": True}), AS_OF, DICTIONARY).remedies == ()


def test_the_questions_of_a_derived_fact_are_what_it_is_computed_from() -> None:
    tree = {"all": [leaf("months_since_established", "ge", 12), leaf("size_class", "eq", "micro")]}
    advice = advise(rule_of(tree), facts_of({"industry_code": "H6210"}), AS_OF, DICTIONARY, STANDARD)
    assert advice.questions == ("months_since_established", "size_class")
    assert advice.asks == ("established_on", "employees", "annual_revenue_cny")


WORDS: list[tuple[Raw, Raw, str]] = [
    (leaf("is_operating", "eq", True), {"is_operating": False}, "做到“正常经营”"),
    (
        leaf("in_abnormal_list", "eq", False),
        {"in_abnormal_list": True},
        "不再有“列入经营异常名录”的情况",
    ),
    (
        leaf("has_incident", "eq", False),
        {"has_incident": True},
        "等“近一年重大事故”的情况过去",
    ),
    (
        leaf("employees", "ge", 5),
        {"employees": 3},
        "“从业人数”达到 5 人（现在 3 人，还差 2 人）",
    ),
    (
        leaf("employees", "gt", 5),
        {"employees": 3},
        "“从业人数”达到 6 人（现在 3 人，还差 3 人）",
    ),
    (
        leaf("annual_revenue_cny", "le", 3_000_000),
        {"annual_revenue_cny": 3_000_001},
        "“上年度营业收入”降到 300 万元以内（现在 3,000,001 元，多了 1 元）",
    ),
    (
        leaf("annual_revenue_cny", "ge", 3_000_000),
        {"annual_revenue_cny": 2_650_000},
        "“上年度营业收入”达到 300 万元（现在 265 万元，还差 35 万元）",
    ),
    (
        leaf("annual_revenue_cny", "gt", 100_000),
        {"annual_revenue_cny": 99_999},
        "“上年度营业收入”超过 10 万元（现在 99,999 元）",
    ),
    (
        leaf("annual_revenue_cny", "lt", 100_000),
        {"annual_revenue_cny": 120_000},
        "“上年度营业收入”降到低于 10 万元（现在 12 万元）",
    ),
    (
        leaf("annual_revenue_cny", "gt", 0),
        {"annual_revenue_cny": 0},
        "要有“上年度营业收入”（现在没有）",
    ),
    (
        leaf("research_ratio_pct", "ge", 3),
        {"research_ratio_pct": 2.9},
        "“研发费用占比”达到 3%（现在 2.9%，还差 0.1 个百分点）",
    ),
    (
        leaf("research_ratio_pct", "gt", 3),
        {"research_ratio_pct": 3},
        "“研发费用占比”超过 3%（现在 3%）",
    ),
    (
        leaf("tax_credit_level", "in", ["A", "B"]),
        {"tax_credit_level": "C"},
        "“纳税信用级别”由“C级”变为“A级”或“B级”",
    ),
    (
        leaf("honours", "has_any", ["high_tech", "srdi"]),
        {"honours": ["famous"]},
        "具备“高新技术企业”或“专精特新企业”（资质荣誉）",
    ),
    (
        leaf("loan_contract_on", "between", ["2026-01-01", "2026-12-31"]),
        {"loan_contract_on": "2025-11-30"},
        "“贷款签约日”改到 2026年3月15日到2026年12月31日之间（现在 2025年11月30日）",
    ),
    (
        leaf("loan_contract_on", "ge", "2026-06-30"),
        {"loan_contract_on": "2026-05-01"},
        "“贷款签约日”改到 2026年6月30日或以后（现在 2026年5月1日）",
    ),
    (
        leaf("loan_contract_on", "le", "2026-06-30"),
        {"loan_contract_on": "2026-07-01"},
        "“贷款签约日”改到 2026年6月30日或以前（现在 2026年7月1日）",
    ),
]


@pytest.mark.parametrize(("tree", "facts", "text"), WORDS)
def test_a_remedy_reads_as_one_would_say_it(tree: Raw, facts: Raw, text: str) -> None:
    assert [each.text for each in advice_for(tree, facts).remedies] == [text]


def test_three_ways_out_are_listed_as_one_would_say_them() -> None:
    (remedy,) = advice_for(leaf("honours", "has_any", TAGS), {"honours": []}).remedies
    assert remedy.text == "具备“高新技术企业”、“专精特新企业”或“名特优新个体”（资质荣誉）"


def test_nobody_is_told_to_make_do_with_fewer_people_or_a_smaller_share_of_them() -> None:
    assert not advice_for(leaf("employees", "lt", 20), {"employees": 20}).remedies
    assert not advice_for(leaf("research_ratio_pct", "le", 3), {"research_ratio_pct": 3.5}).remedies


def test_nobody_is_told_to_have_signed_on_a_day_that_is_over() -> None:
    tree = leaf("loan_contract_on", "le", "2026-01-01")
    assert advice_for(tree, {"loan_contract_on": "2026-06-30"}).remedies == ()
