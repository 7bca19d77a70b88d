"""The smallest set of unknown facts, against a search that tries every set with every answer."""

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings

from huiqi.core.rules.conditions import facts_of as facts_in
from huiqi.core.rules.conditions import parse_condition
from huiqi.core.rules.dictionary import parse_dictionary
from huiqi.core.rules.evaluation import evaluate
from huiqi.core.rules.settling import Settling, settle
from tests.core.rules.sample import DICTIONARY, TYPES, Raw, condition_of, facts_of, raw_facts, raw_trees

# Every value these facts can take, as far as trees over the sample's members can tell them apart.
EVERY_ANSWER: dict[str, list[Any]] = {
    "entity_type": ["individual", "company", "farm"],
    "region_code": ["410825", "410823", "410899", "419999", "320199", "329999", "999999"],
    "is_operating": [True, False],
    "honours": [list(tags) for n in range(4) for tags in combinations(["high_tech", "srdi", "famous"], n)],
    "owner_age": [0, 17, 18, 30, 45, 50, 60, 61],
    "research_ratio_pct": [0, 1, 2.9, 2.95, 3, 3.2, 3.5, 50, 100],
}
FACTS = tuple(EVERY_ANSWER)


def possible_answers(fact_id: str, known: object) -> list[Any]:
    """All answers, and for a place known coarsely only places inside it."""
    if fact_id != "region_code" or known is None:
        return EVERY_ANSWER[fact_id]
    inside = str(known).removesuffix("00").removesuffix("00").removesuffix("00")
    return [code for code in EVERY_ANSWER[fact_id] if code.startswith(inside)]


def is_open(fact_id: str, facts: Raw) -> bool:
    return fact_id not in facts or (TYPES[fact_id] == "code" and facts[fact_id].endswith("00"))


def sufficing_sets(tree: Raw, facts: Raw) -> Iterator[tuple[str, ...]]:
    """Every set of open facts some answers to which make the tree true, small ones and early ones first."""
    condition = condition_of(tree)
    open_facts = [fact_id for fact_id in FACTS if fact_id in facts_in(condition) and is_open(fact_id, facts)]
    for size in range(len(open_facts) + 1):
        for chosen in combinations(open_facts, size):
            answers = product(*(possible_answers(fact_id, facts.get(fact_id)) for fact_id in chosen))
            worlds = (facts_of({**facts, **dict(zip(chosen, each, strict=True))}) for each in answers)
            if any(evaluate(condition, world, DICTIONARY) for world in worlds):
                yield chosen


@settings(max_examples=150)
@given(raw_trees(FACTS, max_leaves=9), raw_facts(FACTS))
def test_the_questions_are_the_first_of_the_smallest_sets_that_suffice(tree: Raw, facts: Raw) -> None:
    smallest = next(sufficing_sets(tree, facts), None)
    expected = Settling(smallest or (), True, smallest is not None)
    assert settle(condition_of(tree), facts_of(facts), DICTIONARY) == expected


@settings(max_examples=60)
@given(raw_trees(FACTS[2:5], exists=True, max_leaves=8), raw_facts(FACTS[2:5]))
def test_a_rule_that_asks_whether_a_fact_is_given_is_settled_rightly_too(tree: Raw, facts: Raw) -> None:
    smallest = next(sufficing_sets(tree, facts), None)
    assert settle(condition_of(tree), facts_of(facts), DICTIONARY).facts == (smallest or ())


def leaf(fact_id: str, op: str, value: object) -> Raw:
    return {"fact": fact_id, "op": op, "value": value}


def test_of_equally_small_sets_the_one_first_in_the_dictionary_is_asked() -> None:
    tree = {"any": [leaf("tax_credit_level", "eq", "A"), leaf("entity_type", "eq", "company")]}
    assert settle(condition_of(tree), {}, DICTIONARY).facts == ("entity_type",)


def test_questions_stand_in_the_order_of_the_dictionary_not_of_the_rule() -> None:
    tree = {"all": [leaf("owner_age", "ge", 18), leaf("entity_type", "eq", "company")]}
    assert settle(condition_of(tree), {}, DICTIONARY).facts == ("entity_type", "owner_age")


