"""A strict reader of JSON: bounded depth, no duplicate keys, only finite numbers of bounded length."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import Any, NoReturn

from huiqi.catalogue.problems import NotPlainError

DIGITS_LIMIT = 18  # beyond any sum of money; keeps hostile numbers from costing time

_BRACKETS_AND_STRINGS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]', re.DOTALL)


def parse_json(text: str, depth_limit: int) -> Any:
    """The one value in ``text`` as dict, list, str, int, float, bool and None. Raises NotPlainError."""
    if _depth_of(text) > depth_limit:
        raise NotPlainError(1, "", f"嵌套超过 {depth_limit} 层。请把条件写浅一些")
    try:
        value = json.loads(
            text,
            object_pairs_hook=_members,
            parse_int=_whole,
            parse_float=_decimal,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as error:
        raise NotPlainError(
            error.lineno, "", f"不是完整的 JSON（第 {error.colno} 个字符附近）。请检查括号、引号和逗号"
        ) from None
    if "\\u" in text:
        _refuse_broken_text(value)
    return value


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        double, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise NotPlainError(1, "", f"“{double}”写了两次，不知道以哪个为准。请只留一个")
    return members


def _whole(digits: str) -> int:
    if len(digits) > DIGITS_LIMIT:
        raise NotPlainError(1, "", f"有一个数字长达 {len(digits)} 位。请检查是否多打了几位")
    return int(digits)


def _decimal(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise NotPlainError(1, "", f"“{digits[:20]}”大得无法表示。请填写确定的数字")
    return number


def _refuse_constant(name: str) -> NoReturn:
    raise NotPlainError(1, "", f"“{name}”不是确定的数字。请填写数字；不知道就去掉这一项，或写 null")


def _refuse_broken_text(value: Any) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise NotPlainError(1, "", "文字里有残缺的字符（半个 \\u 代码）。请重新输入那段文字") from None


def _depth_of(text: str) -> int:
    # Counted before parsing: the standard parser answers deep nesting with RecursionError, or worse.
    depth = deepest = 0
    for match in _BRACKETS_AND_STRINGS.finditer(text):
        symbol = match.group()
        if symbol in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif symbol in "]}":
            depth -= 1
    return deepest
