"""Reads a fact dictionary from plain data (the shape of facts.yaml and facts.json)."""

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from huiqi.core.rules.errors import RuleError, named, shown
from huiqi.core.rules.facts import NUMERIC, Change, Choice, CodeSystem, Fact, FactDictionary, FactType

_KEYS = {
    "id", "label", "type", "unit", "source_dept", "description", "values",
    "changes", "question", "minimum", "maximum", "code_system",
}  # fmt: skip
_Enum = TypeVar("_Enum", bound=StrEnum)


def parse_dictionary(raw: object) -> FactDictionary:
    """Read the whole dictionary; raises RuleError with the path of the first fault.

    Facts without ``changes`` count as ``never``; without ``question`` the label is asked.
    """
    if not isinstance(raw, Mapping) or not isinstance(raw.get("facts"), list):
        raise RuleError("facts", "事实字典应有 facts 列表")
    facts: dict[str, Fact] = {}
    for number, entry in enumerate(raw["facts"]):
        fact = _parse_fact(entry, f"facts[{number}]")
        if fact.id in facts:
            raise RuleError(f"facts[{number}]/id", f"事实 {fact.id} 重复，请删去一条")
        facts[fact.id] = fact
    return FactDictionary(facts, str(raw.get("version", "")))


def _parse_fact(raw: object, path: str) -> Fact:
    if not isinstance(raw, Mapping):
        raise RuleError(path, f"每条事实应是对照表，现在是 {shown(raw)}")
    unknown = [key for key in raw if key not in _KEYS]
    if unknown:
        raise RuleError(path, f"不认识的字段：{named(unknown)}，请改正名称或删去")
    fact_id = _text(raw, "id", path)
    label = _text(raw, "label", path)
    fact_type = _member(FactType, raw.get("type"), f"{path}/type")
    minimum, maximum = (_bound(raw, key, fact_type, path) for key in ("minimum", "maximum"))
    if minimum is not None and maximum is not None and minimum > maximum:
        raise RuleError(f"{path}/maximum", f"上限 {maximum} 小于下限 {minimum}，请核对")
    return Fact(
        id=fact_id,
        label=label,
        type=fact_type,
        unit=_optional_text(raw, "unit", path),
        source_dept=_text(raw, "source_dept", path),
        description=_optional_text(raw, "description", path) or "",
        changes=_member(Change, raw.get("changes", "never"), f"{path}/changes"),
        question=_optional_text(raw, "question", path) or label,
        choices=_parse_choices(raw.get("values"), fact_type, f"{path}/values"),
        minimum=minimum,
        maximum=maximum,
        code_system=_code_system(raw, fact_id, fact_type, path),
    )


def _text(raw: Mapping[str, object], key: str, path: str) -> str:
    value = raw.get(key)
    if not isinstance(value, str) or not value:
        raise RuleError(f"{path}/{key}", f"{key} 要写成不空的文字，现在是 {shown(value)}")
    return value


def _optional_text(raw: Mapping[str, object], key: str, path: str) -> str | None:
    value = raw.get(key)
    if value is None or isinstance(value, str):
        return value
    raise RuleError(f"{path}/{key}", f"{key} 要写成文字，现在是 {shown(value)}")


def _member(kind: type[_Enum], raw: object, path: str) -> _Enum:
    for member in kind:
        if raw == member.value:
            return member
    raise RuleError(path, f"{shown(raw)} 不在可选值里，只能是 {'、'.join(kind)}")


def _parse_choices(raw: object, fact_type: FactType, path: str) -> tuple[Choice, ...]:
    if fact_type not in (FactType.ENUM, FactType.SET):
        if raw:
            raise RuleError(path, f"{fact_type} 型事实没有选项，请删去 values")
        return ()
    if not isinstance(raw, list) or not raw:
        raise RuleError(path, "选项型事实要有 values，写成不空的列表")
    choices: dict[str, Choice] = {}
    for number, entry in enumerate(raw):
        where = f"{path}[{number}]"
        if not isinstance(entry, Mapping):
            raise RuleError(where, "每个选项要有 code 和 label")
        choice = Choice(_text(entry, "code", where), _text(entry, "label", where))
        if choice.code in choices:
            raise RuleError(where, f"选项 {choice.code} 重复")
        choices[choice.code] = choice
    return tuple(choices.values())


def _bound(raw: Mapping[str, object], key: str, fact_type: FactType, path: str) -> int | float | None:
    value = raw.get(key)
    if value is None:
        return None
    if fact_type not in NUMERIC or isinstance(value, bool) or not isinstance(value, (int, float)):
        raise RuleError(f"{path}/{key}", "只有数字型事实可以有上下限，且要写成数字")
    if isinstance(value, float) and (fact_type is not FactType.NUMBER or not math.isfinite(value)):
        raise RuleError(f"{path}/{key}", f"上下限 {shown(value)} 不对：要写有限的数，整数型和金额型要写整数")
    return value


def _code_system(
    raw: Mapping[str, object], fact_id: str, fact_type: FactType, path: str
) -> CodeSystem | None:
    if fact_type is not FactType.CODE:
        return None
    if "code_system" in raw:
        return _member(CodeSystem, raw["code_system"], f"{path}/code_system")
    return CodeSystem.INDUSTRY if fact_id == "industry_code" else CodeSystem.REGION
