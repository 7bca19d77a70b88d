"""What lint says of one tree, against an oracle that tries every business."""

from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given, settings

from huiqi.core.rules.conditions import leaves_of
from huiqi.core.rules.evaluation import evaluate
from huiqi.core.rules.linting.dead import DeadKind, find_dead
from huiqi.core.rules.linting.findings import Code, Finding, Severity
from huiqi.core.rules.linting.space import Knowledge, Space
from huiqi.core.rules.linting.trees import lint_tree
from huiqi.core.rules.wording import leaf_text
from tests.core.rules import reference
from tests.core.rules.linting.oracle import EVERY_VALUE, Table, businesses, leaves, nodes
from tests.core.rules.sample import DICTIONARY, TYPES, Raw, condition_of, facts_of, raw_facts, raw_trees

FEW = ("employees", "honours", "region_code", "is_operating")
OTHERS = ("research_ratio_pct", "entity_type", "established_on", "industry_code")
CONSTANT = {Code.NEVER_TRUE, Code.ALWAYS_TRUE}
DEAD = {Code.DEAD_LEAF, Code.DEAD_BRANCH}


def lint(tree: Raw) -> tuple[Finding, ...]:
    return lint_tree("item", condition_of(tree), DICTIONARY)


def codes(tree: Raw) -> list[tuple[str, str, str]]:
    return [(finding.severity.value, finding.code.value, finding.path) for finding in lint(tree)]


def leaf(fact: str, op: str, value: Any) -> Raw:
    return {"fact": fact, "op": op, "value": value}


@pytest.mark.parametrize("facts", [FEW, OTHERS])
def test_never_and_always_true_are_found_exactly(facts: tuple[str, ...]) -> None:
    @settings(max_examples=150)
    @given(raw_trees(facts, exists=True, max_leaves=6))
    def check(tree: Raw) -> None:
        outcomes = set(Table([tree], "asked").function(tree))
        found = {finding.code for finding in lint(tree)}
        assert (Code.NEVER_TRUE in found) == (1.0 not in outcomes)
        assert (Code.ALWAYS_TRUE in found) == (outcomes == {1.0})

    check()


@pytest.mark.parametrize("facts", [FEW, OTHERS])
def test_dead_nodes_are_found_exactly_and_can_all_be_taken_out_together(facts: tuple[str, ...]) -> None:
    @settings(max_examples=150)
    @given(raw_trees(facts, exists=True, max_leaves=6))
    def check(tree: Raw) -> None:
        findings = lint(tree)
        assume(not CONSTANT & {finding.code for finding in findings})
        dead = [finding.path for finding in findings if finding.code in DEAD]
        table = Table([tree], "asked")
        assert bool(dead) == bool(table.replaceable(tree))
        choices = (dict(zip(dead, values, strict=True)) for values in product((1.0, 0.0), repeat=len(dead)))
        whole = table.function(tree)
        fitting = [choice for choice in choices if table.function(tree, choice) == whole]
        assert any(not table.replaceable(tree, choice) for choice in fitting)

    check()


@settings(max_examples=150)
@given(raw_trees(("region_code", "employees", "is_operating"), max_leaves=6))
def test_a_dead_node_called_needless_changes_no_verdict_whatever_is_known(tree: Raw) -> None:
    condition = condition_of(tree)
    known, partial = (
        Space(leaves_of(condition), DICTIONARY, each) for each in (Knowledge.PRESENCE, Knowledge.PARTIAL)
    )
    assume(not CONSTANT & {finding.code for finding in lint(tree)})
    dead = find_dead(condition, "conditions", known, partial)
    assume(not {DeadKind.NEVER, DeadKind.ALWAYS, DeadKind.IMPOSSIBLE} & {each.kind for each in dead})
    needless = [each.path for each in dead if each.kind in (DeadKind.SWALLOWED, DeadKind.IMPLIED)]
    table = Table([tree], "any")
    choices = (dict(zip(needless, each, strict=True)) for each in product((1.0, 0.0), repeat=len(needless)))
    assert table.function(tree) in [table.function(tree, choice) for choice in choices]


@settings(max_examples=150)
@given(raw_trees(FEW, exists=True, max_leaves=6))
def test_exists_is_warned_of_exactly_where_learning_the_fact_can_turn_a_verdict(tree: Raw) -> None:
    findings = lint(tree)
    assume(not CONSTANT & {finding.code for finding in findings})
    turned = set()
    for business in businesses([tree], "asked"):
        before = reference.state(tree, business, TYPES)
        for fact in {each["fact"] for each in leaves(tree)} - set(business):
            after = {reference.state(tree, {**business, fact: each}, TYPES) for each in EVERY_VALUE[fact]}
            turned |= {fact} if before != reference.UNKNOWN and after != {before} else set()
    asked = [(path, node["fact"]) for path, node in nodes(tree) if node.get("op") == "exists"]
    first = {fact: path for path, fact in reversed(asked)}
    paths = {finding.path for finding in findings if finding.code is Code.EXISTS_DECIDES}
    assert paths == {first[fact] for fact in turned}


