"""A small, strict part of YAML, read and written.

The reader builds values straight from libyaml's events, so nothing outside the part can slip in: block and
flow collections, quoted and plain scalars, comments. Plain scalars are ``null``, ``true``, ``false``, whole
and decimal numbers; everything else is text, dates and ``yes`` included. Anchors, aliases (cycles and
"billion laughs"), tags, merge keys, several documents and duplicate keys are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NoReturn

import yaml

from huiqi.catalogue.problems import NotPlainError

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,40}\Z")
# Written like a number, but readers disagree on what it means (octal, sexagesimal, NaN …).
_DOUBTFUL = re.compile(
    r"[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|\.(?:[0-9]+|inf|nan))\Z", re.I
)
# Line breaks of all kinds and marks nobody sees; YAML folds some of them away.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_NULLS = frozenset({"", "~", "null"})
_MISSING: Any = object()
_STEPS_SHOWN = 10


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been read yet."""

    value: dict[str, Any] | list[Any]
    step: str
    key: Any = _MISSING


def parse_yaml(text: str, depth_limit: int) -> Any:
    """The one document in ``text`` as dict, list, str, int, float, bool and None. Raises NotPlainError."""
    loader = yaml.CSafeLoader(text)
    builder = _Builder(depth_limit)
    try:
        while loader.check_event():
            builder.take(loader.get_event())
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise NotPlainError(line, "", "不是正确的 YAML。请检查这一行附近的缩进、冒号后的空格和引号") from None
    except yaml.YAMLError:
        raise NotPlainError(1, "", "文件里有 YAML 不允许的字符。请重新输入那段文字") from None
    finally:
        loader.dispose()
    return builder.document()


class _Builder:
    """Takes libyaml's events one by one; keeps the open collections on a stack of its own."""

    def __init__(self, depth_limit: int) -> None:
        self._depth_limit = depth_limit
        self._open: list[_Open] = []
        self._root: Any = _MISSING
        self._line = 1

    def document(self) -> Any:
        if self._root is _MISSING:
            raise NotPlainError(1, "", "文件是空的")
        return self._root

    def take(self, event: Any) -> None:
        self._line = event.start_mark.line + 1
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_marks(event)
            self._add(self._scalar(event))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._refuse_marks(event)
            self._start({} if isinstance(event, yaml.MappingStartEvent) else [])
        elif isinstance(event, yaml.CollectionEndEvent):
            self._add(self._open.pop().value)
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(f"不能用别名（*{event.anchor}）引用别处的内容。请把内容直接写在这里")
        elif isinstance(event, yaml.DocumentStartEvent) and self._root is not _MISSING:
            self._refuse("一个文件只能有一份内容。请去掉多余的“---”")

    def _start(self, value: dict[str, Any] | list[Any]) -> None:
        if len(self._open) >= self._depth_limit:
            self._refuse(f"嵌套超过 {self._depth_limit} 层。请写浅一些，或拆成几项")
        if self._open and isinstance(self._open[-1].value, dict) and self._open[-1].key is _MISSING:
            self._refuse("项目的名称必须是一个词，不能是列表或另一组项目")
        self._open.append(_Open(value, self._step()))

    def _step(self) -> str:
        """How the value now being read is called inside its parent: ``/key`` or ``[2]``."""
        if not self._open:
            return ""
        parent = self._open[-1]
        if isinstance(parent.value, list):
            return f"[{len(parent.value)}]"
        return "" if parent.key is _MISSING else f"/{parent.key}"

    def _add(self, value: Any) -> None:
        if not self._open:
            self._root = value
            return
        parent = self._open[-1]
        if isinstance(parent.value, list):
            parent.value.append(value)
        elif parent.key is _MISSING:
            parent.key = self._key(value, parent.value)
        else:
            parent.value[parent.key] = value
            parent.key = _MISSING

    def _key(self, key: Any, members: dict[str, Any]) -> str:
        if not isinstance(key, str):
            self._refuse(f"项目的名称“{key}”会被当成数字或空值。请给它加上引号")
        if key in members:
            self._refuse(f"“{key}”写了两次，不知道以哪个为准。请只留一个")
        if key == "<<":
            self._refuse("不能用“<<”合并别处的内容。请把内容直接写在这里")
        return key

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        if not event.implicit[0]:  # quoted or block text: exactly what is written
            return event.value
        try:
            return resolve_plain(event.value)
        except ValueError as error:
            self._refuse(str(error))

    def _refuse_marks(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse(f"不能用锚点（&{event.anchor}）。请去掉它")
        if event.tag is not None:
            self._refuse(f"不能用类型标记（{event.tag}）。请去掉它")

    def _refuse(self, message: str) -> NoReturn:
        steps = [part.step for part in self._open] + [self._step()]
        path = "".join(steps if len(steps) <= _STEPS_SHOWN else [*steps[:_STEPS_SHOWN], "/…"])
        raise NotPlainError(self._line, path.lstrip("/"), message)


def resolve_plain(text: str) -> Any:
    """What an unquoted scalar means. Raises ValueError where readers of YAML disagree."""
    if text in _NULLS:
        return None
    if text in ("true", "false"):
        return text == "true"
    if _WHOLE.match(text):
        return int(text)
    if _DECIMAL.match(text):
        return float(text)
    if _DOUBTFUL.match(text):
        raise ValueError(f"“{text[:30]}”看不准是数字还是代码。代码请加引号，数字请写成 1234 或 12.5 的样子")
    return text


class _Writer(yaml.SafeDumper):
    """Block style; lists of bare words on one line; long sentences never broken."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        # PyYAML writes list items at the parent's own column; indented ones are easier to review.
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def _represent_text(writer: _Writer, text: str) -> yaml.ScalarNode:
    style = None if _is_plain_safe(text) else "'"
    if _UNSEEN.search(text):
        style = '"'  # the one style in which every character is spelt out
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _is_plain_safe(text: str) -> bool:
    try:
        return isinstance(resolve_plain(text), str)
    except ValueError:
        return False


def _represent_list(writer: _Writer, values: list[Any]) -> yaml.SequenceNode:
    is_short = all(not isinstance(value, (dict, list)) and _is_word(value) for value in values)
    return writer.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=is_short)


def _is_word(value: object) -> bool:
    return not isinstance(value, str) or (value.isascii() and len(value) <= 40)


def _represent_decimal(writer: _Writer, number: float) -> yaml.ScalarNode:
    digits = format(Decimal(repr(number)), "f")  # no exponent: some readers take "1e5" for text
    return writer.represent_scalar("tag:yaml.org,2002:float", digits if "." in digits else f"{digits}.0")


_Writer.add_representer(str, _represent_text)
_Writer.add_representer(float, _represent_decimal)
_Writer.add_representer(list, _represent_list)


def write_yaml(value: Any) -> str:
    """``value`` as text that :func:`parse_yaml` reads back unchanged; the same value gives the same text."""
    return yaml.dump(
        value, Dumper=_Writer, allow_unicode=True, sort_keys=False, default_flow_style=False, width=1_000_000
    )
