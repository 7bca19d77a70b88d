"""Strong Kleene evaluation: a missing fact makes a leaf unknown, never false."""

import operator
from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from huiqi.core.rules.conditions import All, AnyOf, Condition, Leaf, Not, Op
from huiqi.core.rules.facts import CodeSystem, Fact, FactDictionary, Facts, FactType, Value
from huiqi.core.rules.rule import Rule, WindowState
from huiqi.core.standards.divisions import significant_prefix
from huiqi.core.standards.prefixes import prefix_covers

LeafTest = Callable[[Any], bool | None]

_COMPARE: dict[Op, Callable[[Any, Any], bool]] = {
    Op.EQ: operator.eq,
    Op.NE: operator.ne,
    Op.GT: operator.gt,
    Op.GE: operator.ge,
    Op.LT: operator.lt,
    Op.LE: operator.le,
}


class Verdict(StrEnum):
    """The three verdicts; there is no fourth."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    UNKNOWN = "unknown"


VERDICT_OF = {True: Verdict.ELIGIBLE, False: Verdict.INELIGIBLE, None: Verdict.UNKNOWN}


def kleene_all(states: Iterable[bool | None]) -> bool | None:
    """False wins, then unknown, then true."""
    result: bool | None = True
    for state in states:
        if state is False:
            return False
        if state is None:
            result = None
    return result


def kleene_any(states: Iterable[bool | None]) -> bool | None:
    """True wins, then unknown, then false."""
    result: bool | None = False
    for state in states:
        if state is True:
            return True
        if state is None:
            result = None
    return result


def kleene_not(state: bool | None) -> bool | None:
    """Swap true and false; unknown stays unknown."""
    return None if state is None else not state


def significant_code(code: str, system: CodeSystem | None) -> str:
    """Return the part of a code that carries meaning: regions lose their paired trailing 00."""
    return significant_prefix(code) if system is CodeSystem.REGION else code


@lru_cache(maxsize=16_384)
def leaf_test(leaf: Leaf, fact: Fact) -> LeafTest:
    """Return the test a leaf makes of a known value; ``exists`` is not among them (see leaf_state)."""
    if fact.type is FactType.CODE:
        return _code_test(leaf, fact)
    wanted = leaf.value
    match leaf.op:
        case Op.BETWEEN:
            low, high = leaf.values
            return lambda known: low <= known <= high
        case Op.IN:
            members = frozenset(leaf.values)
            return lambda known: known in members
        case Op.NOT_IN:
            members = frozenset(leaf.values)
            return lambda known: known not in members
        case Op.HAS_ANY:
            members = frozenset(leaf.values)
            return lambda known: not members.isdisjoint(known)
        case _:
            compare = _COMPARE[leaf.op]
            return lambda known: compare(known, wanted)


def _code_test(leaf: Leaf, fact: Fact) -> LeafTest:
    system = fact.code_system
    wanted = tuple(significant_code(str(code), system) for code in leaf.values)
    is_negated = leaf.op in (Op.NE, Op.NOT_IN)

    def test(known: str) -> bool | None:
        code = significant_code(known, system)
        state = kleene_any(prefix_covers(each, code) for each in wanted)
        return kleene_not(state) if is_negated else state

    return test


def leaf_state(leaf: Leaf, fact: Fact, value: Value | None) -> bool | None:
    """Return the state of one leaf for one value; None stands for an unknown value or state."""
    if leaf.op is Op.EXISTS:
        return (value is not None) == leaf.value
    return None if value is None else leaf_test(leaf, fact)(value)


def evaluate(condition: Condition, facts: Facts, dictionary: FactDictionary) -> bool | None:
    """Return the state of a whole tree; ``facts`` already hold what can be derived."""
    match condition:
        case All(children):
            return kleene_all(evaluate(child, facts, dictionary) for child in children)
        case AnyOf(children):
            return kleene_any(evaluate(child, facts, dictionary) for child in children)
        case Not(child):
            return kleene_not(evaluate(child, facts, dictionary))
        case Leaf():
            return leaf_state(condition, dictionary[condition.fact], facts.get(condition.fact))


def decide(rule: Rule, facts: Facts, as_of: date, dictionary: FactDictionary) -> Verdict:
    """Return the verdict of one rule: the window first, then the tree."""
    if rule.window.state(as_of) is not WindowState.OPEN:
        return Verdict.INELIGIBLE
    return VERDICT_OF[evaluate(rule.condition, facts, dictionary)]
