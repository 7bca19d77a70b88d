"""OpenFisca-Core: a variable for each distinct leaf (where true, where false) and one for each rule.

Its arrays have two values, so a leaf needs the pair; equal leaves are shared through its own cache, which
was faster than writing each rule as one formula. Setting the inputs is not timed.
"""

import operator
from collections.abc import Callable
from datetime import date
from functools import reduce
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core import entities, periods, simulations, taxbenefitsystems, variables

from benchmarks.engines import open_rules
from benchmarks.synthetic import EPOCH, Cells, Population
from huiqi.core.rules.conditions import All, AnyOf, Condition, Leaf, Not, Op
from huiqi.core.rules.evaluation import leaf_state
from huiqi.core.rules.facts import FactType, Value

PERIOD = "2026-06"
Formula = Callable[[Any, Any], Any]
_COMPARE = {
    Op.EQ: operator.eq,
    Op.NE: operator.ne,
    Op.GT: operator.gt,
    Op.GE: operator.ge,
    Op.LT: operator.lt,
    Op.LE: operator.le,
}


class OpenFisca:
    """OpenFisca-Core in its fastest form."""

    name = f"OpenFisca-Core {version('openfisca-core')} (1 thread)"

    def __init__(self, population: Population, as_of: date) -> None:
        self._population = population
        self._business = entities.build_entity("business", "businesses", "a business", is_person=True)
        self._system = taxbenefitsystems.TaxBenefitSystem([self._business])
        self._inputs: dict[str, NDArray[np.generic]] = {}
        for fact_id, cells in population.cells.items():
            self._add_inputs(fact_id, cells)
        self._leaves: dict[Leaf, str] = {}
        self._open = open_rules(population.plan, as_of)
        for place in self._open:
            self._add(f"rule_{place}", int, self._rule(population.plan.rules[place].condition))

    def make_ready(self) -> None:
        """A simulation remembers what it computed, so every run gets a new one."""
        builder = simulations.SimulationBuilder()
        self._simulation = builder.build_default_simulation(self._system, self._population.rows)
        for name, values in self._inputs.items():
            self._simulation.set_input(name, PERIOD, values)

    def run(self) -> dict[int, NDArray[np.int32]]:
        return {place: self._simulation.calculate(f"rule_{place}", PERIOD) for place in self._open}

    def codes(self, result: dict[int, NDArray[np.int32]]) -> NDArray[np.uint8]:
        codes = np.zeros((len(self._population.plan.rules), self._population.rows), np.uint8)
        for place, values in result.items():
            codes[place] = values
        return codes

    def _add(self, name: str, kind: type, formula: Formula | None = None) -> None:
        body: dict[str, Any] = {
            "value_type": kind,
            "entity": self._business,
            "definition_period": periods.DateUnit.MONTH,
            "label": name,
        }
        if formula is not None:
            body["formula"] = formula
        self._system.add_variable(type(name, (variables.Variable,), body))

    def _add_inputs(self, fact_id: str, cells: Cells) -> None:
        columns: dict[str, NDArray[np.generic]] = {f"{fact_id}__known": cells.known}
        if cells.values.ndim == 2:
            for place, word in enumerate(cells.words):
                columns[f"{fact_id}__{word}"] = (cells.values[place // 8] >> (place % 8) & 1).astype(np.bool_)
        elif cells.values.dtype.kind == "f":
            columns[fact_id] = cells.values.astype(np.float32)
        else:
            columns[fact_id] = (
                cells.values if cells.values.dtype == np.bool_ else cells.values.astype(np.int32)
            )
        for name, values in columns.items():
            self._inputs[name] = values
            self._add(name, {"b": bool, "f": float}.get(values.dtype.kind, int))

    def _rule(self, condition: Condition) -> Formula:
        pair = self._pair(condition)

        def formula(business: Any, period: Any) -> Any:
            is_true, is_false = pair(business, period)
            return np.where(is_true, 1, np.where(is_false, 0, 2))

        return formula

    def _pair(self, condition: Condition) -> Formula:
        match condition:
            case All(children):
                return _combined([self._pair(child) for child in children], operator.and_, operator.or_)
            case AnyOf(children):
                return _combined([self._pair(child) for child in children], operator.or_, operator.and_)
            case Not(child):
                inner = self._pair(child)
                return lambda business, period: inner(business, period)[::-1]
            case Leaf():
                name = self._leaf(condition)
                return lambda business, period: (
                    business(f"{name}_true", period),
                    business(f"{name}_false", period),
                )

    def _leaf(self, leaf: Leaf) -> str:
        if leaf not in self._leaves:
            name = self._leaves[leaf] = f"leaf_{len(self._leaves)}"
            for state, formula in zip(("true", "false"), self._leaf_formulas(leaf, name), strict=True):
                self._add(f"{name}_{state}", bool, formula)
        return self._leaves[leaf]

    def _leaf_formulas(self, leaf: Leaf, name: str) -> tuple[Formula, Formula]:
        known = f"{leaf.fact}__known"
        words = self._population.cells[leaf.fact].words
        if leaf.op is not Op.EXISTS and words and leaf.op is not Op.HAS_ANY:
            fact = self._population.plan.dictionary[leaf.fact]
            states = [leaf_state(leaf, fact, word) for word in words]
            return (
                _looked_up(leaf.fact, known, np.array([state is True for state in states])),
                _looked_up(leaf.fact, known, np.array([state is False for state in states])),
            )
        test = _test(leaf, self._population.plan.dictionary[leaf.fact].type)

        def is_true(business: Any, period: Any) -> Any:
            return business(known, period) & test(business, period)

        def is_false(business: Any, period: Any) -> Any:
            return business(known, period) ^ business(f"{name}_true", period)

        return is_true, is_false


def _combined(pairs: list[Formula], true: Callable[..., Any], false: Callable[..., Any]) -> Formula:
    def formula(business: Any, period: Any) -> Any:
        states = [pair(business, period) for pair in pairs]
        return reduce(true, (each[0] for each in states)), reduce(false, (each[1] for each in states))

    return formula


def _looked_up(fact_id: str, known: str, table: NDArray[np.bool_]) -> Formula:
    def formula(business: Any, period: Any) -> Any:
        return business(known, period) & table[business(fact_id, period)]

    return formula


def _test(leaf: Leaf, kind: FactType) -> Formula:
    if leaf.op is Op.EXISTS:
        raise NotImplementedError("no shipped item asks whether a fact exists")
    if kind is FactType.SET:
        names = [f"{leaf.fact}__{tag}" for tag in leaf.values]
        return lambda business, period: reduce(operator.or_, (business(name, period) for name in names))
    if kind is FactType.BOOL:
        wanted = leaf.value is (leaf.op is Op.EQ)
        return lambda business, period: (
            business(leaf.fact, period) if wanted else ~business(leaf.fact, period)
        )
    values = [_plain(value) for value in leaf.values]
    if leaf.op is Op.BETWEEN:
        low, high = values
        return lambda business, period: (
            (business(leaf.fact, period) >= low) & (business(leaf.fact, period) <= high)
        )
    if leaf.op in (Op.IN, Op.NOT_IN):
        is_inverted = leaf.op is Op.NOT_IN
        return lambda business, period: np.isin(business(leaf.fact, period), values, invert=is_inverted)
    compare = _COMPARE[leaf.op]
    return lambda business, period: compare(business(leaf.fact, period), values[0])


def _plain(value: Value) -> Value:
    return value.toordinal() - EPOCH if isinstance(value, date) else value
