"""Sets and bools: a set leaf asks for any of some tags, which is a mask over the bytes that carry them."""

import numpy as np
from numpy.typing import NDArray

from huiqi.population.columns import BoolColumn, SetColumn
from huiqi.population.encoding.recipes import (
    FIRST_OF_OTHERS,
    PRESENT,
    Encoding,
    FactLeaves,
    Recipe,
    RecipeBook,
    stack,
)
from huiqi.population.planes import Plane, pack

Mask = tuple[int, np.uint8]  # which byte of a set, and which of its bits


class BoolEncoder:
    """Encodes one bool fact: it is its own plane."""

    def __init__(self, asked: FactLeaves) -> None:
        states = zip(asked.states(False), asked.states(True), strict=True)
        self._book = RecipeBook(_recipe_of_bool(when_false, when_true) for when_false, when_true in states)

    def encode(self, column: BoolColumn) -> Encoding:
        """The known rows and, among them, the true ones."""
        return Encoding(stack(column.present, [column.truth], 1), self._book)


def _recipe_of_bool(when_false: bool | None, when_true: bool | None) -> Recipe:
    known = (PRESENT,) if when_false else ()
    return Recipe(known if when_false is when_true else (*known, FIRST_OF_OTHERS))


class TagEncoder:
    """Encodes one set fact: a plane for each distinct choice of tags the leaves ask for."""

    def __init__(self, asked: FactLeaves) -> None:
        self._wanted: dict[frozenset[str], int] = {}
        self._masks: dict[tuple[str, ...], list[list[Mask]]] = {}
        when_empty = asked.states(frozenset())
        when_tagged = {choice.code: asked.states(frozenset({choice.code})) for choice in asked.fact.choices}
        recipes = []
        for leaf, is_met_by_none in enumerate(when_empty):
            tags = frozenset(tag for tag, states in when_tagged.items() if states[leaf] is not is_met_by_none)
            recipes.append(Recipe((PRESENT,) if is_met_by_none else self._planes_for(tags)))
        self._book = RecipeBook(recipes)

    def _planes_for(self, tags: frozenset[str]) -> tuple[int, ...]:
        return (self._wanted.setdefault(tags, FIRST_OF_OTHERS + len(self._wanted)),) if tags else ()

    def encode(self, column: SetColumn) -> Encoding:
        """One pass over the bytes that carry a wanted tag."""
        if column.tags not in self._masks:
            self._masks[column.tags] = [_masks(column.tags, wanted) for wanted in self._wanted]
        masks = self._masks[column.tags]
        others = (_plane_of_tags(column.groups, each) for each in masks)
        return Encoding(stack(column.present, others, len(masks)), self._book)


def _masks(tags: tuple[str, ...], wanted: frozenset[str]) -> list[Mask]:
    bits = np.packbits([tag in wanted for tag in tags], bitorder="little")
    return [(int(group), bits[group]) for group in np.flatnonzero(bits)] or [(0, np.uint8(0))]


def _plane_of_tags(groups: NDArray[np.uint8], masks: list[Mask]) -> Plane:
    (first, mask), *others = masks
    found = np.bitwise_and(groups[first], mask)
    for group, mask in others:
        found |= np.bitwise_and(groups[group], mask)
    return pack(found)