@given(raw_trees(max_leaves=10), raw_facts(), raw_facts())
def test_without_exists_learning_more_never_turns_a_verdict(tree: Raw, facts: Raw, more: Raw) -> None:
    before = evaluate(condition_of(tree), facts_of(facts), DICTIONARY)
    after = evaluate(condition_of(tree), facts_of({**more, **facts}), DICTIONARY)
    assert before is None or before is after


@given(raw_trees(exists=True, max_leaves=10))
def test_every_path_leads_to_a_node_and_is_named_once_for_being_dead(tree: Raw) -> None:
    paths = [finding.path for finding in lint(tree) if finding.code in DEAD]
    assert set(paths) <= {path for path, _ in nodes(tree)}
    assert len(set(paths)) == len(paths)


OPEN = leaf("is_operating", "eq", True)
FARM = leaf("entity_type", "eq", "farm")

PLANTED = {
    "bounds that exclude each other": (
        {"all": [OPEN, leaf("employees", "lt", 5), leaf("employees", "ge", 5)]},
        [("error", "never_true", "conditions")],
    ),
    "no whole number between two": (
        {"all": [leaf("employees", "gt", 5), leaf("employees", "lt", 6)]},
        [("error", "never_true", "conditions")],
    ),
    "below the least value there is": (leaf("employees", "lt", 0), [("error", "never_true", "conditions")]),
    "another city's county": (
        {"all": [leaf("region_code", "in", ["410800"]), leaf("region_code", "in", ["320100"])]},
        [("error", "never_true", "conditions")],
    ),
    "asked to be absent and to have a value": (
        {"all": [leaf("employees", "exists", False), leaf("employees", "ge", 5)]},
        [("error", "never_true", "conditions")],
    ),
    "two halves of everything": (
        {"any": [OPEN, leaf("employees", "le", 5), leaf("employees", "gt", 5)]},
        [("error", "always_true", "conditions")],
    ),
    "all choices listed": (
        leaf("size_class", "in", ["micro", "small", "medium", "large"]),
        [("error", "always_true", "conditions")],
    ),
    "the whole country": (leaf("region_code", "in", ["000000"]), [("error", "always_true", "conditions")]),
    "not a contradiction": (
        {"not": {"all": [leaf("employees", "lt", 5), leaf("employees", "ge", 5)]}},
        [("error", "always_true", "conditions")],
    ),
    "a bound the next one already holds": (
        {"all": [OPEN, leaf("owner_age", "ge", 17), leaf("owner_age", "ge", 18)]},
        [("error", "dead_leaf", "conditions/all[1]")],
    ),
    "a province beside its own city": (
        {"all": [leaf("region_code", "in", ["410000"]), leaf("region_code", "in", ["410800"])]},
        [("error", "dead_leaf", "conditions/all[0]")],
    ),
    "an alternative another one includes": (
        {"any": [leaf("honours", "has_any", ["srdi"]), leaf("honours", "has_any", ["srdi", "high_tech"])]},
        [("error", "dead_leaf", "conditions/any[0]")],
    ),
    "the same leaf twice, the second is named": (
        {"all": [FARM, OPEN, FARM]},
        [("error", "dead_leaf", "conditions/all[2]")],
    ),
    "a leaf every value meets": (
        {"all": [OPEN, leaf("employees", "ge", 0)]},
        [("error", "dead_leaf", "conditions/all[1]")],
    ),
    "a leaf no value meets": (
        {"any": [OPEN, leaf("research_ratio_pct", "gt", 100)]},
        [("error", "dead_leaf", "conditions/any[1]")],
    ),
    "a branch that contradicts itself": (
        {"any": [OPEN, {"all": [FARM, leaf("employees", "lt", 5), leaf("employees", "gt", 19)]}]},
        [("error", "dead_branch", "conditions/any[1]")],
    ),
    "a branch that contradicts what stands beside it": (
        {"all": [leaf("employees", "le", 5), {"any": [OPEN, {"all": [FARM, leaf("employees", "ge", 20)]}]}]},
        [("error", "dead_branch", "conditions/all[1]/any[1]")],
    ),
    "a contradiction below a not": (
        {"all": [leaf("employees", "le", 20), {"not": {"all": [OPEN, leaf("employees", "le", 300)]}}]},
        [("error", "dead_leaf", "conditions/all[1]/not/all[1]")],
    ),
    "a stricter refusal beside a milder one": (
        {"not": {"any": [leaf("employees", "le", 20), leaf("employees", "le", 5)]}},
        [("error", "dead_leaf", "conditions/not/any[1]")],
    ),
    "two cases that only repeat a third, which alone is decided by a coarse code": (
        {"any": [{"all": [leaf("region_code", "in", ["410800"]), OPEN]},
                 {"all": [leaf("region_code", "in", ["410000"]), leaf("region_code", "ne", "410800"), OPEN]},
                 {"all": [leaf("region_code", "in", ["410000"]), OPEN]}]},
        [("error", "dead_branch", "conditions/any[0]"), ("error", "dead_branch", "conditions/any[1]")],
    ),
    "every county of a city, and every other city": (
        {"any": [leaf("region_code", "in", [f"4108{county:02}" for county in range(1, 100)]),
                 leaf("region_code", "ne", "410800")]},
        [("error", "always_true", "conditions")],
    ),
    "a group that asks nothing": (
        {"all": [leaf("employees", "ge", 20), {"any": [leaf("employees", "ge", 5), FARM]}]},
        [("error", "dead_branch", "conditions/all[1]")],
    ),
    "law written as cases is a warning only": (
        {"any": [{"all": [leaf("employees", "le", 20), leaf("research_ratio_pct", "ge", 5)]},
                 {"all": [leaf("employees", "gt", 20), leaf("research_ratio_pct", "ge", 3)]}]},
        [("warning", "dead_leaf", "conditions/any[0]/all[0]")],
    ),
    "a yes to whoever says nothing": (
        {"any": [leaf("employees", "exists", False), leaf("employees", "le", 5)]},
        [("warning", "exists_decides", "conditions/any[0]")],
    ),
    "a no to whoever says nothing": (
        {"all": [OPEN, leaf("honours", "exists", True)]},
        [("warning", "exists_decides", "conditions/all[1]")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("defect", PLANTED)
def test_a_planted_defect_is_found_where_it_is(defect: str) -> None:
    tree, expected = PLANTED[defect]
    assert codes(tree) == expected


SOUND = {
    "a flat policy": {"all": [
        leaf("region_code", "in", ["410800"]), leaf("entity_type", "ne", "company"),
        leaf("months_since_established", "between", [12, 36]), leaf("in_abnormal_list", "eq", False)]},
    "two cases that ask for different things": {"any": [
        {"all": [FARM, leaf("employees", "ge", 5)]},
        {"all": [leaf("entity_type", "eq", "company"), leaf("employees", "ge", 20)]}]},
    "a province without one of its cities": {"all": [
        leaf("region_code", "in", ["410000"]), leaf("region_code", "not_in", ["410800"])]},
    "two honours, both asked for": {"all": [
        leaf("honours", "has_any", ["srdi"]), leaf("honours", "has_any", ["high_tech", "famous"])]},
    "a threshold that one honour lifts": {"any": [
        leaf("honours", "has_any", ["srdi"]), leaf("annual_revenue_cny", "ge", 3_000_000)]},
    "a stretch with a hole": {"all": [
        leaf("owner_age", "between", [18, 60]), leaf("owner_age", "ne", 45)]},
    "a loss allowed": {"all": [leaf("profit_cny", "lt", 0), {"not": leaf("has_incident", "eq", True)}]},
}  # fmt: skip


@pytest.mark.parametrize("rule", SOUND)
def test_a_sound_rule_has_no_finding(rule: str) -> None:
    assert lint(SOUND[rule]) == ()


def test_what_excludes_each_other_is_named_and_nothing_else() -> None:
    (finding,) = lint({"all": [OPEN, leaf("employees", "lt", 5), FARM, leaf("employees", "gt", 5)]})
    assert finding.message.startswith("conditions/all[1]、conditions/all[3] 合起来不可能成立")


def test_the_culprit_of_a_nested_contradiction_is_named() -> None:
    inner = {"all": [leaf("employees", "lt", 5), leaf("employees", "gt", 5), FARM]}
    (finding,) = lint({"all": [OPEN, inner]})
    assert finding.message.startswith("conditions/all[1]/all[0]、conditions/all[1]/all[1] 合起来不可能成立")


def test_a_dead_leaf_is_told_in_words_with_the_leaves_to_compare() -> None:
    mild, strict = leaf("employees", "ge", 5), leaf("employees", "ge", 20)
    (finding,) = lint({"all": [mild, strict]})
    words = leaf_text(next(leaves_of(condition_of(mild))), DICTIONARY["employees"])
    reason = "是多余的：同时要求的条件已经更严（请对照 conditions/all[1]）"
    assert finding.severity is Severity.ERROR
    assert finding.message.startswith(f"“{words}”{reason}")


def test_a_tree_beyond_the_budget_says_that_it_was_not_worked_out() -> None:
    thresholds = [leaf("annual_revenue_cny", "ne", number) for number in range(2_000)]
    assert codes({"all": thresholds}) == [("warning", "too_complex", "conditions")]
