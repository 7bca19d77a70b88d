"""The fact dictionary: what may be known of a business, in which type and unit, and who can change it."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from huiqi.core.rules.errors import RuleError, shown

Value = bool | int | float | str | date | frozenset[str]
Facts = Mapping[str, Value]

LARGEST_NUMBER = 10**15
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # \d would let full-width digits through


class FactType(StrEnum):
    """The eight types of the dictionary; money is whole 元, percentages are plain numbers (5.5 is 5.5 %)."""

    BOOL = "bool"
    INTEGER = "integer"
    NUMBER = "number"
    MONEY = "money_cny"
    DATE = "date"
    ENUM = "enum"
    SET = "set"
    CODE = "code"


NUMERIC = frozenset({FactType.INTEGER, FactType.NUMBER, FactType.MONEY})


class Change(StrEnum):
    """Who can change a fact: its owner, time alone, or nobody."""

    BY_OWNER = "by_owner"
    BY_TIME = "by_time"
    NEVER = "never"


class CodeSystem(StrEnum):
    """The two prefix code systems: GB/T 2260 regions and GB/T 4754-2017 industries."""

    REGION = "region"
    INDUSTRY = "industry"

    @property
    def pattern(self) -> re.Pattern[str]:
        """The form a code of this system has."""
        return _CODE_PATTERNS[self]

    @property
    def advice(self) -> str:
        """What to write, for an error message."""
        return _CODE_ADVICE[self]


_CODE_PATTERNS = {
    CodeSystem.REGION: re.compile(r"[0-9]{6}"),
    CodeSystem.INDUSTRY: re.compile(r"[A-T]([0-9]{2,4})?"),
}
_CODE_ADVICE = {
    CodeSystem.REGION: "请写六位行政区划代码，并加引号，如 “410825”",
    CodeSystem.INDUSTRY: "请写门类字母加数字，如 “H6210”",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value an enum or set fact may take."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry of the dictionary.

    ``minimum`` and ``maximum`` bound the value space of a numeric fact (both included, None is open).
    """

    id: str
    label: str
    type: FactType
    unit: str | None
    source_dept: str
    description: str
    changes: Change
    question: str
    choices: tuple[Choice, ...] = ()
    minimum: int | float | None = None
    maximum: int | float | None = None
    code_system: CodeSystem | None = None

    def __hash__(self) -> int:
        """Hash by id alone: facts key the cache of leaf tests, and to hash every choice costs more."""
        return hash(self.id)

    @property
    def codes(self) -> frozenset[str]:
        """Codes of all choices."""
        return frozenset(choice.code for choice in self.choices)

    def label_of(self, code: str) -> str:
        """Return the Chinese label of a choice; a code without one stands for itself."""
        return next((choice.label for choice in self.choices if choice.code == code), code)

    def parse(self, raw: object, path: str = "") -> Value:
        """Read one raw value of a business; raises RuleError where the type, form or bound is wrong."""
        if self.type is FactType.SET:
            return self._parse_set(raw, path)
        value = self.parse_single(raw, path)
        self._check_bounds(value, path)
        return value

    def parse_single(self, raw: object, path: str = "") -> Value:
        """Read one single value (for a set: one member), without the bounds; used for rule values too."""
        match self.type:
            case FactType.BOOL:
                if isinstance(raw, bool):
                    return raw
                raise self._wrong(raw, "请写 true 或 false（不加引号）", path)
            case FactType.INTEGER | FactType.MONEY:
                return self._parse_integer(raw, path)
            case FactType.NUMBER:
                return self._parse_number(raw, path)
            case FactType.DATE:
                return self._parse_date(raw, path)
            case FactType.ENUM | FactType.SET:
                return self._parse_choice(raw, path)
            case FactType.CODE:
                return self._parse_code(raw, path)

    def _wrong(self, raw: object, advice: str, path: str) -> RuleError:
        return RuleError(path, f"“{self.label}”（{self.id}）的值 {shown(raw)} 不对：{advice}")

    def _parse_set(self, raw: object, path: str) -> frozenset[str]:
        if not isinstance(raw, (list, tuple, set, frozenset)):
            raise self._wrong(raw, "请写成列表；确知一项都没有时写 []", path)
        return frozenset(self._parse_choice(code, f"{path}[{number}]") for number, code in enumerate(raw))

    def _parse_integer(self, raw: object, path: str) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int):
            raise self._wrong(raw, f"请写整数{self._unit_advice()}，不加引号，不带小数", path)
        self._check_size(raw, path)
        return raw

    def _parse_number(self, raw: object, path: str) -> int | float:
        if isinstance(raw, bool) or not isinstance(raw, (int, float)):
            raise self._wrong(raw, f"请写数字{self._unit_advice()}，不加引号", path)
        if isinstance(raw, float) and not math.isfinite(raw):
            raise self._wrong(raw, "不是有效的数字，不知道就整项删去", path)
        self._check_size(raw, path)
        return raw

    def _unit_advice(self) -> str:
        return f"（单位：{self.unit}）" if self.unit else ""

    def _check_size(self, value: int | float, path: str) -> None:
        if abs(value) > LARGEST_NUMBER:
            raise self._wrong(value, "数字过大，请核对单位", path)

    def _parse_date(self, raw: object, path: str) -> date:
        if isinstance(raw, date) and not isinstance(raw, datetime):
            return raw
        if isinstance(raw, str) and _ISO_DATE.fullmatch(raw):
            try:
                return date.fromisoformat(raw)
            except ValueError:
                raise self._wrong(raw, "没有这一天，请核对", path) from None
        raise self._wrong(raw, "请写成 “2026-01-31” 的样子，并加引号", path)

    def _parse_choice(self, raw: object, path: str) -> str:
        if isinstance(raw, str) and raw in self.codes:
            return raw
        known = "、".join(choice.code for choice in self.choices[:12])
        more = " 等" if len(self.choices) > 12 else ""
        raise self._wrong(raw, f"只能是 {known}{more}", path)

    def _parse_code(self, raw: object, path: str) -> str:
        system = self.code_system
        if system is not None and isinstance(raw, str) and system.pattern.fullmatch(raw):
            return raw
        raise self._wrong(raw, system.advice if system else "字典没有说明这是哪种代码", path)

    def _check_bounds(self, value: Value, path: str) -> None:
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            return
        if self.minimum is not None and value < self.minimum:
            raise self._wrong(value, f"不能小于 {self.minimum}", path)
        if self.maximum is not None and value > self.maximum:
            raise self._wrong(value, f"不能大于 {self.maximum}", path)


