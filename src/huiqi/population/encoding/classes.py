"""Enum choices and prefix codes: values between which no leaf tells share one class.

core.rules is asked once for each distinct code, never once a row; a code met for the first time is
classified then. A region or industry known too coarsely is a class of its own, unknown to the finer leaves.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from huiqi.population.columns import CodeColumn
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

FEW_CODES = 16  # up to here comparing each code is cheaper than looking up every row's class

States = tuple[bool | None, ...]


class ClassEncoder:
    """Encodes one enum or code fact."""

    def __init__(self, asked: FactLeaves) -> None:
        self._asked = asked
        self._class_of: dict[str, int] = {}
        self._states: dict[States, int] = {}
        self._books: dict[tuple[int, ...], RecipeBook] = {}

    def encode(self, column: CodeColumn) -> Encoding:
        """One plane a class met in the column's dictionary; the commonest class there needs none."""
        classes = [self._classify(code) for code in column.dictionary]
        met = tuple(number for number, _ in Counter(classes).most_common())
        book = self._books.get(met)
        if book is None:
            book = self._books[met] = RecipeBook(self._recipes(met))
        others = _planes_of_classes(column, classes, met[1:])
        return Encoding(stack(column.present, others, max(0, len(met) - 1)), book)

    def _classify(self, code: str) -> int:
        number = self._class_of.get(code)
        if number is None:
            states = self._asked.states(code)
            number = self._class_of[code] = self._states.setdefault(states, len(self._states))
        return number

    def _recipes(self, met: tuple[int, ...]) -> Iterator[Recipe]:
        every = list(self._states)
        for leaf_place in range(len(self._asked.leaves)):
            states = [every[number][leaf_place] for number in met]
            yield Recipe(_planes_where(states, True), _planes_where(states, None))


def _planes_where(states: Sequence[bool | None], wanted: bool | None) -> tuple[int, ...]:
    """The planes that make up where ``wanted`` holds; the first class has no plane: all but the others."""
    if not states:
        return ()
    is_first = states[0] is wanted
    others = enumerate(states[1:], FIRST_OF_OTHERS)
    chosen = tuple(place for place, state in others if (state is wanted) is not is_first)
    return (PRESENT, *chosen) if is_first else chosen


def _planes_of_classes(column: CodeColumn, classes: list[int], wanted: Sequence[int]) -> Iterator[Plane]:
    if not wanted:
        return
    if len(classes) <= FEW_CODES:
        for number in wanted:
            yield _plane_of_codes(column, [code for code, each in enumerate(classes) if each == number])
        return
    table = np.array(classes, np.uint8 if max(classes) < 256 else np.uint32)
    numbers = np.take(table, column.indices, mode="clip")
    flags = np.empty(len(numbers), np.bool_)
    for number in wanted:
        yield pack(np.equal(numbers, number, out=flags))


def _plane_of_codes(column: CodeColumn, codes: Sequence[int]) -> Plane:
    flags = np.equal(column.indices, codes[0])
    for code in codes[1:]:
        flags |= np.equal(column.indices, code)
    return pack(flags)
