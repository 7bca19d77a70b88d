"""Rules, values and dates in Chinese words a shop owner says aloud."""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from huiqi.core.rules.conditions import Leaf, Op
from huiqi.core.rules.facts import NUMERIC, CodeSystem, Fact, FactType, Value

CodeName = Callable[[CodeSystem, str], str]

_REMARK = re.compile(r"(.*?[？?])\s*（(.+)）$")
_WEEKDAYS = "一二三四五六日"
_AMOUNT_WORDS = {
    Op.EQ: "等于",
    Op.NE: "不等于",
    Op.GT: "超过",
    Op.GE: "不低于",
    Op.LT: "低于",
    Op.LE: "不超过",
}
_COUNT_WORDS = {**_AMOUNT_WORDS, Op.GT: "多于", Op.GE: "不少于", Op.LT: "少于"}
_DATE_WORDS = {Op.EQ: "是", Op.GT: "晚于", Op.GE: "不早于", Op.LT: "早于", Op.LE: "不晚于"}
_UNIT_WORDS = {"月": " 个月", "%": "%"}  # 12 月 would be December
_DECIMALS = 6  # hides what binary fractions leave behind: 12 - 5.3
_CODE_VERBS = {CodeSystem.REGION: "在", CodeSystem.INDUSTRY: "属于"}


def plain_code(system: CodeSystem, code: str) -> str:
    """Stand in for a table of names: the code itself."""
    del system
    return code


def date_text(day: date) -> str:
    """Return 2027年1月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_text(day: date) -> str:
    """Return 2027年1月5日（周二）."""
    return f"{date_text(day)}（周{_WEEKDAYS[day.weekday()]}）"


def number_text(value: int | float) -> str:
    """Return a number with thousands separators and no needless decimals."""
    if isinstance(value, int):
        return f"{value:,}"
    rounded = round(value, _DECIMALS) + 0.0  # adding zero turns -0.0 into 0.0
    return f"{rounded:,.{_DECIMALS}f}".rstrip("0").rstrip(".")


def money_text(yuan: int) -> str:
    """Return whole 元 as people say it: exact, in 万元 or 亿元 where that is shorter."""
    for size, unit in ((100_000_000, "亿元"), (10_000, "万元")):
        if abs(yuan) >= size and yuan % (size // 100) == 0:
            return f"{number_text(yuan / size)} {unit}"
    return f"{number_text(yuan)} 元"


def value_text(fact: Fact, value: Value, code_name: CodeName = plain_code) -> str:
    """Return one value of a business in words."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, frozenset):
        labels = [choice.label for choice in fact.choices if choice.code in value]
        return "、".join(labels) if labels else "没有"
    if isinstance(value, str):
        return code_name(fact.code_system, value) if fact.code_system else fact.label_of(value)
    if fact.type is FactType.MONEY:
        return money_text(int(value))
    return amount_text(value, fact.unit)


def amount_text(value: int | float, unit: str | None) -> str:
    """Return a number with its unit: 12 个月, 5 人, 3.5%."""
    return number_text(value) + (_UNIT_WORDS.get(unit, f" {unit}") if unit else "")


@lru_cache(maxsize=16_384)
def leaf_text(leaf: Leaf, fact: Fact, code_name: CodeName = plain_code) -> str:
    """Return what a leaf asks, as a short Chinese sentence."""
    if leaf.op is Op.EXISTS:
        return f"{'已提供' if leaf.value else '没有提供'}{fact.label}"
    words = [value_text(fact, _member(fact, value), code_name) for value in leaf.values]
    if leaf.op is Op.BETWEEN:
        return f"{fact.label}在 {words[0]}到 {words[1]}之间（两端都含）"
    if fact.type is FactType.SET:
        return f"{fact.label}里有{_alternatives(words)}"
    if fact.type is FactType.BOOL:
        is_wanted = leaf.value is (leaf.op is Op.EQ)
        return f"符合“{fact.label}”" if is_wanted else f"没有“{fact.label}”的情况"
    if fact.type is FactType.DATE:
        return f"{fact.label}{_DATE_WORDS[leaf.op]} {words[0]}"
    if fact.type in (FactType.ENUM, FactType.CODE) or leaf.op in (Op.IN, Op.NOT_IN):
        return _membership_text(leaf, fact, words)
    ordered_words = _COUNT_WORDS if fact.type is FactType.INTEGER else _AMOUNT_WORDS
    return f"{fact.label}{ordered_words[leaf.op]} {words[0]}"


def _member(fact: Fact, value: Value) -> Value:
    return frozenset({value}) if fact.type is FactType.SET and isinstance(value, str) else value


def _alternatives(words: list[str]) -> str:
    return f"“{words[0]}”" if len(words) == 1 else f"以下任一项：{'、'.join(words)}"


def _membership_text(leaf: Leaf, fact: Fact, words: list[str]) -> str:
    refusal = "不" if leaf.op in (Op.NE, Op.NOT_IN) else ""
    verb = "是" if fact.code_system is None else _CODE_VERBS[fact.code_system]
    if len(words) == 1:
        space = " " if fact.type in NUMERIC else ""
        return f"{fact.label}{refusal}{verb}{space}{words[0]}"
    lead = f"不{verb}以下任何一项：" if refusal else f"{verb}以下任一项："
    return f"{fact.label}{lead}{'、'.join(words)}"


def question_and_remark(question: str) -> tuple[str, str]:
    """A question of the dictionary without its closing remark in brackets, and that remark."""
    found = _REMARK.match(question)
    return (found[1], found[2]) if found else (question, "")
