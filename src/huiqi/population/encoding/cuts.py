"""Numbers and dates: one plane for every place on the line where some leaf changes its state.

The places come from the values the leaves name; the states between them come from core.rules, asked once
for each stretch of the line. A comparison of the raw column with each place is many times cheaper than
searching every value's class.
"""

import math
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from huiqi.core.rules.conditions import Op
from huiqi.core.rules.facts import FactType, Value
from huiqi.population.columns import EPOCH, NumberColumn
from huiqi.population.encoding.recipes import (
    FIRST_OF_OTHERS,
    PRESENT,
    Encoding,
    FactLeaves,
    Recipe,
    RecipeBook,
    stack,
)
from huiqi.population.planes import pack

Point = int | float  # a day counts from 1970-01-01


class CutEncoder:
    """Encodes one numeric or date fact."""

    def __init__(self, asked: FactLeaves) -> None:
        points = list(_points(asked))
        switches = list(_switches(asked, points))
        used = sorted({place for switched in switches for place in switched if place})
        planes = {0: PRESENT} | {place: number for number, place in enumerate(used, FIRST_OF_OTHERS)}
        self._cuts = [points[place - 1] for place in used]
        self._book = RecipeBook(Recipe(tuple(planes[place] for place in switched)) for switched in switches)

    def encode(self, column: NumberColumn) -> Encoding:
        """Compare the column with every cut; an unknown value lies above none."""
        if not self._cuts:
            return Encoding(stack(column.present), self._book)
        above = np.greater_equal(column.values, self._bounds(column.values.dtype)[:, None])
        return Encoding(stack(column.present, pack(above), len(self._cuts)), self._book)

    def _bounds(self, kind: np.dtype[Any]) -> NDArray[Any]:
        """The cuts in the column's own type, so that it is compared as it stands; wider if they need it."""
        if kind.kind == "f":
            return np.array(self._cuts, kind)
        bounds = np.array([math.ceil(cut) for cut in self._cuts], np.int64)
        is_held = (bounds == bounds.astype(kind)).all()
        return bounds.astype(kind) if is_held else bounds


def _points(asked: FactLeaves) -> Iterator[Point]:
    """Every value a leaf names and the value right after it: the starts of all stretches, ascending."""
    named = {value for leaf in asked.leaves if leaf.op is not Op.EXISTS for value in leaf.values}
    starts = {start for value in named for start in _with_next(asked.fact.type, value)}
    yield from sorted(starts)


def _with_next(fact_type: FactType, value: Value) -> tuple[Point, ...]:
    if isinstance(value, date):
        day = value.toordinal()
        return (day - EPOCH,) if value == date.max else (day - EPOCH, day - EPOCH + 1)
    if not isinstance(value, (int, float)):
        raise TypeError(f"not a number: {value!r}")
    if fact_type is FactType.NUMBER:
        return float(value), math.nextafter(value, math.inf)
    return value, value + 1


def _switches(asked: FactLeaves, points: Sequence[Point]) -> Iterator[tuple[int, ...]]:
    """For each leaf the stretches at whose start its state changes; stretch 0 lies below all points.

    A leaf that holds in stretch 0 "changes" there: 0 is then among the numbers.
    """
    below = _before(asked.fact.type, points[0]) if points else 0
    stretches = [asked.states(_value(asked.fact.type, start)) for start in (below, *points)]
    for leaf_place in range(len(asked.leaves)):
        states = [False, *(bool(stretch[leaf_place]) for stretch in stretches)]
        yield tuple(n for n, (old, new) in enumerate(pairwise(states)) if old != new)


def _before(fact_type: FactType, point: Point) -> Point:
    if fact_type is FactType.NUMBER:
        return math.nextafter(point, -math.inf)
    return max(point - 1, date.min.toordinal() - EPOCH) if fact_type is FactType.DATE else point - 1


def _value(fact_type: FactType, point: Point) -> Value:
    return date.fromordinal(int(point) + EPOCH) if fact_type is FactType.DATE else point
