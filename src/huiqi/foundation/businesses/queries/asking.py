"""How a fact is asked on paper, and how what people write becomes a value, or a sentence that says how to
write it.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from huiqi.core.rules.errors import RuleError
from huiqi.core.rules.facts import CodeSystem, Fact, FactType, Value
from huiqi.core.rules.wording import number_text, question_and_remark
from huiqi.core.standards.divisions import NATION
from huiqi.foundation.businesses.domain.asking import IMPLIED_MEMBERS, REGION
from huiqi.foundation.look.queries import common_trades, divisions, home_city, industries

NOTHING = "__none__"
MOST_BUTTONS = 6
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_AMOUNT = re.compile(r"(-?[\d,]+(?:\.\d+)?)\s*(万|亿)?\s*(元|人|个|个月|月|件|年|岁|周岁|分|档|晚|%)?")
_SIZES = {"万": 10_000, "亿": 100_000_000}
_EARLIEST = date(1900, 1, 1)


class AnswerError(ValueError):
    """What was written cannot be read; the message says how to write it."""


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class OptionGroup:
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One question on a form. ``kind`` is one, many, list, date or number; ``told_by`` is who gave the answer
    where it was not the visitor.
    """

    fact: Fact
    kind: str
    text: str
    groups: tuple[OptionGroup, ...] = ()
    error: str = ""
    is_required: bool = False
    told_by: str = ""

    @property
    def name(self) -> str:
        return self.fact.id

    @property
    def options(self) -> tuple[Option, ...]:
        """The options of all groups, in order."""
        return tuple(option for group in self.groups for option in group.options)

    @property
    def is_blank(self) -> bool:
        """Nothing has been answered yet."""
        return not self.text and not any(option.is_chosen for option in self.options)

    @property
    def described_by(self) -> str:
        """Ids of the remark and the error beside an input, for screen readers."""
        marks = (("h", self.hint), ("e", self.error))
        return " ".join(f"{letter}-{self.name}" for letter, text in marks if text)

    @property
    def question(self) -> str:
        return question_and_remark(self.fact.question)[0]

    @property
    def hint(self) -> str:
        """The remark in brackets and who told the answer, empty where there is neither."""
        remark = question_and_remark(self.fact.question)[1]
        told = f"来自{self.told_by}，不对可以改" if self.told_by else ""
        return "。".join(part for part in (remark, told) if part)


def field_of(fact: Fact, texts: Sequence[str], error: str = "") -> Field:
    """The question for ``fact`` with what has been written so far."""
    kind = _KINDS[fact.type]
    if kind == "one" and len(fact.choices) > MOST_BUTTONS:
        kind = "list"
    text = texts[0] if texts and kind in ("date", "number") else ""
    return Field(fact, kind, text, _groups(fact, frozenset(texts)), error, fact.id == REGION)


def texts_of(value: Value | None) -> tuple[str, ...]:
    """How a value stands on the form; nothing for an unknown one."""
    if value is None:
        return ()
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    if isinstance(value, frozenset):
        return tuple(sorted(value)) or (NOTHING,)
    if isinstance(value, date):
        return (value.isoformat(),)
    return (number_text(value) if isinstance(value, (int, float)) else value,)


def read_answer(fact: Fact, texts: Sequence[str], as_of: date) -> Value | None:
    """The value written for ``fact``; None where nothing was (说不准). AnswerError says how to write it."""
    written = [text for raw in texts if (text := unicodedata.normalize("NFKC", raw).strip())]
    if not written:
        if fact.id == REGION:
            raise AnswerError("请选择营业执照登记在哪个县（市、区）。各地政策不一样，要先知道在哪里。")
        return None
    try:
        return fact.parse(_plain(fact, written, as_of))
    except RuleError as error:
        raise AnswerError(_gentle(fact)) from error


def _plain(fact: Fact, written: Sequence[str], as_of: date) -> object:
    match fact.type:
        case FactType.BOOL:
            return {"yes": True, "no": False}.get(written[0])
        case FactType.SET:
            return _members(fact, written)
        case FactType.DATE:
            return _day(fact, written[0], as_of)
        case FactType.INTEGER | FactType.MONEY | FactType.NUMBER:
            return _number(fact, written[0])
        case FactType.CODE if fact.id == REGION:
            return _county(fact, written[0])
        case FactType.ENUM | FactType.CODE:
            return written[0]


