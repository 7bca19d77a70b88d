"""The mutation run: which faults it plants, and that the shipped cases notice enough of them."""

from collections import Counter

import pytest

from benchmarks.mutation import Operator, mutants, score
from huiqi.catalogue.item_reading import parse_case, parse_item
from huiqi.catalogue.items import Catalogue, Item
from huiqi.catalogue.load import load_catalogue
from huiqi.core.rules.conditions import All, AnyOf, Leaf, Not, Op
from tests.catalogue.samples import raw_case, raw_item

CATALOGUE = load_catalogue()
DICTIONARY = CATALOGUE.dictionary


def item_with(*leaves: dict[str, object]) -> Item:
    return parse_item(raw_item(conditions={"all": list(leaves)}), DICTIONARY)


def planted(operator: Operator, *leaves: dict[str, object]) -> list[object]:
    changed = [
        mutant.condition for mutant in mutants(item_with(*leaves), DICTIONARY) if mutant.operator is operator
    ]
    return [condition.children[0] if isinstance(condition, All) else condition for condition in changed]


def test_a_bound_is_toggled_and_moved_each_way_once() -> None:
    leaf = {"fact": "owner_age", "op": "ge", "value": 18}
    assert planted(Operator.BOUND, leaf) == [Leaf("owner_age", Op.GT, 18)]
    assert planted(Operator.THRESHOLD, leaf) == [Leaf("owner_age", Op.GE, 17)]


def test_a_range_is_narrowed_and_widened_at_both_ends() -> None:
    leaf = {"fact": "owner_age", "op": "between", "value": [18, 65]}
    assert len(planted(Operator.BOUND, leaf)) == 2
    assert planted(Operator.THRESHOLD, leaf) == [
        Leaf("owner_age", Op.BETWEEN, (17, 65)),
        Leaf("owner_age", Op.BETWEEN, (18, 66)),
    ]


def test_each_element_of_a_list_is_left_out_once() -> None:
    leaf = {"fact": "size_class", "op": "in", "value": ["micro", "small"]}
    assert planted(Operator.ELEMENT, leaf) == [
        Leaf("size_class", Op.IN, ("small",)),
        Leaf("size_class", Op.IN, ("micro",)),
    ]
    assert planted(Operator.ELEMENT, {"fact": "size_class", "op": "in", "value": ["micro"]}) == []


def test_a_leaf_is_negated_by_its_opposite_or_by_not() -> None:
    assert planted(Operator.NEGATED, {"fact": "is_operating", "op": "eq", "value": True}) == [
        Leaf("is_operating", Op.NE, value=True)
    ]
    assert planted(Operator.NEGATED, {"fact": "honours", "op": "has_any", "value": ["tech_sme"]}) == [
        Not(Leaf("honours", Op.HAS_ANY, ("tech_sme",)))
    ]
    assert planted(Operator.NEGATED, {"fact": "owner_age", "op": "exists", "value": True}) == [
        Leaf("owner_age", Op.EXISTS, value=False)
    ]


def test_the_only_leaf_is_never_left_out() -> None:
    only = {"fact": "is_operating", "op": "eq", "value": True}
    assert planted(Operator.DROPPED, only) == []
    assert len(planted(Operator.DROPPED, only, {"fact": "owner_age", "op": "ge", "value": 18})) == 2


def test_groups_of_more_than_one_are_exchanged() -> None:
    (item,) = [
        item_with({"fact": "owner_age", "op": "ge", "value": 18}, {"fact": "patents", "op": "ge", "value": 1})
    ]
    regrouped = [m.condition for m in mutants(item, DICTIONARY) if m.operator is Operator.REGROUPED]
    assert [type(condition) for condition in regrouped] == [AnyOf]


@pytest.mark.parametrize(("months", "missed"), [(12, {"now 11"}), (40, {"now 11", "bound"})])
def test_a_mutant_counts_as_caught_only_when_a_case_changes_its_verdict(
    months: int, missed: set[str]
) -> None:
    item = parse_item(
        raw_item(conditions={"all": [{"fact": "months_since_established", "op": "ge", "value": 12}]}),
        DICTIONARY,
    )
    case = parse_case(raw_case(facts={"months_since_established": months}), DICTIONARY, item.id)
    result = score(Catalogue(DICTIONARY, {item.id: item}, (case,)))
    assert {mutant.change for _, mutant in result.missed} == missed
    assert (result.total, result.caught) == (3, 3 - len(missed))


def test_the_shipped_cases_catch_nine_mutants_in_ten() -> None:
    result = score(CATALOGUE)
    assert result.share >= 0.9
    missed = Counter(mutant.operator for _, mutant in result.missed)
    assert missed[Operator.NEGATED] == 0
    assert missed[Operator.BOUND] <= 1
