"""The classes of a value space: every value lies in one, and none is invented."""

from datetime import date, timedelta
from itertools import combinations
from math import inf, nextafter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.core.rules.conditions import Leaf, Op, leaves_of
from huiqi.core.rules.facts import Value
from huiqi.core.rules.spaces import Span, ValueClass, states_of, value_classes
from tests.core.rules.sample import ALL_FACTS, DICTIONARY, MEMBERS, condition_of, raw_leaves

TAGS = ["high_tech", "srdi", "famous"]


def values_of(fact_id: str) -> list[Value]:
    """Complete values of a fact, as many as the sample's leaves can tell apart."""
    members, kind = MEMBERS[fact_id], DICTIONARY[fact_id].type
    if kind == "set":
        return [frozenset(tags) for n in range(4) for tags in combinations(TAGS, n)]
    if kind == "code":
        if fact_id == "industry_code":
            return ["H6210", "H6299", "H6199", "H9999", "F5211", "F5299", "F9999", "A9999"]
        return ["410825", "410823", "410899", "419999", "320199", "329999", "999999"]
    if kind == "date":
        days = [date.fromisoformat(day) for day in members]
        return [day + timedelta(days=step) for day in days for step in (-1, 0, 1)]
    if kind in ("bool", "enum"):
        return list(members)
    step: Any = 0.001 if kind == "number" else 1
    fact = DICTIONARY[fact_id]
    least, most = (
        (-inf if fact.minimum is None else fact.minimum),
        (inf if fact.maximum is None else fact.maximum),
    )
    return [n + way * step for n in members for way in (-1, 0, 1) if least <= n + way * step <= most]


@pytest.mark.parametrize("fact_id", ALL_FACTS)
@given(data=st.data())
def test_the_classes_are_exactly_the_states_real_values_can_give(fact_id: str, data: st.DataObject) -> None:
    raw = data.draw(st.lists(raw_leaves((fact_id,), exists=True), min_size=1, max_size=4))
    leaves, fact = [condition_of(each) for each in raw], DICTIONARY[fact_id]
    only = [leaf for each in leaves for leaf in leaves_of(each)]
    classes = value_classes(fact, only)
    assert {each.states for each in classes} == {states_of(fact, only, v) for v in values_of(fact_id)}
    for each in classes:
        assert states_of(fact, only, each.representative) == each.states
        assert fact.parse(plain(each.representative)) == each.representative


def plain(value: Value) -> object:
    return sorted(value) if isinstance(value, frozenset) else value


def spans(classes: tuple[ValueClass, ...]) -> list[Span | None]:
    return [each.span for each in classes]


def test_whole_numbers_are_cut_between_one_number_and_the_next() -> None:
    leaves = [Leaf("owner_age", Op.GE, 18), Leaf("owner_age", Op.LE, 60)]
    found = value_classes(DICTIONARY["owner_age"], leaves)
    assert spans(found) == [Span(0, 17), Span(18, 60), Span(61, None)]


def test_real_numbers_are_cut_at_the_bound_itself() -> None:
    found = value_classes(DICTIONARY["research_ratio_pct"], [Leaf("research_ratio_pct", Op.GT, 3)])
    assert spans(found) == [Span(0, 3), Span(3, 100, is_low_open=True)]
    assert found[1].representative == 51.5


@pytest.mark.parametrize(("op", "states"), [(Op.GE, [(True,)]), (Op.LE, [(False,)]), (Op.EQ, [(False,)])])
def test_a_bound_outside_the_value_space_cuts_nothing(op: Op, states: list[tuple[bool]]) -> None:
    found = value_classes(DICTIONARY["owner_age"], [Leaf("owner_age", op, -3)])
    assert [each.states for each in found] == states
    assert len(value_classes(DICTIONARY["research_ratio_pct"], [Leaf("research_ratio_pct", Op.GT, 100)])) == 1


def test_a_number_without_bounds_has_values_on_both_sides() -> None:
    found = value_classes(DICTIONARY["growth_pct"], [Leaf("growth_pct", Op.BETWEEN, (-5.5, 10))])
    assert spans(found) == [
        Span(None, -5.5, is_high_open=True),
        Span(-5.5, 10),
        Span(10, None, is_low_open=True),
    ]
    assert [each.representative for each in found] == [-6.5, -5.5, 11]


def test_a_class_may_be_a_single_number_next_to_another() -> None:
    low = 0.1
    leaves = [Leaf("growth_pct", Op.GE, low), Leaf("growth_pct", Op.LT, nextafter(low, inf))]
    found = [each for each in value_classes(DICTIONARY["growth_pct"], leaves) if each.states == (True, True)]
    assert [each.representative for each in found] == [low]


def test_between_two_neighbouring_numbers_there_is_no_class() -> None:
    low = 0.1
    high = nextafter(low, inf)
    leaves = [Leaf("research_ratio_pct", Op.GT, low), Leaf("research_ratio_pct", Op.LT, high)]
    found = value_classes(DICTIONARY["research_ratio_pct"], leaves)
    assert (True, True) not in {each.states for each in found}
    assert all(
        states_of(DICTIONARY["research_ratio_pct"], leaves, c.representative) == c.states for c in found
    )


def test_a_code_known_coarsely_leaves_only_the_codes_inside_it() -> None:
    leaves = [Leaf("region_code", Op.EQ, "410825"), Leaf("region_code", Op.EQ, "320000")]
    found = value_classes(DICTIONARY["region_code"], leaves, "410800")
    assert {each.states for each in found} == {(True, False), (False, False)}
    assert all(str(each.representative).startswith("4108") for each in found)


def test_a_set_known_already_is_only_added_to_as_little_as_possible() -> None:
    leaves = [Leaf("honours", Op.HAS_ANY, (tag,)) for tag in TAGS]
    found = value_classes(DICTIONARY["honours"], leaves, frozenset({"srdi"}))
    assert [each.representative for each in found] == [
        frozenset({"srdi"}),
        frozenset({"srdi", "high_tech"}),
        frozenset({"srdi", "famous"}),
        frozenset(TAGS),
    ]


def test_one_tag_that_answers_two_leaves_is_preferred_to_two() -> None:
    leaves = [
        Leaf("honours", Op.HAS_ANY, ("high_tech", "famous")),
        Leaf("honours", Op.HAS_ANY, ("srdi", "famous")),
    ]
    found = value_classes(DICTIONARY["honours"], leaves)
    assert [each.representative for each in found if each.states == (True, True)] == [frozenset({"famous"})]
