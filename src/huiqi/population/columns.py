"""A block of businesses as columns: what the encoders read and the readers make.

Every column carries ``present``, the plane of the rows whose value is known. What stands in a row that is
not present has no meaning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from huiqi.core.rules.facts import Fact, FactDictionary, Facts, FactType, Value
from huiqi.population.planes import Plane, pack

EPOCH = date(1970, 1, 1).toordinal()
SMALL = 2**31

Numbers = NDArray[np.int64] | NDArray[np.int32] | NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class NumberColumn:
    """Whole numbers (int64, int32 where all fit), numbers (float64, or whole), dates (int32 days)."""

    values: Numbers
    present: Plane


@dataclass(frozen=True, slots=True, eq=False)
class BoolColumn:
    """Rows that are true; ``truth`` is clear where ``present`` is."""

    truth: Plane
    present: Plane


@dataclass(frozen=True, slots=True, eq=False)
class CodeColumn:
    """Enum choices and prefix codes: ``indices`` (any integer type) into ``dictionary``."""

    indices: NDArray[np.signedinteger] | NDArray[np.unsignedinteger]
    dictionary: tuple[str, ...]
    present: Plane


@dataclass(frozen=True, slots=True, eq=False)
class SetColumn:
    """Tag sets, eight tags a byte: tag ``n`` of ``tags`` is bit ``n % 8`` of ``groups[n // 8]``.

    ``groups`` has the shape (ceil(tags / 8), rows). A set that is present is complete, and may be empty.
    """

    tags: tuple[str, ...]
    groups: NDArray[np.uint8]
    present: Plane


Column = NumberColumn | BoolColumn | CodeColumn | SetColumn


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Some businesses: one id (text) a row, one column for each fact the source knows of."""

    ids: pa.Array
    columns: Mapping[str, Column] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many businesses."""
        return len(self.ids)


def block_of_facts(ids: Sequence[str], facts: Sequence[Facts], dictionary: FactDictionary) -> Block:
    """The block of businesses whose facts are already parsed; columns only for facts that occur."""
    named = {fact_id for each in facts for fact_id in each}
    columns = {
        fact_id: column_of_values(fact, [each.get(fact_id) for each in facts])
        for fact_id, fact in dictionary.items()
        if fact_id in named
    }
    return Block(pa.array(ids, pa.string()), columns)


def column_of_values(fact: Fact, values: Sequence[Value | None]) -> Column:
    """The column of one parsed value a row, None for unknown."""
    places: dict[Value, int] = {}
    indices = [-1 if value is None else places.setdefault(value, len(places)) for value in values]
    return column_of_distinct(fact, np.array(indices, np.int32), list(places))


def column_of_distinct(fact: Fact, indices: NDArray[np.int32], values: Sequence[Value]) -> Column:
    """The column of parsed distinct ``values``; an index below 0 means unknown."""
    present = pack(indices >= 0)
    places = np.maximum(indices, 0)
    match fact.type:
        case FactType.BOOL:
            truth = np.array([False, *values], np.bool_)[indices + 1]
            return BoolColumn(pack(truth), present)
        case FactType.ENUM | FactType.CODE:
            return CodeColumn(places, tuple(str(value) for value in values), present)
        case FactType.SET:
            return _set_column(fact, indices, values, present)
        case FactType.DATE:
            days = [day.toordinal() - EPOCH for day in values if isinstance(day, date)]
            return NumberColumn(np.array([*days, 0], np.int32)[places], present)
        case _:
            return NumberColumn(_numbers(values)[places], present)


def _numbers(values: Sequence[Value]) -> Numbers:
    if all(isinstance(value, int) for value in values):
        return narrowed(np.array([*values, 0], np.int64))
    return np.array([*values, 0], np.float64)


def narrowed(values: NDArray[np.int64] | NDArray[np.float64]) -> Numbers:
    """Whole numbers in 32 bits where they all fit: half the memory, and compared in a third of the time."""
    if len(values) and values.min() >= -SMALL and values.max() < SMALL:
        return values.astype(np.int32)
    return values.astype(np.int64)


def _set_column(fact: Fact, indices: NDArray[np.int32], values: Sequence[Value], present: Plane) -> SetColumn:
    tags = tuple(choice.code for choice in fact.choices)
    bits = np.zeros((len(values) + 1, -(-len(tags) // 8) * 8), np.uint8)  # the last row is the unknown set
    for place, members in enumerate(values):
        if isinstance(members, frozenset):
            bits[place, [tags.index(str(tag)) for tag in members]] = 1
    groups = np.packbits(bits, axis=1, bitorder="little").T
    return SetColumn(tags, np.ascontiguousarray(groups[:, indices]), present)


def missing_column(fact: Fact, rows: int) -> Column:
    """The column in which nothing is known."""
    return column_of_distinct(fact, np.full(rows, -1, np.int32), [])
