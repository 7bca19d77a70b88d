"""Verdicts against an independent reading of the published logic, and the laws that always hold."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.core.rules.conditions import OPS_BY_TYPE, All, AnyOf, Not, parse_condition
from huiqi.core.rules.evaluation import (
    Verdict,
    decide,
    evaluate,
    kleene_all,
    kleene_any,
    kleene_not,
)
from huiqi.core.rules.rule import Rule, Window, WindowState
from tests.core.rules import reference
from tests.core.rules.sample import (
    DICTIONARY,
    MEMBERS,
    OPS,
    TYPES,
    Raw,
    condition_of,
    facts_of,
    raw_facts,
    raw_trees,
)

STATE_OF = {1.0: True, 0.0: False, 0.5: None}
AS_OF = date(2026, 6, 30)
kleene = st.sampled_from([True, False, None])


def state(tree: Raw, facts: Raw) -> bool | None:
    return evaluate(condition_of(tree), facts_of(facts), DICTIONARY)


@given(raw_trees(exists=True), raw_facts())
def test_every_tree_says_what_an_independent_reading_of_the_logic_says(tree: Raw, facts: Raw) -> None:
    assert state(tree, facts) is STATE_OF[reference.state(tree, facts, TYPES)]


@pytest.mark.parametrize("fact_id", TYPES)
def test_every_operator_of_every_type_agrees_with_the_independent_reading(fact_id: str) -> None:
    members = MEMBERS[fact_id]
    given_values = [members[:n] for n in range(len(members) + 1)] if TYPES[fact_id] == "set" else members
    for op in OPS[TYPES[fact_id]]:
        for asked in members:
            value = {"between": [min(members), asked], "in": [asked], "not_in": [asked], "has_any": [asked]}
            leaf = {"fact": fact_id, "op": op, "value": value.get(op, asked)}
            for known in [*given_values, None]:
                facts = {} if known is None else {fact_id: known}
                assert state(leaf, facts) is STATE_OF[reference.state(leaf, facts, TYPES)], (leaf, facts)


def test_the_trees_of_these_tests_use_every_operator_the_types_allow() -> None:
    for kind, ops in OPS_BY_TYPE.items():
        assert {str(op) for op in ops} == {*OPS[kind], "exists"}


@pytest.mark.parametrize(
    ("known", "asked", "expected"),
    [
        ("410825", "410800", True),
        ("410825", "410000", True),
        ("410825", "000000", True),
        ("410825", "410823", False),
        ("410800", "410825", None),
        ("410000", "410825", None),
        ("000000", "410825", None),
        ("320000", "410825", False),
        ("410800", "410800", True),
        ("419001", "410800", False),
    ],
)
def test_a_place_known_too_coarsely_is_unknown_and_never_a_no(
    known: str, asked: str, expected: bool | None
) -> None:
    leaf = {"fact": "region_code", "op": "eq", "value": asked}
    assert state(leaf, {"region_code": known}) is expected
    assert state({**leaf, "op": "ne"}, {"region_code": known}) is kleene_not(expected)


@pytest.mark.parametrize(
    ("known", "asked", "expected"),
    [("H6210", "H62", True), ("F", "F52", None), ("H62", "H6210", None), ("H61", "H62", False)],
)
def test_a_trade_known_too_coarsely_is_unknown_and_never_a_no(
    known: str, asked: str, expected: bool | None
) -> None:
    leaf = {"fact": "industry_code", "op": "in", "value": [asked, "A01"]}
    assert state(leaf, {"industry_code": known}) is expected
    assert state({**leaf, "op": "not_in"}, {"industry_code": known}) is kleene_not(expected)


def test_an_empty_set_is_known_and_an_absent_one_is_not() -> None:
    leaf = {"fact": "honours", "op": "has_any", "value": ["high_tech"]}
    assert state(leaf, {"honours": []}) is False
    assert state(leaf, {}) is None


def test_missing_revenue_is_never_reported_as_a_no() -> None:
    leaf = {"fact": "annual_revenue_cny", "op": "ge", "value": 100_000}
    rule = Rule("r", Window(), condition_of({"all": [leaf, {"not": {**leaf, "op": "lt"}}]}))
    assert decide(rule, {}, AS_OF, DICTIONARY) is Verdict.UNKNOWN


def test_branches_that_together_must_hold_stay_unknown() -> None:
    leaf = {"fact": "is_operating", "op": "eq", "value": True}
    assert state({"any": [leaf, {"not": leaf}]}, {}) is None


@given(st.lists(kleene, min_size=1, max_size=4), kleene)
def test_the_kleene_laws_hold(states: list[bool | None], one: bool | None) -> None:
    assert kleene_not(kleene_all(states)) is kleene_any(map(kleene_not, states))
    assert kleene_not(kleene_not(one)) is one
    assert kleene_all(states) is kleene_all(reversed(states))
    assert kleene_all([*states, one]) is kleene_all([kleene_all(states), one])
    assert kleene_any([one, kleene_all([one, *states])]) is one
    assert kleene_all([one, kleene_any([one, *states])]) is one


@given(raw_trees(), raw_facts())
def test_negating_a_tree_by_hand_or_by_not_is_the_same(tree: Raw, facts: Raw) -> None:
    condition, known = condition_of(tree), facts_of(facts)
    twice = All((Not(Not(condition)), AnyOf((condition,))))
    assert evaluate(twice, known, DICTIONARY) is evaluate(condition, known, DICTIONARY)


@given(raw_trees(), raw_facts(), st.data())
def test_learning_more_never_turns_a_verdict_round(tree: Raw, facts: Raw, data: st.DataObject) -> None:
    known = data.draw(st.sets(st.sampled_from(sorted(facts)))) if facts else set()
    before = state(tree, {fact_id: facts[fact_id] for fact_id in known})
    assert before is None or state(tree, facts) is before


FINER = {"000000": "410000", "410000": "410800", "410800": "410825", "H": "H62", "H62": "H6210", "F": "F52"}


@given(raw_trees(("region_code", "industry_code", "is_operating")), raw_facts())
def test_learning_a_code_more_finely_never_turns_a_verdict_round(tree: Raw, facts: Raw) -> None:
    before = state(tree, facts)
    finer = {
        fact_id: FINER.get(value, value) if TYPES[fact_id] == "code" else value
        for fact_id, value in facts.items()
    }
    assert before is None or state(tree, finer) is before


@given(
    st.dates(date(2026, 1, 1), date(2026, 1, 9)),
    st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 9)),
    st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 9)),
)
def test_both_ends_of_a_window_belong_to_it(
    as_of: date, opens_on: date | None, closes_on: date | None
) -> None:
    is_open = (opens_on is None or opens_on <= as_of) and (closes_on is None or as_of <= closes_on)
    assert (Window(opens_on, closes_on).state(as_of) is WindowState.OPEN) == is_open


def test_the_window_decides_before_the_tree_even_where_nothing_is_known() -> None:
    condition = parse_condition({"fact": "is_operating", "op": "eq", "value": True}, DICTIONARY)
    rule = Rule("r", Window(AS_OF, AS_OF), condition)
    day = timedelta(days=1)
    assert decide(rule, {"is_operating": True}, AS_OF, DICTIONARY) is Verdict.ELIGIBLE
    assert decide(rule, {}, AS_OF, DICTIONARY) is Verdict.UNKNOWN
    for outside, state_of_window in ((AS_OF - day, WindowState.NOT_YET), (AS_OF + day, WindowState.CLOSED)):
        assert rule.window.state(outside) is state_of_window
        assert decide(rule, {}, outside, DICTIONARY) is Verdict.INELIGIBLE
        assert decide(rule, {"is_operating": True}, outside, DICTIONARY) is Verdict.INELIGIBLE
