"""The cells of one column as their distinct contents: a meaning is read once for each, not once a row."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

EMPTY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """``indices`` into ``contents``, one a row; ``EMPTY`` where the cell holds nothing."""

    indices: NDArray[np.int32]
    contents: Sequence[object]

    def first_row_of(self, place: int) -> int:
        """The first row with these contents."""
        return int(np.flatnonzero(self.indices == place)[0])


def cells_of(column: pa.Array | Sequence[object]) -> Cells:
    """The cells of an Arrow array or of a list of Python values."""
    if not isinstance(column, pa.Array):
        return _cells_of_values(column)
    if column.null_count == len(column):
        return Cells(np.full(len(column), EMPTY, np.int32), [])
    if pa.types.is_nested(column.type):
        return _cells_of_values(column.to_pylist())
    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    indices = encoded.indices.cast(pa.int32()).fill_null(EMPTY).to_numpy()
    return Cells(indices, encoded.dictionary.to_pylist())


def _cells_of_values(values: Sequence[object]) -> Cells:
    places: dict[str, int] = {}
    contents: list[object] = []
    indices = np.full(len(values), EMPTY, np.int32)
    for row, value in enumerate(values):
        if value is None:
            continue
        # 1, 1.0, True and "1" differ in meaning, which equality does not tell; lists cannot be keys.
        place = places.setdefault(repr(value), len(contents))
        if place == len(contents):
            contents.append(value)
        indices[row] = place
    return Cells(indices, contents)
