"""An explanation says, leaf by leaf, the state, the value, its source, the rule and the clause."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.core.rules.conditions import All, AnyOf, Condition, Leaf, Not, leaves_of
from huiqi.core.rules.evaluation import Verdict, decide, evaluate
from huiqi.core.rules.explanation import ExplainedNode, Explanation, FactSource, explain
from huiqi.core.rules.facts import CodeSystem, Value
from huiqi.core.rules.plan import NodeKind
from huiqi.core.rules.rule import Rule, Window, WindowState
from tests.core.rules.sample import DICTIONARY, Raw, condition_of, facts_of, raw_facts, raw_trees

AS_OF = date(2026, 6, 30)
MARKET = FactSource("市场监管局", date(2026, 5, 1))
TESTED = FactSource("自测", AS_OF, is_derived=True)
NOODLES: Raw = {
    "all": [
        {"fact": "entity_type", "op": "eq", "value": "individual", "clause": 1},
        {
            "any": [
                {"fact": "months_since_established", "op": "ge", "value": 36, "clause": 2},
                {"not": {"fact": "in_abnormal_list", "op": "eq", "value": True, "clause": 3}},
            ]
        },
        {"fact": "region_code", "op": "eq", "value": "410825"},
        {"fact": "employees", "op": "ge", "value": 5, "clause": 9},
    ]
}
CLAUSES = ("是个体工商户", "满三年", "不在异常名录")
KNOWN = {"entity_type": "individual", "months_since_established": 30, "region_code": "410800"}
SOURCES = {"entity_type": MARKET, "months_since_established": TESTED}


def explained(tree: Raw, facts: Raw, window: Window | None = None) -> Explanation:
    rule = Rule("noodles", window or Window(), condition_of(tree), ("现场看一看",))
    return explain(
        rule,
        facts_of(facts),
        AS_OF,
        DICTIONARY,
        sources=SOURCES,
        clauses=CLAUSES,
        code_name=lambda _, code: f"〈{code}〉",
    )


def nodes(condition: Condition, node: ExplainedNode) -> list[tuple[Condition, ExplainedNode]]:
    """Pair every sub-tree with its explanation."""
    match condition:
        case All(children) | AnyOf(children):
            below = children
        case Not(child):
            below = (child,)
        case Leaf():
            below = ()
    assert len(below) == len(node.children)
    pairs = [nodes(child, each) for child, each in zip(below, node.children, strict=True)]
    return [(condition, node), *(pair for each in pairs for pair in each)]


KIND_OF = {All: NodeKind.ALL, AnyOf: NodeKind.ANY, Not: NodeKind.NOT, Leaf: NodeKind.LEAF}


@given(raw_trees(exists=True), raw_facts())
def test_every_node_has_the_state_the_rule_gives_it(tree: Raw, facts: Raw) -> None:
    known, condition = facts_of(facts), condition_of(tree)
    explanation = explain(Rule("r", Window(), condition), known, AS_OF, DICTIONARY)
    for part, node in nodes(condition, explanation.root):
        assert node.kind is KIND_OF[type(part)]
        assert node.state is evaluate(part, known, DICTIONARY)
        assert (node.leaf is None) == (node.kind is not NodeKind.LEAF)
    assert [each.leaf for each in explanation.root.leaves()] == list(leaves_of(condition))


@given(raw_trees(), raw_facts(), st.integers(-1, 1))
def test_the_verdict_is_that_of_the_rule_on_that_day(tree: Raw, facts: Raw, step: int) -> None:
    day = AS_OF + timedelta(days=step)
    rule, known = Rule("r", Window(day, day), condition_of(tree)), facts_of(facts)
    explanation = explain(rule, known, AS_OF, DICTIONARY)
    assert explanation.verdict is decide(rule, known, AS_OF, DICTIONARY)
    assert explanation.window is rule.window.state(AS_OF)


@given(raw_trees(exists=True), raw_facts())
def test_no_leaf_is_left_without_words(tree: Raw, facts: Raw) -> None:
    known = facts_of(facts)
    for leaf in explained(tree, facts).root.leaves():
        assert leaf.fact.label in leaf.rule_text
        assert leaf.value == known.get(leaf.fact.id)
        assert (leaf.value_text == "未知") == (leaf.fact.id not in known)
        assert leaf.value_text
        assert (leaf.source is None) == (leaf.value is None or leaf.fact.id not in SOURCES)


def test_the_noodle_shop_is_told_everything() -> None:
    explanation = explained(NOODLES, KNOWN)
    assert explanation.rule_id == "noodles"
    assert explanation.verdict is Verdict.UNKNOWN
    assert explanation.manual_checks == ("现场看一看",)
    told = [
        (leaf.state, leaf.rule_text, leaf.value_text, leaf.source, leaf.clause)
        for leaf in explanation.root.leaves()
    ]
    assert told == [
        (True, "主体类型是个体工商户", "个体工商户", MARKET, "是个体工商户"),
        (False, "已成立月数不少于 36 个月", "30 个月", TESTED, "满三年"),
        (None, "符合“列入经营异常名录”", "未知", None, "不在异常名录"),
        (None, "登记地在〈410825〉", "〈410800〉", None, None),
        (None, "从业人数不少于 5 人", "未知", None, None),
    ]


def test_a_negation_shows_its_own_state_and_that_of_what_it_negates() -> None:
    tree = {"not": {"fact": "in_abnormal_list", "op": "eq", "value": True}}
    root = explained(tree, {"in_abnormal_list": True}).root
    assert (root.kind, root.state) == (NodeKind.NOT, False)
    assert root.children[0].state is True


def test_a_closed_window_is_said_and_the_tree_is_explained_all_the_same() -> None:
    explanation = explained(NOODLES, KNOWN, Window(None, AS_OF - timedelta(days=1)))
    assert explanation.verdict is Verdict.INELIGIBLE
    assert explanation.window is WindowState.CLOSED
    assert explanation.root.state is None


@pytest.mark.parametrize("value", [False, 0, frozenset()])
def test_a_no_a_zero_and_an_empty_list_are_values_and_not_unknown(value: Value) -> None:
    fact_id, op, asked = {
        bool: ("is_operating", "eq", True),
        int: ("employees", "ge", 1),
        frozenset: ("honours", "has_any", ["srdi"]),
    }[type(value)]
    rule = Rule("r", Window(), condition_of({"fact": fact_id, "op": op, "value": asked}))
    (leaf,) = explain(rule, {fact_id: value}, AS_OF, DICTIONARY, sources={fact_id: MARKET}).root.leaves()
    assert leaf.state is False
    assert leaf.value_text != "未知"
    assert leaf.source is MARKET


def test_codes_without_names_are_shown_as_they_are() -> None:
    rule = Rule("r", Window(), condition_of({"fact": "region_code", "op": "eq", "value": "410825"}))
    (leaf,) = explain(rule, {"region_code": "410800"}, AS_OF, DICTIONARY).root.leaves()
    assert (leaf.rule_text, leaf.value_text) == ("登记地在410825", "410800")
    assert leaf.fact.code_system is CodeSystem.REGION
