"""The plan of a whole catalogue: shared leaves and hash-consed nodes.

The page, the officer's live count, the command line and the population run all execute this one plan.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from huiqi.core.rules.conditions import All, AnyOf, Condition, Leaf, Not, Op
from huiqi.core.rules.evaluation import VERDICT_OF, LeafTest, Verdict, leaf_test
from huiqi.core.rules.facts import FactDictionary, Facts
from huiqi.core.rules.rule import Rule, WindowState


class NodeKind(StrEnum):
    """What a node of a tree is."""

    LEAF = "leaf"
    ALL = "all"
    ANY = "any"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class PlanNode:
    """One distinct node; a leaf's single child is an index into ``Plan.leaves``, others' are node indices."""

    kind: NodeKind
    children: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A compiled catalogue; children come before their parents, ``roots[i]`` decides ``rules[i]``."""

    dictionary: FactDictionary
    leaves: tuple[Leaf, ...]
    nodes: tuple[PlanNode, ...]
    rules: tuple[Rule, ...]
    roots: tuple[int, ...]


class _Builder:
    def __init__(self) -> None:
        self.leaves: dict[Leaf, int] = {}
        self.nodes: dict[PlanNode, int] = {}

    def add(self, condition: Condition) -> int:
        match condition:
            case Leaf():
                leaf = self.leaves.setdefault(condition, len(self.leaves))
                return self._node(NodeKind.LEAF, (leaf,))
            case Not(child):
                return self._node(NodeKind.NOT, (self.add(child),))
            case All(children):
                return self._group(NodeKind.ALL, children)
            case AnyOf(children):
                return self._group(NodeKind.ANY, children)

    def _group(self, kind: NodeKind, children: tuple[Condition, ...]) -> int:
        places = sorted({self.add(child) for child in children})
        return places[0] if len(places) == 1 else self._node(kind, tuple(places))

    def _node(self, kind: NodeKind, children: tuple[int, ...]) -> int:
        return self.nodes.setdefault(PlanNode(kind, children), len(self.nodes))


def compile_plan(rules: Iterable[Rule], dictionary: FactDictionary) -> Plan:
    """Compile rules into one plan; equal leaves and equal sub-trees are kept once."""
    builder = _Builder()
    kept = tuple(rules)
    roots = tuple(builder.add(rule.condition) for rule in kept)
    return Plan(dictionary, tuple(builder.leaves), tuple(builder.nodes), kept, roots)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a plan says of one business: a state for each leaf, a verdict for each rule."""

    leaf_states: tuple[bool | None, ...]
    verdicts: tuple[Verdict, ...]


class Decider:
    """Decides one business against a plan; made once, used for every request."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._tests: dict[str, list[tuple[int, LeafTest]]] = {}
        self._presence: list[tuple[int, str, bool]] = []
        for place, leaf in enumerate(plan.leaves):
            if leaf.op is Op.EXISTS:
                self._presence.append((place, leaf.fact, leaf.value is True))
            else:
                test = leaf_test(leaf, plan.dictionary[leaf.fact])
                self._tests.setdefault(leaf.fact, []).append((place, test))

    def decide(self, facts: Facts, as_of: date) -> Decision:
        """Return all verdicts; ``facts`` already hold what can be derived."""
        leaf_states = self._leaf_states(facts)
        node_states = self._node_states(leaf_states)
        verdicts = tuple(
            VERDICT_OF[node_states[root]]
            if rule.window.state(as_of) is WindowState.OPEN
            else Verdict.INELIGIBLE
            for rule, root in zip(self.plan.rules, self.plan.roots, strict=True)
        )
        return Decision(tuple(leaf_states), verdicts)

    def _leaf_states(self, facts: Facts) -> list[bool | None]:
        states: list[bool | None] = [None] * len(self.plan.leaves)
        for fact_id, tests in self._tests.items():
            value = facts.get(fact_id)
            if value is not None:
                for place, test in tests:
                    states[place] = test(value)
        for place, fact_id, is_wanted in self._presence:
            states[place] = (fact_id in facts) == is_wanted
        return states

    def _node_states(self, leaf_states: list[bool | None]) -> list[bool | None]:
        states: list[bool | None] = []
        for node in self.plan.nodes:
            if node.kind is NodeKind.LEAF:
                states.append(leaf_states[node.children[0]])
            elif node.kind is NodeKind.NOT:
                inner = states[node.children[0]]
                states.append(None if inner is None else not inner)
            else:
                states.append(_combine(states, node.children, node.kind is NodeKind.ANY))
        return states


def _combine(states: list[bool | None], children: tuple[int, ...], deciding: bool) -> bool | None:
    """Kleene all (deciding False) or any (deciding True) over child states."""
    result: bool | None = not deciding
    for child in children:
        state = states[child]
        if state is deciding:
            return deciding
        if state is None:
            result = None
    return result
