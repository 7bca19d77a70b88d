"""Which rules lint takes for the same, against every business and against rewriting."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.core.rules.linting.findings import Code, Finding
from huiqi.core.rules.linting.forms import canonical_form
from huiqi.core.rules.linting.sameness import ATOM_LIMIT, lint_sameness
from huiqi.core.rules.rule import Rule, Window
from tests.core.rules.linting.oracle import Table
from tests.core.rules.sample import DICTIONARY, MEMBERS, TYPES, Raw, condition_of, raw_trees

FEW = ("employees", "honours", "region_code", "is_operating")
OTHERS = ("research_ratio_pct", "entity_type", "established_on", "industry_code")
OPPOSITE = {
    "eq": "ne", "ne": "eq", "in": "not_in", "not_in": "in", "gt": "le", "le": "gt", "ge": "lt", "lt": "ge",
}  # fmt: skip


def leaf(fact: str, op: str, value: Any) -> Raw:
    return {"fact": fact, "op": op, "value": value}


def rules(*trees: Raw) -> list[Rule]:
    return [Rule(f"item-{number}", Window(), condition_of(tree)) for number, tree in enumerate(trees)]


def same(*trees: Raw) -> tuple[Finding, ...]:
    return lint_sameness(rules(*trees), DICTIONARY)


@st.composite
def rewritten(draw: st.DrawFn, tree: Raw) -> Raw:
    """The same tree in other words: reordered, regrouped, repeated, negated twice, other operators."""
    ((kind, content), *others) = tree.items()
    if others:
        return draw(st.sampled_from(other_words(tree)))
    if kind == "not":
        return {"not": draw(rewritten(content))}
    children = [draw(rewritten(child)) for child in draw(st.permutations(content))]
    other = "any" if kind == "all" else "all"
    shape = draw(st.sampled_from(["plain", "repeated", "regrouped", "negated"]))
    if shape == "repeated":
        return {kind: [*children, children[0]]}
    if shape == "regrouped":
        return {kind: [{kind: children[:1]}, {kind: children}]}
    if shape == "negated":
        return {"not": {other: [{"not": child} for child in children]}}
    return {kind: children}


def other_words(tree: Raw) -> list[Raw]:
    """A leaf, and leaves or groups that mean the same."""
    fact, op, value = tree["fact"], tree["op"], tree["value"]
    words = [tree, {"not": {"not": tree}}]
    if op in OPPOSITE and not (TYPES[fact] == "date" and op == "eq"):
        words.append({"not": leaf(fact, OPPOSITE[op], value)})
    if op == "between":
        words.append({"all": [leaf(fact, "le", value[1]), leaf(fact, "ge", value[0])]})
    if op == "exists":
        words.append({"not": leaf(fact, op, not value)})
    if TYPES[fact] in ("integer", "money_cny") and op in ("lt", "ge"):
        words.append(leaf(fact, "le" if op == "lt" else "gt", value - 1))
    if TYPES[fact] == "enum" and op == "ne":
        words.append(leaf(fact, "in", [choice for choice in MEMBERS[fact] if choice != value]))
    if TYPES[fact] == "bool" and op != "exists":
        words.append(leaf(fact, OPPOSITE[op], not value))
    return words


@settings(max_examples=100)
@given(st.sampled_from([FEW, OTHERS]), st.data())
def test_two_rules_are_called_the_same_exactly_where_no_business_tells_them_apart(
    facts: tuple[str, ...], data: st.DataObject
) -> None:
    one, other = (data.draw(raw_trees(facts, exists=True, max_leaves=4)) for _ in range(2))
    table = Table([one, other], "asked")
    assert bool(same(one, other)) == (table.function(one) == table.function(other))


@given(raw_trees(exists=True, max_leaves=8), st.data())
def test_a_rule_in_other_words_is_called_the_same(tree: Raw, data: st.DataObject) -> None:
    (finding,) = same(tree, data.draw(rewritten(tree)))
    assert (finding.code, finding.item_id, finding.path) == (Code.SAME_RULE, "item-1", "conditions")


@settings(max_examples=100)
@given(raw_trees(FEW, exists=True, max_leaves=4), raw_trees(FEW, exists=True, max_leaves=4))
def test_rules_of_one_form_are_the_same_function(one: Raw, other: Raw) -> None:
    forms = [canonical_form(condition_of(tree), DICTIONARY) for tree in (one, other)]
    table = Table([one, other], "any")
    assert forms[0] != forms[1] or table.function(one) == table.function(other)


@given(raw_trees(exists=True, max_leaves=8), st.data())
def test_the_form_does_not_depend_on_the_words(tree: Raw, data: st.DataObject) -> None:
    words = data.draw(rewritten(tree))
    one, other = (canonical_form(condition_of(each), DICTIONARY) for each in (tree, words))
    assert one == other


def test_the_finding_names_the_earlier_rule_and_says_whether_the_windows_agree() -> None:
    tree = condition_of(leaf("employees", "ge", 5))
    until = Window(closes_on=date(2026, 12, 31))
    kept = [Rule("first", until, tree), Rule("second", until, tree), Rule("third", Window(), tree)]
    second, third = lint_sameness(kept, DICTIONARY)
    assert second.message.startswith("与 first 的条件相同，执行期也相同（按所有取值推理得出）")
    assert third.message.startswith("与 first 的条件相同，执行期不同")


def test_asking_whether_a_fact_is_there_makes_another_rule() -> None:
    """Both say the same of every complete business; only one says no to a business without the fact."""
    several = leaf("employees", "ge", 5)
    answered = {"all": [several, leaf("employees", "exists", True)]}
    assert not same(several, answered)
    pairs = [(each.item_id, each.message.split()[1]) for each in same(several, answered, several, answered)]
    assert pairs == [("item-2", "item-0"), ("item-3", "item-1")]


def test_outside_a_stretch_is_below_it_or_above_it() -> None:
    outside = {"not": leaf("research_ratio_pct", "between", [3, 5])}
    words = {"any": [leaf("research_ratio_pct", "gt", 5), leaf("research_ratio_pct", "lt", 3)]}
    assert len({canonical_form(condition_of(each), DICTIONARY) for each in (outside, words)}) == 1


def large(number: int) -> list[Raw]:
    return [leaf("annual_revenue_cny", "ne", each) for each in range(number)]


def test_up_to_twenty_leaves_values_decide() -> None:
    words = {"not": {"any": [leaf("annual_revenue_cny", "between", [0, ATOM_LIMIT - 1])]}}
    (finding,) = same({"all": large(ATOM_LIMIT)}, words)
    assert "按所有取值推理得出" in finding.message


def test_beyond_twenty_leaves_the_words_decide_and_the_finding_says_so() -> None:
    leaves = large(ATOM_LIMIT + 1)
    (finding,) = same({"all": leaves}, {"not": {"any": [{"not": each} for each in reversed(leaves)]}})
    assert "只比对了写法" in finding.message
    assert not same({"all": leaves}, {"not": leaf("annual_revenue_cny", "between", [0, ATOM_LIMIT])})


@pytest.mark.parametrize("size", [900, 1_800])
def test_rules_of_few_leaves_with_too_many_values_are_compared_in_words(size: int) -> None:
    """The smaller number is too many for both rules together only."""
    listed = [number / 100 for number in range(size)]
    one, other = leaf("research_ratio_pct", "in", listed), leaf("research_ratio_pct", "in", listed[::-1])
    (finding,) = same(one, {"not": {"not": other}})
    assert "只比对了写法" in finding.message
