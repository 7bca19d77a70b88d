"""Why a verdict is what it is: leaf by leaf the state, the value, where it came from, what the rule says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from huiqi.core.rules.conditions import All, AnyOf, Condition, Leaf, Not
from huiqi.core.rules.evaluation import (
    VERDICT_OF,
    Verdict,
    kleene_all,
    kleene_any,
    kleene_not,
    leaf_state,
)
from huiqi.core.rules.facts import Fact, FactDictionary, Facts, Value
from huiqi.core.rules.plan import NodeKind
from huiqi.core.rules.rule import Rule, WindowState
from huiqi.core.rules.wording import CodeName, leaf_text, plain_code, value_text


@dataclass(frozen=True, slots=True)
class FactSource:
    """Where a value came from."""

    department: str
    observed_on: date | None = None
    is_derived: bool = False
    is_declared: bool = False


@dataclass(frozen=True, slots=True)
class ExplainedLeaf:
    """One leaf in words; ``value`` is None and ``value_text`` is 未知 where the fact is unknown."""

    leaf: Leaf
    fact: Fact
    state: bool | None
    value: Value | None
    rule_text: str
    value_text: str
    source: FactSource | None
    clause: str | None


@dataclass(frozen=True, slots=True)
class ExplainedNode:
    """One node of the tree with its state; exactly a leaf node carries ``leaf``."""

    kind: NodeKind
    state: bool | None
    leaf: ExplainedLeaf | None
    children: tuple["ExplainedNode", ...]

    def leaves(self) -> tuple[ExplainedLeaf, ...]:
        """Return all leaves below, left to right."""
        if self.leaf is not None:
            return (self.leaf,)
        return tuple(leaf for child in self.children for leaf in child.leaves())


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole answer for one rule and one business."""

    rule_id: str
    verdict: Verdict
    window: WindowState
    root: ExplainedNode
    manual_checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Explainer:
    facts: Facts
    dictionary: FactDictionary
    sources: Mapping[str, FactSource]
    clauses: Sequence[str]
    code_name: CodeName

    def explain(self, condition: Condition) -> ExplainedNode:
        match condition:
            case All(children):
                below = tuple(self.explain(child) for child in children)
                return ExplainedNode(NodeKind.ALL, kleene_all(c.state for c in below), None, below)
            case AnyOf(children):
                below = tuple(self.explain(child) for child in children)
                return ExplainedNode(NodeKind.ANY, kleene_any(c.state for c in below), None, below)
            case Not(child):
                inner = self.explain(child)
                return ExplainedNode(NodeKind.NOT, kleene_not(inner.state), None, (inner,))
            case Leaf():
                explained = self._leaf(condition)
                return ExplainedNode(NodeKind.LEAF, explained.state, explained, ())

    def _leaf(self, leaf: Leaf) -> ExplainedLeaf:
        fact = self.dictionary[leaf.fact]
        value = self.facts.get(leaf.fact)
        return ExplainedLeaf(
            leaf=leaf,
            fact=fact,
            state=leaf_state(leaf, fact, value),
            value=value,
            rule_text=leaf_text(leaf, fact, self.code_name),
            value_text="未知" if value is None else value_text(fact, value, self.code_name),
            source=None if value is None else self.sources.get(leaf.fact),
            clause=self._clause(leaf),
        )

    def _clause(self, leaf: Leaf) -> str | None:
        if leaf.clause is None or leaf.clause > len(self.clauses):
            return None
        return self.clauses[leaf.clause - 1]


def explain(
    rule: Rule,
    facts: Facts,
    as_of: date,
    dictionary: FactDictionary,
    *,
    sources: Mapping[str, FactSource] | None = None,
    clauses: Sequence[str] = (),
    code_name: CodeName = plain_code,
) -> Explanation:
    """Explain one rule for one business.

    ``facts`` already hold what can be derived; ``sources`` says where each came from; ``clauses`` are the
    sentences of the item a leaf's ``clause`` number points into; ``code_name`` names regions and trades.
    """
    root = _Explainer(facts, dictionary, sources or {}, clauses, code_name).explain(rule.condition)
    window = rule.window.state(as_of)
    verdict = VERDICT_OF[root.state] if window is WindowState.OPEN else Verdict.INELIGIBLE
    return Explanation(rule.id, verdict, window, root, rule.manual_checks)
