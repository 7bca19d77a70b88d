"""zen-engine: one compiled expression a rule, from a business's facts to 1, 0 or 2 (unknown).

Its logic has two values, so the exact three-valued form is "true ? 1 : (false ? 0 : 2)". Verdicts only: one
expression a leaf, which would also explain, takes about twice as long.
"""

import json
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from typing import Any

import zen

from huiqi.core.rules.conditions import All, AnyOf, Condition, Leaf, Not, Op
from huiqi.core.rules.evaluation import significant_code
from huiqi.core.rules.facts import Fact, Facts, FactType, Value
from huiqi.core.rules.plan import Plan
from huiqi.core.rules.rule import WindowState

_SIGNS = {Op.EQ: "==", Op.NE: "!=", Op.GT: ">", Op.GE: ">=", Op.LT: "<", Op.LE: "<="}


class ZenExpressions:
    """One business at a time."""

    name = f"zen-engine {version('zen-engine')}, verdicts only"

    def __init__(self, plan: Plan, as_of: date) -> None:
        self._plan = plan
        self._expressions = [
            zen.compile_expression(self._expression(rule.condition))
            if rule.window.state(as_of) is WindowState.OPEN
            else zen.compile_expression("0")
            for rule in plan.rules
        ]

    def context(self, facts: Facts) -> dict[str, Any]:
        """The facts as zen takes them; not timed."""
        return {fact_id: _plain(value) for fact_id, value in facts.items()}

    def decide(self, context: dict[str, Any]) -> list[int]:
        """One code a rule: 0 ineligible, 1 eligible, 2 unknown."""
        return [int(expression.evaluate(context)) for expression in self._expressions]

    def _expression(self, condition: Condition) -> str:
        is_true, is_false = self._pair(condition)
        return f"{is_true} ? 1 : ({is_false} ? 0 : 2)"

    def _pair(self, condition: Condition) -> tuple[str, str]:
        match condition:
            case All(children):
                trues, falses = zip(*map(self._pair, children), strict=True)
                return _joined(" and ", trues), _joined(" or ", falses)
            case AnyOf(children):
                trues, falses = zip(*map(self._pair, children), strict=True)
                return _joined(" or ", trues), _joined(" and ", falses)
            case Not(child):
                is_true, is_false = self._pair(child)
                return is_false, is_true
            case Leaf():
                return self._leaf(condition)

    def _leaf(self, leaf: Leaf) -> tuple[str, str]:
        fact = self._plan.dictionary[leaf.fact]
        if leaf.op is Op.EXISTS:
            pair = f"({fact.id} != null)", f"({fact.id} == null)"
            return pair if leaf.value else pair[::-1]
        if fact.type is FactType.CODE:
            return _codes(leaf, fact)
        test = _test(leaf, fact)
        return f"({fact.id} != null and {test})", f"({fact.id} != null and not({test}))"


def _joined(word: str, parts: Iterable[str]) -> str:
    return f"({word.join(parts)})"


def _test(leaf: Leaf, fact: Fact) -> str:
    values = [json.dumps(_plain(value)) for value in leaf.values]
    if leaf.op is Op.HAS_ANY:
        return f"some({fact.id}, # in [{','.join(values)}])"
    if leaf.op in (Op.IN, Op.NOT_IN):
        listed = f"({fact.id} in [{','.join(values)}])"
        return listed if leaf.op is Op.IN else f"not({listed})"
    if leaf.op is Op.BETWEEN:
        return f"({fact.id} >= {values[0]} and {fact.id} <= {values[1]})"
    return f"({fact.id} {_SIGNS[leaf.op]} {values[0]})"


def _codes(leaf: Leaf, fact: Fact) -> tuple[str, str]:
    """A known code that begins with a wanted one is true; one that only begins a wanted one is unknown."""
    wanted = [significant_code(str(code), fact.code_system) for code in leaf.values]
    covered = _joined(" or ", (f'startsWith({fact.id}, "{code}")' for code in wanted))
    coarser = {code[:length] for code in wanted for length in range(len(code))}
    padded = (
        sorted(coarser) if fact.id == "industry_code" else sorted({code.ljust(6, "0") for code in coarser})
    )
    is_coarse = f"({fact.id} in [{','.join(map(json.dumps, padded))}])"
    is_true = f"({fact.id} != null and {covered})"
    is_false = f"({fact.id} != null and not({covered}) and not({is_coarse}))"
    return (is_true, is_false) if leaf.op in (Op.EQ, Op.IN) else (is_false, is_true)


def _plain(value: Value) -> Any:
    if isinstance(value, date):
        return value.toordinal()
    return sorted(value) if isinstance(value, frozenset) else value
