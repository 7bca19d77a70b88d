"""How the state of a leaf is put together from the planes of its fact.

An encoder turns one column into a few planes: plane 0 is empty, plane 1 holds the rows whose value is
known, the others hold the known rows of one value class (or all rows from one cut upwards). Values that no
leaf tells apart share their planes. A leaf is then a handful of planes combined by exclusive or: for
disjoint classes that is their union, for two cuts an interval, for plane 1 and a class everything known but
that class.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np

from huiqi.core.rules.conditions import Leaf, Op
from huiqi.core.rules.evaluation import LeafTest, leaf_state, leaf_test
from huiqi.core.rules.facts import Fact, Value
from huiqi.population.columns import Column
from huiqi.population.planes import Plane

NOTHING, PRESENT, FIRST_OF_OTHERS = 0, 1, 2  # places in every stack of planes

_Column_contra = TypeVar("_Column_contra", bound=Column, contravariant=True)


@dataclass(frozen=True, slots=True)
class Recipe:
    """The planes of one leaf: where it is true, and where it is unknown although the value is known.

    ``true`` is combined by exclusive or, ``unknown`` by or.
    """

    true: tuple[int, ...]
    unknown: tuple[int, ...] = ()


class RecipeBook:
    """The recipes of all leaves of one fact, arranged for writing them at once."""

    def __init__(self, recipes: Iterable[Recipe]) -> None:
        kept = list(recipes)
        self._first = np.array([recipe.true[0] if recipe.true else NOTHING for recipe in kept], np.intp)
        self._more = [(leaf, place) for leaf, recipe in enumerate(kept) for place in recipe.true[1:]]
        self._unknown = [(leaf, place) for leaf, recipe in enumerate(kept) for place in recipe.unknown]

    def write(self, planes: Plane, certain: Plane, possible: Plane) -> None:
        """Write where each leaf is certainly true and where it is possibly true, for unknown values too."""
        certain[...] = planes[self._first]
        for leaf, place in self._more:
            np.bitwise_xor(certain[leaf], planes[place], out=certain[leaf])
        np.bitwise_or(certain, ~planes[PRESENT], out=possible)
        for leaf, place in self._unknown:
            np.bitwise_or(possible[leaf], planes[place], out=possible[leaf])


@dataclass(frozen=True, slots=True, eq=False)
class Encoding:
    """The planes of one column in one block, and the recipes of the fact's leaves."""

    planes: Plane
    book: RecipeBook


class Encoder(Protocol[_Column_contra]):
    """Encodes the columns of one fact for the leaves it was made for."""

    def encode(self, column: _Column_contra) -> Encoding:
        """The planes of one column, and how each leaf is made of them."""
        ...


class FactLeaves:
    """A fact with the leaves of a plan that ask for it."""

    def __init__(self, fact: Fact, leaves: Sequence[Leaf]) -> None:
        self.fact, self.leaves = fact, tuple(leaves)
        self._tests = [_test(leaf, fact) for leaf in self.leaves]

    def states(self, value: Value) -> tuple[bool | None, ...]:
        """The state of every leaf for one known value, as core.rules has it."""
        return tuple(test(value) for test in self._tests)

    def states_when_missing(self) -> tuple[bool | None, ...]:
        """The state of every leaf where the value is unknown."""
        return tuple(leaf_state(leaf, self.fact, None) for leaf in self.leaves)


def _test(leaf: Leaf, fact: Fact) -> LeafTest:
    """The test made once: looking it up for every value of a large code system would take longer than it."""
    if leaf.op is Op.EXISTS:
        return lambda value: leaf_state(leaf, fact, value)
    return leaf_test(leaf, fact)


def stack(present: Plane, others: Iterable[Plane] = (), count: int = 0) -> Plane:
    """The stack of planes of an encoding; the ``count`` ``others`` are cut down to the known rows."""
    planes = np.empty((FIRST_OF_OTHERS + count, len(present)), np.uint64)
    planes[NOTHING] = 0
    planes[PRESENT] = present
    for place, plane in enumerate(others, FIRST_OF_OTHERS):
        np.bitwise_and(plane, present, out=planes[place])
    return planes
