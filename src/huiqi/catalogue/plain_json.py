"""A strict reader of JSON: bounded depth, no duplicate keys, only finite numbers of bounded length."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from huiqi.catalogue.problems import NotPlainError

DIGITS_LIMIT = 18  # beyond any sum of money; keeps hostile numbers from costing time

_BRACKETS_AND_STRINGS = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|[\[\]{}]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Refused:
    """Stands where something cannot be taken, until its place is known."""

    message: str


def parse_json(text: str, depth_limit: int) -> Any:
    """The one value in ``text`` as dict, list, str, int, float, bool and None. Raises NotPlainError."""
    _refuse_deep(text, depth_limit)
    try:
        value = _read(text, _raise)
    except json.JSONDecodeError as error:
        raise NotPlainError(
            error.lineno, "", f"不是完整的 JSON（第 {error.colno} 个字符附近）。请检查括号、引号和逗号"
        ) from None
    except NotPlainError:  # read again, slowly, to say where
        for path, refused in _refusals(_read(text, _Refused), ""):
            raise NotPlainError(1, path, refused.message) from None
        raise
    if "\\u" in text:
        _refuse_broken_text(value)
    return value


def _raise(message: str) -> NoReturn:
    raise NotPlainError(1, "", message)


def _read(text: str, refuse: Callable[[str], Any]) -> Any:
    """Parse; ``refuse`` is asked what to put where something cannot be taken."""

    def members(pairs: list[tuple[str, Any]]) -> Any:
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        double, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        return refuse(f"“{double}”写了两次，不知道以哪个为准。请只留一个")

    def whole(digits: str) -> Any:
        if len(digits) <= DIGITS_LIMIT:
            return int(digits)
        return refuse(f"有一个数字长达 {len(digits)} 位。请检查是否多打了几位")

    def decimal(digits: str) -> Any:
        number = float(digits)
        return number if math.isfinite(number) else refuse(f"“{digits[:20]}”大得无法表示。请填写确定的数字")

    def constant(name: str) -> Any:
        return refuse(f"“{name}”不是确定的数字。请填写数字；不知道就去掉这一项，或写 null")

    return json.loads(
        text, object_pairs_hook=members, parse_int=whole, parse_float=decimal, parse_constant=constant
    )


def _refusals(value: Any, path: str) -> Iterator[tuple[str, _Refused]]:
    """Everything refused below, with its place; the depth is bounded already."""
    if isinstance(value, _Refused):
        yield path, value
    elif isinstance(value, dict):
        for key, member in value.items():
            yield from _refusals(member, f"{path}/{key}" if path else key)
    elif isinstance(value, list):
        for number, member in enumerate(value):
            yield from _refusals(member, f"{path}[{number}]")


def _refuse_broken_text(value: Any) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise NotPlainError(1, "", "文字里有残缺的字符（半个 \\u 代码）。请重新输入那段文字") from None


def _refuse_deep(text: str, depth_limit: int) -> None:
    """Counted before parsing: the standard parser answers deep nesting with RecursionError, or worse."""
    depth, field = 0, ""
    for match in _BRACKETS_AND_STRINGS.finditer(text):
        symbol = match.group()
        if symbol in "[{":
            depth += 1
        elif symbol in "]}":
            depth -= 1
        elif depth == 1 and match[2]:
            field = match[1]
        if depth > depth_limit:
            raise NotPlainError(1, field, f"嵌套超过 {depth_limit} 层。请写浅一些，或拆成几项")
