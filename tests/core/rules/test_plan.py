"""The compiled plan of a catalogue says exactly what the rules say one by one."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from huiqi.core.rules.conditions import leaves_of
from huiqi.core.rules.evaluation import decide, leaf_state
from huiqi.core.rules.plan import Decider, NodeKind, compile_plan
from huiqi.core.rules.rule import Rule, Window
from tests.core.rules.sample import DICTIONARY, Raw, condition_of, facts_of, raw_facts, raw_trees

AS_OF = date(2026, 6, 30)
windows = st.sampled_from(
    [Window(), Window(AS_OF, AS_OF), Window(date(2026, 7, 1), None), Window(None, date(2026, 6, 29))]
)


@st.composite
def catalogues(draw: st.DrawFn) -> list[Rule]:
    """Rules that share sub-trees: each is built from a small stock of trees."""
    stock = draw(st.lists(raw_trees(exists=True, max_leaves=6), min_size=1, max_size=4))
    picked = st.lists(st.sampled_from(stock), min_size=1, max_size=3)
    trees = draw(st.lists(st.builds(_joined, st.sampled_from(["all", "any", "not"]), picked), max_size=5))
    return [Rule(f"r{n}", draw(windows), condition_of(tree)) for n, tree in enumerate([*stock, *trees])]


def _joined(kind: str, parts: list[Raw]) -> Raw:
    return {"not": {"all": parts}} if kind == "not" else {kind: parts}


@given(catalogues(), raw_facts())
def test_the_plan_says_what_each_rule_says_alone(rules: list[Rule], facts: Raw) -> None:
    known = facts_of(facts)
    decision = Decider(compile_plan(rules, DICTIONARY)).decide(known, AS_OF)
    assert decision.verdicts == tuple(decide(rule, known, AS_OF, DICTIONARY) for rule in rules)


@given(catalogues(), raw_facts())
def test_leaf_states_stand_in_the_order_of_the_plans_leaves(rules: list[Rule], facts: Raw) -> None:
    known, plan = facts_of(facts), compile_plan(rules, DICTIONARY)
    states = Decider(plan).decide(known, AS_OF).leaf_states
    assert states == tuple(
        leaf_state(leaf, DICTIONARY[leaf.fact], known.get(leaf.fact)) for leaf in plan.leaves
    )


@given(catalogues())
def test_the_plan_keeps_equal_leaves_and_nodes_once_and_children_before_parents(rules: list[Rule]) -> None:
    plan = compile_plan(rules, DICTIONARY)
    every_leaf = [leaf for rule in rules for leaf in leaves_of(rule.condition)]
    assert plan.leaves == tuple(dict.fromkeys(every_leaf))
    assert len(set(plan.nodes)) == len(plan.nodes)
    for place, node in enumerate(plan.nodes):
        limit = len(plan.leaves) if node.kind is NodeKind.LEAF else place
        assert all(child < limit for child in node.children)


def test_the_same_condition_in_another_order_or_of_another_clause_is_kept_once() -> None:
    operating = {"fact": "is_operating", "op": "eq", "value": True}
    old = {"fact": "owner_age", "op": "ge", "value": 60}
    one = condition_of({"all": [operating, {**old, "clause": 1}]})
    other = condition_of({"all": [{**old, "clause": 2}, operating, operating]})
    plan = compile_plan([Rule("a", Window(), one), Rule("b", Window(), other)], DICTIONARY)
    assert plan.roots[0] == plan.roots[1]
    assert len(plan.leaves) == 2


def test_a_decider_keeps_nothing_of_the_business_before() -> None:
    plan = compile_plan(
        [Rule("a", Window(), condition_of({"fact": "owner_age", "op": "ge", "value": 18}))], DICTIONARY
    )
    decider = Decider(plan)
    known = decider.decide({"owner_age": 20}, AS_OF)
    assert decider.decide({}, AS_OF).leaf_states == (None,)
    assert decider.decide({"owner_age": 20}, AS_OF) == known
