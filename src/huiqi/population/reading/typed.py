"""Arrow arrays whose type already says what they are: numbers, days, bools and lists, without a loop.

Each check here only finds the first row that is wrong; what is wrong with it is said by the fact itself.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import NoReturn

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from huiqi.core.rules.errors import RuleError
from huiqi.core.rules.facts import LARGEST_NUMBER, NUMERIC, Fact, FactType
from huiqi.population.columns import (
    EPOCH,
    BoolColumn,
    Column,
    NumberColumn,
    SetColumn,
    missing_column,
    narrowed,
)
from huiqi.population.planes import Plane, full_plane, pack, plane_of_bitmap
from huiqi.population.reading.kinds import is_day

EMPTY_MEMBER = -1  # a null inside a list
FIRST_DAY, LAST_DAY = date.min.toordinal() - EPOCH, date.max.toordinal() - EPOCH
_PER_DAY = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}


class CellError(Exception):
    """What is wrong, and in which row counted from 0; None where it is the whole column."""

    def __init__(self, row: int | None, message: str) -> None:
        super().__init__(message)
        self.row, self.message = row, message


def typed_column(fact: Fact, array: pa.Array) -> Column | None:
    """The column of a typed array; None where its cells have to be looked at. Raises CellError."""
    kind = array.type
    if array.null_count == len(array):
        return missing_column(fact, len(array))
    if fact.type is FactType.BOOL and pa.types.is_boolean(kind):
        return _bools(array)
    if fact.type in NUMERIC and _is_number(kind):
        return number_column(fact, array, lambda row: _exact(array[row].as_py()))
    if fact.type is FactType.DATE and is_day(kind):
        days = days_of(fact, array)
        return NumberColumn(days.cast(pa.int32()).fill_null(0).to_numpy(), present_plane(days))
    if fact.type is FactType.SET and (pa.types.is_list(kind) or pa.types.is_large_list(kind)):
        return _sets(fact, array)
    return None


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def present_plane(array: pa.Array) -> Plane:
    """The rows of an array that are not null."""
    if array.null_count == 0:
        return full_plane(len(array))
    return plane_of_bitmap(array.buffers()[0], array.offset, len(array))


def _bools(array: pa.Array) -> BoolColumn:
    present = present_plane(array)
    truth = plane_of_bitmap(array.buffers()[1], array.offset, len(array))
    return BoolColumn(np.bitwise_and(truth, present, out=truth), present)


def _exact(value: float | Decimal) -> int | float:
    """The number for a message: whole where it is whole, a double by the digits it is written with."""
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    is_whole = number.is_finite() and number == number.to_integral_value()
    return int(number) if is_whole else float(number)


def number_column(fact: Fact, array: pa.Array, raw_at: Callable[[int], object]) -> NumberColumn:
    """The column of an array of numbers; ``raw_at`` tells what a wrong row said. Raises CellError."""
    is_known: NDArray[np.bool_] = array.is_valid().to_numpy(zero_copy_only=False)
    if not pa.types.is_integer(array.type):
        values = array.cast(pa.float64()).fill_null(np.nan).to_numpy()
        is_known &= ~np.isnan(values)  # an empty cell: see the rule in the docstring of this package
        return _checked(fact, np.where(is_known, values, 0.0), is_known, raw_at)
    if array.type == pa.uint64():
        array = pc.min_element_wise(array, pa.scalar(LARGEST_NUMBER + 1, pa.uint64()))
    return _checked(fact, array.cast(pa.int64()).fill_null(0).to_numpy(), is_known, raw_at)


def _checked(
    fact: Fact,
    values: NDArray[np.int64] | NDArray[np.float64],
    is_known: NDArray[np.bool_],
    raw_at: Callable[[int], object],
) -> NumberColumn:
    least = max(-LARGEST_NUMBER, -LARGEST_NUMBER if fact.minimum is None else fact.minimum)
    most = min(LARGEST_NUMBER, LARGEST_NUMBER if fact.maximum is None else fact.maximum)
    is_right = (values >= least) & (values <= most)
    is_whole = fact.type is not FactType.NUMBER
    if is_whole and values.dtype.kind == "f":
        is_right &= np.floor(values) == values
    is_wrong = is_known & ~is_right
    if is_wrong.any():
        row = int(np.argmax(is_wrong))
        refuse(fact, raw_at(row), row)
    return NumberColumn(narrowed(values) if is_whole else values, pack(is_known))


def refuse(fact: Fact, raw: object, row: int) -> NoReturn:
    """Raise what the fact says of a raw value that is not its own."""
    try:
        fact.parse(raw)
    except RuleError as error:
        raise CellError(row, error.message) from None
    raise CellError(row, f"“{fact.label}”（{fact.id}）的值 {raw!r} 读不出来。请核对")


def days_of(fact: Fact, array: pa.Array) -> pa.Array:
    """The days (date32) of an array of days or of midnights, in their own time zone. Raises CellError."""
    rest = np.zeros(len(array), np.int64)
    if pa.types.is_date32(array.type):
        days = array.cast(pa.int32()).fill_null(0).to_numpy()
    else:
        unit = "ms" if pa.types.is_date64(array.type) else array.type.unit
        moments = _local(fact, array).cast(pa.int64()).fill_null(0).to_numpy()
        days, rest = np.divmod(moments, _PER_DAY[unit])
    is_right = (days >= FIRST_DAY) & (days <= LAST_DAY) & (rest == 0)
    if not is_right.all():
        row = int(np.argmin(is_right))
        raise CellError(row, f"“{fact.label}”（{fact.id}）的值{_moment_fault(int(days[row]))}")
    return pa.array(days.astype(np.int32), mask=array.is_null().to_numpy(zero_copy_only=False)).cast(
        pa.date32()
    )


def _moment_fault(day: int) -> str:
    if not FIRST_DAY <= day <= LAST_DAY:
        return "不在公元 1 年到 9999 年之间。请核对"
    return f" {date.fromordinal(day + EPOCH)} 带有时刻。请只写日期"


def _local(fact: Fact, array: pa.Array) -> pa.Array:
    if getattr(array.type, "tz", None) is None:
        return array
    try:
        return pc.local_timestamp(array)
    except pa.ArrowInvalid:
        message = f"“{fact.label}”（{fact.id}）的时区 {array.type.tz} 不存在。请只写日期"
        raise CellError(None, message) from None


def _sets(fact: Fact, array: pa.Array) -> SetColumn:
    tags = tuple(choice.code for choice in fact.choices)
    rows_of = pc.list_parent_indices(array).to_numpy()
    members = pc.list_flatten(array)
    encoded = members if pa.types.is_dictionary(members.type) else members.dictionary_encode()
    indices = encoded.indices.fill_null(EMPTY_MEMBER).to_numpy()
    groups = np.zeros((-(-len(tags) // 8), len(array)), np.uint8)
    for index, tag in enumerate([None, *encoded.dictionary.to_pylist()], EMPTY_MEMBER):
        rows = rows_of[indices == index]
        if not len(rows):
            continue
        if tag not in tags:
            refuse(fact, [tag], int(rows[0]))
        place = tags.index(tag)
        groups[place // 8, rows] |= np.uint8(1 << place % 8)
    return SetColumn(tags, groups, present_plane(array))
