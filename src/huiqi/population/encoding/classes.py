"""Enum choices and prefix codes: values between which no leaf tells share one class.

core.rules is asked once for each distinct code, never once a row; a code met for the first time is
classified then. A region or industry known too coarsely is a class of its own, unknown to the finer leaves.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

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
        self._books: dict[tuple[int, ...], tuple[list[int], RecipeBook]] = {}

    def encode(self, column: CodeColumn) -> Encoding:
        """One plane for each class met in the column's dictionary, but for one that needs none."""
        classes = [self._classify(code) for code in column.dictionary]
        met = tuple(number for number, _ in Counter(classes).most_common())
        if met not in self._books:
            self._books[met] = self._arrange(met)
        with_planes, book = self._books[met]
        others = _planes_of_classes(column, classes, with_planes)
        return Encoding(stack(column.present, others, len(with_planes)), book)

    def _classify(self, code: str) -> int:
        number = self._class_of.get(code)
        if number is None:
            states = self._asked.states(code)
            number = self._class_of[code] = self._states.setdefault(states, len(self._states))
        return number

    def _arrange(self, met: tuple[int, ...]) -> tuple[list[int], RecipeBook]:
        """The classes that get a plane, and the recipes for them.

        The commonest class is all that is known but the others; it must be unknown to no leaf.
        """
        every = list(self._states)
        plain = [number for number in met if None not in every[number]]
        rest = [number for number in met if number not in plain[:1]]
        recipes = []
        for leaf in range(len(self._asked.leaves)):
            is_rest = bool(plain) and every[plain[0]][leaf] is True
            states = [every[number][leaf] for number in rest]
            true = _places((state is True) is not is_rest for state in states)
            unknown = _places(state is None for state in states)
            recipes.append(Recipe((PRESENT, *true) if is_rest else true, unknown))
        return rest, RecipeBook(recipes)


def _places(chosen: Iterable[bool]) -> tuple[int, ...]:
    return tuple(place for place, each in enumerate(chosen, FIRST_OF_OTHERS) if each)


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