def test_a_place_known_only_to_the_province_is_asked_again() -> None:
    tree = leaf("region_code", "eq", "410825")
    asked = settle(condition_of(tree), {"region_code": "410000"}, DICTIONARY)
    assert asked == Settling(("region_code",), True, True)


def test_a_place_known_to_lie_elsewhere_gives_no_hope_in_another_branch() -> None:
    """A coarse code leaves open only the codes inside it: 河南 can never become 江苏."""
    inside_or_elsewhere = {
        "any": [
            {"all": [leaf("region_code", "eq", "410825"), leaf("is_operating", "eq", True)]},
            leaf("region_code", "eq", "320000"),
        ]
    }
    facts = facts_of({"region_code": "410000"})
    assert settle(condition_of(inside_or_elsewhere), facts, DICTIONARY).facts == (
        "region_code",
        "is_operating",
    )
    facts = facts_of({"region_code": "410000", "is_operating": False})
    assert not settle(condition_of(inside_or_elsewhere), facts, DICTIONARY).is_possible


def test_one_fact_that_would_have_to_be_two_things_at_once_is_flagged_as_hopeless() -> None:
    tree = {
        "all": [leaf("owner_age", "ge", 60), leaf("owner_age", "lt", 45), leaf("is_operating", "eq", True)]
    }
    assert settle(condition_of(tree), {}, DICTIONARY) == Settling((), True, False)


def many_facts(count: int) -> Any:
    facts = [
        {"id": f"f{n}", "label": f"第{n}项", "type": "bool", "source_dept": "市场监管局"}
        for n in range(count)
    ]
    return parse_dictionary({"facts": facts})


@pytest.mark.parametrize(("count", "is_exact"), [(12, True), (13, False)])
def test_beyond_twelve_unknown_facts_the_search_is_greedy_and_says_so(count: int, is_exact: bool) -> None:
    dictionary = many_facts(count)
    last = f"f{count - 1}"
    others = {"all": [leaf(f"f{n}", "eq", True) for n in range(count - 1)]}
    condition = parse_condition({"any": [others, leaf(last, "eq", True)]}, dictionary)
    found = settle(condition, {}, dictionary)
    assert found.is_exact is is_exact
    assert found.is_possible
    if is_exact:
        assert found.facts == (last,)
    answered = dict.fromkeys(found.facts, True)
    assert evaluate(condition, answered, dictionary) is True
    for fact_id in found.facts:
        fewer = {other: True for other in answered if other != fact_id}
        assert evaluate(condition, fewer, dictionary) is not True


def test_the_greedy_search_knows_a_hopeless_rule_too() -> None:
    dictionary = many_facts(14)
    leaves = [leaf(f"f{n}", "eq", True) for n in range(14)]
    condition = parse_condition({"all": [*leaves, leaf("f0", "eq", False)]}, dictionary)
    assert settle(condition, {}, dictionary).is_possible is False


def clashing_facts(facts: int, values: int) -> tuple[Any, Raw]:
    """Each fact must take one of the values, no two facts the same: hopeless with fewer values than facts."""
    codes = [{"code": f"v{n}", "label": f"{n}"} for n in range(values)]
    entries = [
        {"id": f"f{n}", "label": f"第{n}项", "type": "enum", "source_dept": "工信局", "values": codes}
        for n in range(facts)
    ]
    clauses = [
        {"any": [leaf(f"f{one}", "ne", code["code"]), leaf(f"f{other}", "ne", code["code"])]}
        for one, other in combinations(range(facts), 2)
        for code in codes
    ]
    return parse_dictionary({"facts": entries}), {"all": clauses}


def test_facts_that_exclude_one_another_are_seen_through() -> None:
    dictionary, tree = clashing_facts(4, 3)
    every = {"all": [leaf(f"f{n}", "in", ["v0", "v1", "v2"]) for n in range(4)]}
    condition = parse_condition({"all": [tree, every]}, dictionary)
    assert settle(condition, {}, dictionary) == Settling((), True, False)


def test_a_rule_that_is_a_puzzle_in_itself_is_answered_in_bounded_effort_and_said_to_be_inexact() -> None:
    dictionary, tree = clashing_facts(12, 6)
    found = settle(parse_condition(tree, dictionary), {}, dictionary)
    assert found.is_possible
    assert found.is_exact is False