def _county(fact: Fact, code: str) -> str:
    """Only what the form offers: a wider code leaves the county open, another city has other policies."""
    if all(code != known for _, options in _regions(fact) for known, _ in options):
        raise AnswerError(f"请从列出的县（市、区）里选一个。这里只有{home_city().name}的。")
    return code


def _members(fact: Fact, written: Sequence[str]) -> list[str]:
    if NOTHING in written and len(written) > 1:
        raise AnswerError("您选了“没有”，又选了别的。请只留一种。")
    if NOTHING in written:
        return []
    implied = IMPLIED_MEMBERS.get(fact.id, {})
    return [*written, *(implied[member] for member in written if member in implied)]


def _day(fact: Fact, text: str, as_of: date) -> date:
    found = _DATE.fullmatch(text)
    try:
        day = date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        day = None
    if day is None or day < _EARLIEST:
        raise AnswerError("没看懂这个日期。请写成 2024-05-23 或 2024年5月23日 的样子。")
    if fact.id == "established_on" and day > as_of:
        raise AnswerError("成立日期不能晚于今天，请对照营业执照再看一下。")
    return day


def _number(fact: Fact, text: str) -> int | float:
    found = _AMOUNT.fullmatch(text.replace("，", ",").replace(" ", ""))
    if found is None:
        raise AnswerError(_gentle(fact))
    try:
        value = Decimal(found[1].replace(",", "")) * _SIZES.get(found[2] or "", 1)
    except InvalidOperation:
        raise AnswerError(_gentle(fact)) from None
    if fact.type is FactType.NUMBER:
        return float(value)
    if value != value.to_integral_value():
        raise AnswerError("请填整数，不要带小数。")
    return int(value)


def _gentle(fact: Fact) -> str:
    if fact.type is FactType.MONEY:
        return "没看懂这个金额。请填数字，例如 80000，也可以写 8万。"
    if fact.type in (FactType.INTEGER, FactType.NUMBER):
        low = f"，不小于 {number_text(fact.minimum)}" if fact.minimum is not None else ""
        high = f"，不大于 {number_text(fact.maximum)}" if fact.maximum is not None else ""
        return f"没看懂这个数。请填数字{low}{high}，例如 3。"
    return "请从列出的选项里选一个。"


_KINDS: Mapping[FactType, str] = {
    FactType.BOOL: "one",
    FactType.ENUM: "one",
    FactType.SET: "many",
    FactType.CODE: "list",
    FactType.DATE: "date",
    FactType.INTEGER: "number",
    FactType.NUMBER: "number",
    FactType.MONEY: "number",
}


_Pairs = list[tuple[str, tuple[tuple[str, str], ...]]]


def _groups(fact: Fact, chosen: frozenset[str]) -> tuple[OptionGroup, ...]:
    return tuple(
        OptionGroup(label, tuple(Option(value, text, value in chosen) for value, text in options))
        for label, options in _pairs(fact)
    )


def _pairs(fact: Fact) -> _Pairs:
    match fact.type:
        case FactType.BOOL:
            return [("", (("yes", "是"), ("no", "否")))]
        case FactType.ENUM:
            return [("", tuple((choice.code, choice.label) for choice in fact.choices))]
        case FactType.SET:
            members = tuple((choice.code, choice.label) for choice in fact.choices)
            return [("", (*members, (NOTHING, "没有")))]
        case FactType.CODE:
            return _trades() if fact.code_system is CodeSystem.INDUSTRY else _regions(fact)
        case _:
            return []


def _trades() -> _Pairs:
    table = industries()
    sections: _Pairs = [("常见的", tuple(common_trades().items()))]
    for section in table.sections:
        below = tuple((each.code, each.name) for each in table.divisions if each.section == section.letter)
        sections.append((section.name, below))
    return sections


def _regions(fact: Fact) -> _Pairs:
    """The counties of the city, or the city itself where it has none (东莞); for a hukou the rest of the
    country too.
    """
    city = home_city()
    home = _below(city.code) or ((city.code, city.name),)
    if fact.id == REGION:
        return [("", home)]
    cities = tuple(pair for pair in _below(city.province_code) if pair[0] != city.code)
    provinces = tuple(pair for pair in _below(NATION) if pair[0] != city.province_code)
    groups = ((city.name, home), (f"{city.province}其他市", cities), ("外省（区、市）", provinces))
    return [(label, pairs) for label, pairs in groups if pairs]


def _below(code: str) -> tuple[tuple[str, str], ...]:
    return tuple((each.code, each.name) for each in divisions().children_of(code))
