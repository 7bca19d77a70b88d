"""Takes the fields of one raw mapping, strictly typed; notes every fault, not only the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from huiqi.catalogue.problems import CatalogueError, Problem
from huiqi.core.rules.errors import RuleError, shown

_Enum = TypeVar("_Enum", bound=StrEnum)
_Read = TypeVar("_Read")
_ISO_LENGTH = 10


class FaultList:
    """The faults found so far in one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def add(self, path: str, message: str) -> None:
        """Note one fault."""
        self.problems.append(Problem(self.file, path, message))

    def raise_any(self) -> None:
        """Raise CatalogueError when anything has been noted."""
        if self.problems:
            raise CatalogueError(self.problems)


class Fields:
    """One raw mapping being read.

    Each reader returns the field's value; for a faulty or missing one it notes the fault and returns a
    stand-in, so that the reading goes on. The caller raises before any stand-in can be used.
    """

    def __init__(
        self,
        raw: object,
        path: str,
        faults: FaultList,
        *,
        required: frozenset[str],
        optional: frozenset[str] = frozenset(),
    ) -> None:
        self.path = path
        self.faults = faults
        self._raw: Mapping[Any, Any] = {}
        if not isinstance(raw, Mapping):
            faults.add(path, f"应是“名称: 内容”的对照表，现在是 {shown(raw)}")
            return
        self._raw = raw
        for key in sorted(str(key) for key in raw if key not in required | optional):
            faults.add(self.at(key), "不认识这一项。请对照说明改正名称，或删去")
        for key in sorted(required - set(raw)):
            faults.add(self.at(key), "缺少这一项。没有内容的请写 null，列表请写 []")

    def at(self, key: str) -> str:
        """The path of a field."""
        return f"{self.path}/{key}" if self.path else key

    def has(self, key: str) -> bool:
        """Whether the field is written and not null."""
        return self._raw.get(key) is not None

    def is_written(self, key: str) -> bool:
        """Whether the field is there at all, null or not; where it must be, its absence is told already."""
        return key in self._raw

    def raw(self, key: str) -> Any:
        """The field as it is written."""
        return self._raw.get(key)

    def text(self, key: str) -> str:
        """A text that is not empty."""
        written: str = self._typed(key, _is_text, "", "请写文字，不能空着；数字和代码请加引号")
        return written

    def optional_text(self, key: str) -> str | None:
        """A text, or None where it is null or left out."""
        return self.text(key) if self.has(key) else None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where it is left out."""
        if key not in self._raw:
            return ()
        listed = self._typed(key, lambda value: isinstance(value, list), [], "请写成列表；没有就写 []")
        for number, value in enumerate(listed):
            if not _is_text(value):
                self.faults.add(f"{self.at(key)}[{number}]", f"请写文字，现在是 {shown(value)}")
        return tuple(str(value) for value in listed)

    def mappings(self, key: str) -> Iterator[tuple[str, Any]]:
        """Each entry of a list with its path; nothing where the list is left out."""
        listed = self.raw(key)
        if listed is None:
            return
        if not isinstance(listed, list):
            self.faults.add(self.at(key), "请写成列表；没有就写 []")
            return
        for number, value in enumerate(listed):
            yield f"{self.at(key)}[{number}]", value

    def whole(self, key: str, *, minimum: int) -> int | None:
        """A whole number of at least ``minimum``, or None where it is null."""
        if not self.has(key):
            return None
        number: int = self._typed(
            key,
            lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= minimum,
            minimum,
            f"请写不小于 {minimum} 的整数，不加引号；不知道写 null",
        )
        return number

    def fraction(self, key: str) -> float | None:
        """A rate as a fraction above 0 and at most 1, or None where it is null."""
        if not self.has(key):
            return None
        number: float = self._typed(
            key,
            lambda value: isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value <= 1,
            1.0,
            "请写 0 到 1 之间的小数（5% 写 0.05），不加引号；不知道写 null",
        )
        return number

    def day(self, key: str) -> date | None:
        """A date written "YYYY-MM-DD", or None where it is null."""
        if not self.has(key):
            return None
        value = self.raw(key)
        try:
            if isinstance(value, str) and len(value) == _ISO_LENGTH:
                return date.fromisoformat(value)
        except ValueError:
            self.faults.add(self.at(key), f"没有“{value}”这一天。请核对日期")
            return None
        self.faults.add(self.at(key), f"日期请写成 '2026-01-31' 的样子，现在是 {shown(value)}")
        return None

    def member(self, key: str, kind: type[_Enum]) -> _Enum:
        """One of the words of ``kind``."""
        known = [member.value for member in kind]
        word = self._typed(key, lambda value: value in known, known[0], f"只能写 {'、'.join(known)} 之一")
        return kind(word)

    def rule_part(self, key: str, parse: Callable[[Any, str], _Read], stand_in: _Read) -> _Read:
        """A part of a rule, read by ``parse(raw, path)`` which raises RuleError."""
        if key not in self._raw:
            return stand_in
        try:
            return parse(self.raw(key), self.at(key))
        except RuleError as error:
            self.faults.add(error.path, error.message)
            return stand_in

    def _typed(self, key: str, is_right: Callable[[Any], bool], stand_in: Any, advice: str) -> Any:
        if key not in self._raw:
            return stand_in
        value = self.raw(key)
        if is_right(value):
            return value
        self.faults.add(self.at(key), f"{advice}。现在是 {shown(value)}")
        return stand_in


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
