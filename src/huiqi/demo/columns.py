"""Arrow columns from NumPy arrays. `known` says where a value is known; elsewhere the column is null."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from huiqi.core.rules.facts import FactType
from huiqi.demo.dice import Bools, Floats, Ints

ARROW_TYPES: dict[FactType, pa.DataType] = {
    FactType.BOOL: pa.bool_(),
    FactType.INTEGER: pa.int64(),
    FactType.MONEY: pa.int64(),
    FactType.NUMBER: pa.float64(),
    FactType.DATE: pa.date32(),
    FactType.ENUM: pa.string(),
    FactType.CODE: pa.string(),
    FactType.SET: pa.list_(pa.string()),
}


def flags(values: Bools, known: Bools) -> pa.Array:
    return pa.array(values, pa.bool_(), mask=~known)


def whole(values: Ints, known: Bools) -> pa.Array:
    return pa.array(values.astype(np.int64), pa.int64(), mask=~known)


def money(yuan: Floats, known: Bools, step: int = 100) -> pa.Array:
    """Whole 元, rounded to `step`: books of small businesses are round, and rounding hides the last bit."""
    return whole(np.rint(yuan / step).astype(np.int64) * step, known)


def percent(values: Floats, known: Bools) -> pa.Array:
    """Percentages with one decimal."""
    return pa.array(np.rint(values * 10) / 10 + 0.0, pa.float64(), mask=~known)


def days(values: NDArray[np.datetime64], known: Bools) -> pa.Array:
    return pa.array(values.astype("datetime64[D]"), pa.date32(), mask=~known)


def words(indices: Ints, vocabulary: Sequence[str], known: Bools) -> pa.Array:
    """The word of each index."""
    return pa.array(vocabulary, pa.string()).take(whole(indices, known))


def tags(has: Sequence[Bools], vocabulary: Sequence[str], known: Bools) -> pa.Array:
    """Lists of words: `has[k]` says who carries `vocabulary[k]`. A known list may be empty."""
    carried = np.stack(has, axis=1) & known[:, np.newaxis]
    ends = np.concatenate(([0], np.cumsum(carried.sum(axis=1)))).astype(np.int32)
    offsets = pa.array(ends, pa.int32(), mask=np.append(~known, False))
    values = pa.array(vocabulary, pa.string()).take(pa.array(np.nonzero(carried)[1]))
    return pa.ListArray.from_arrays(offsets, values)


def unknown(kind: FactType, count: int) -> pa.Array:
    """A column of which nothing is known."""
    return pa.nulls(count, ARROW_TYPES[kind])
