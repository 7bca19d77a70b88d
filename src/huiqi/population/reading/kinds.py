"""Which Arrow types a fact can be read from at all; one sentence refuses a column of any other."""

import pyarrow as pa
from pyarrow import types

from huiqi.core.rules.facts import NUMERIC, Fact, FactType

_WANTED = {
    FactType.BOOL: "是非值（true 或 false）",
    FactType.INTEGER: "整数",
    FactType.MONEY: "整数",
    FactType.NUMBER: "数字",
    FactType.DATE: "日期",
    FactType.ENUM: "文字",
    FactType.CODE: "文字",
    FactType.SET: "文字的列表",
}


def unreadable(fact: Fact, column: pa.Array) -> str | None:
    """What is wrong with a column whose type holds nothing a fact could be; None where cells may be read.

    A column without a single value is right whatever its type: nothing is known then.
    """
    if column.null_count == len(column) or _is_readable(fact, column.type):
        return None
    wanted = _WANTED[fact.type]
    return f"“{fact.label}”（{fact.id}）应是{wanted}，这一列存的是别的类型。请把它改成{wanted}再导出"


def _is_readable(fact: Fact, kind: pa.DataType) -> bool:
    if types.is_dictionary(kind):
        kind = kind.value_type
    if _is_list(kind):
        return fact.type is FactType.SET and _is_plain(kind.value_type)
    if is_day(kind):
        return fact.type is FactType.DATE
    if types.is_decimal(kind):
        return fact.type in NUMERIC
    return _is_plain(kind)


def _is_plain(kind: pa.DataType) -> bool:
    kind = kind.value_type if types.is_dictionary(kind) else kind
    is_text = types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)
    is_number = types.is_integer(kind) or types.is_floating(kind)
    return bool(is_text or is_number or types.is_boolean(kind) or types.is_null(kind))


def _is_list(kind: pa.DataType) -> bool:
    is_view = types.is_list_view(kind) or types.is_large_list_view(kind)
    return bool(types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind) or is_view)


def is_day(kind: pa.DataType) -> bool:
    """A day, or a moment that may stand for one."""
    return bool(types.is_date(kind) or types.is_timestamp(kind))