class FactDictionary(Mapping[str, Fact]):
    """All facts by id, in the dictionary's own order; the order breaks ties in advice."""

    def __init__(self, facts: Mapping[str, Fact], version: str) -> None:
        self._facts = dict(facts)
        self._positions = {fact_id: place for place, fact_id in enumerate(self._facts)}
        self.version = version

    def __getitem__(self, fact_id: str) -> Fact:
        return self._facts[fact_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def position(self, fact_id: str) -> int:
        """Return the place of a fact in the dictionary, from 0."""
        return self._positions[fact_id]

    def parse_facts(self, raw: object, path: str = "") -> dict[str, Value]:
        """Read a business's facts; null means unknown and is dropped.

        Raises RuleError for a fact the dictionary does not know and for a value of the wrong form.
        """
        if not isinstance(raw, Mapping):
            raise RuleError(path, f"事实应是“名称: 值”的对照表，现在是 {shown(raw)}")
        parsed: dict[str, Value] = {}
        for fact_id, value in raw.items():
            where = f"{path}/{fact_id}" if path else str(fact_id)
            if fact_id not in self._facts:
                raise RuleError(where, f"事实字典里没有 {shown(fact_id)}，请对照 facts.yaml 改正名称")
            if value is not None:
                parsed[fact_id] = self._facts[fact_id].parse(value, where)
        return parsed
