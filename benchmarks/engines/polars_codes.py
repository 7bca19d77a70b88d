"""Polars, all its threads: one lazy select of all rules over dictionary codes; null is unknown.

Polars' and/or/not on nulls are Kleene's. Its own sub-expression sharing serves equal leaves. Sets are bytes
of eight tags, which was faster than one wide mask.
"""

import operator
from datetime import date
from functools import reduce

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.engines import open_rules
from benchmarks.synthetic import EPOCH, Cells, Population
from huiqi.core.rules.conditions import All, AnyOf, Condition, Leaf, Not, Op
from huiqi.core.rules.evaluation import leaf_state
from huiqi.core.rules.facts import FactType, Value

_COMPARE = {
    Op.EQ: operator.eq,
    Op.NE: operator.ne,
    Op.GT: operator.gt,
    Op.GE: operator.ge,
    Op.LT: operator.lt,
    Op.LE: operator.le,
}


class PolarsCodes:
    """Polars in its fastest form."""

    name = f"Polars {pl.__version__} (codes, one select, {pl.thread_pool_size()} threads)"

    def __init__(self, population: Population, as_of: date) -> None:
        self._population = population
        frame = pl.DataFrame(
            {
                name: pl.from_arrow(pa.array(values, mask=~cells.known))
                for fact_id, cells in population.cells.items()
                for name, values in _series(fact_id, cells)
            }
        )
        in_force = set(open_rules(population.plan, as_of))
        self._query = frame.lazy().select(
            (self._tree(rule.condition) if place in in_force else pl.lit(value=False)).alias(rule.id)
            for place, rule in enumerate(population.plan.rules)
        )

    def make_ready(self) -> None:
        """Only the expressions are kept from one run to the next."""

    def run(self) -> pl.DataFrame:
        return self._query.collect()

    def codes(self, result: pl.DataFrame) -> NDArray[np.uint8]:
        return result.select(pl.all().cast(pl.UInt8).fill_null(2)).to_numpy().T

    def _tree(self, condition: Condition) -> pl.Expr:
        match condition:
            case All(children):
                return reduce(operator.and_, map(self._tree, children))
            case AnyOf(children):
                return reduce(operator.or_, map(self._tree, children))
            case Not(child):
                return ~self._tree(child)
            case Leaf():
                return self._leaf(condition)

    def _leaf(self, leaf: Leaf) -> pl.Expr:
        column = pl.col(leaf.fact)
        kind = self._population.plan.dictionary[leaf.fact].type
        if leaf.op is Op.EXISTS:
            return column.is_not_null() if leaf.value else column.is_null()
        if kind in (FactType.ENUM, FactType.CODE):
            return self._codes(leaf, column)
        if kind is FactType.SET:
            return self._tags(leaf)
        values = [_plain(value) for value in leaf.values]
        if leaf.op is Op.BETWEEN:
            return column.is_between(*values)
        if leaf.op in (Op.IN, Op.NOT_IN):
            return column.is_in(values) if leaf.op is Op.IN else ~column.is_in(values)
        compared: pl.Expr = _COMPARE[leaf.op](column, values[0])
        return compared

    def _codes(self, leaf: Leaf, column: pl.Expr) -> pl.Expr:
        fact = self._population.plan.dictionary[leaf.fact]
        states = [leaf_state(leaf, fact, word) for word in self._population.cells[leaf.fact].words]
        where = {
            state: [n for n, each in enumerate(states) if each is state] for state in (True, False, None)
        }
        if len(where[True]) <= len(states) / 2:
            expression = _is_any(column, where[True])
        else:
            expression = ~_is_any(column, where[False] + where[None])
        if where[None]:
            expression |= pl.when(_is_any(column, where[None])).then(None).otherwise(statement=False)
        return expression

    def _tags(self, leaf: Leaf) -> pl.Expr:
        words = self._population.cells[leaf.fact].words
        masks = np.packbits([word in leaf.values for word in words], bitorder="little").tolist()
        hits = [pl.col(f"{leaf.fact}.{place}") & mask for place, mask in enumerate(masks) if mask]
        return reduce(operator.or_, hits) != 0


def _series(fact_id: str, cells: Cells) -> list[tuple[str, NDArray[np.generic]]]:
    if cells.values.ndim == 1:
        return [(fact_id, cells.values)]
    return [(f"{fact_id}.{place}", group) for place, group in enumerate(cells.values)]


def _is_any(column: pl.Expr, places: list[int]) -> pl.Expr:
    return column == places[0] if len(places) == 1 else column.is_in(places)


def _plain(value: Value) -> Value:
    return value.toordinal() - EPOCH if isinstance(value, date) else value
