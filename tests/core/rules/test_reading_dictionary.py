"""The fact dictionary is read strictly: whatever stands in it is what every condition relies on."""

import copy
from typing import Any

import pytest

from huiqi.core.rules.dictionary import parse_dictionary
from huiqi.core.rules.errors import RuleError
from huiqi.core.rules.facts import Change, CodeSystem, FactType
from tests.core.rules.sample import RAW_DICTIONARY, Raw

AGE: Raw = {"id": "owner_age", "label": "年龄", "type": "integer", "source_dept": "公安"}
KIND: Raw = {**AGE, "type": "enum", "values": [{"code": "a", "label": "甲"}]}


def test_what_is_not_said_has_a_careful_meaning() -> None:
    fact = parse_dictionary({"facts": [AGE]})["owner_age"]
    assert fact.changes is Change.NEVER
    assert fact.question == "年龄"
    assert (fact.unit, fact.description, fact.choices) == (None, "", ())
    assert (fact.minimum, fact.maximum, fact.code_system) == (None, None, None)


def test_codes_know_their_system() -> None:
    code = {**AGE, "type": "code"}
    facts = [{**code, "id": "industry_code"}, {**code, "id": "x"},
             {**code, "id": "y", "code_system": "industry"}]  # fmt: skip
    found = parse_dictionary({"facts": facts})
    assert [fact.code_system for fact in found.values()] == [
        CodeSystem.INDUSTRY,
        CodeSystem.REGION,
        CodeSystem.INDUSTRY,
    ]


def test_the_order_of_the_dictionary_is_kept() -> None:
    found = parse_dictionary(RAW_DICTIONARY)
    assert list(found) == [fact["id"] for fact in RAW_DICTIONARY["facts"]]
    assert [found.position(fact_id) for fact_id in found] == list(range(len(found)))
    assert found["honours"].type is FactType.SET
    assert found.version == "test"


FAULTS: dict[str, tuple[Any, str, str]] = {
    "no table": ([], "facts", "facts 列表"),
    "facts that are no list": ({"facts": {}}, "facts", "facts 列表"),
    "a fact that is no table": ({"facts": ["owner_age"]}, "facts[0]", "对照表"),
    "an unknown field": ({"facts": [{**AGE, "lable": "x"}]}, "facts[0]", "lable"),
    "no id": ({"facts": [{**AGE, "id": ""}]}, "facts[0]/id", "不空的文字"),
    "an id twice": ({"facts": [AGE, AGE]}, "facts[1]/id", "重复"),
    "a label that is no text": ({"facts": [{**AGE, "label": 3}]}, "facts[0]/label", "3"),
    "an unknown type": ({"facts": [{**AGE, "type": "int"}]}, "facts[0]/type", "integer"),
    "no type": ({"facts": [{**AGE, "type": None}]}, "facts[0]/type", "空值"),
    "an unknown change": ({"facts": [{**AGE, "changes": "sometimes"}]}, "facts[0]/changes", "by_owner"),
    "an unknown code system": (
        {"facts": [{**AGE, "type": "code", "code_system": "postal"}]},
        "facts[0]/code_system",
        "region",
    ),
    "a unit that is no text": ({"facts": [{**AGE, "unit": 1}]}, "facts[0]/unit", "文字"),
    "a question that is no text": ({"facts": [{**AGE, "question": ["?"]}]}, "facts[0]/question", "文字"),
    "choices for a number": ({"facts": [{**KIND, "type": "integer"}]}, "facts[0]/values", "没有选项"),
    "no choices": ({"facts": [{**KIND, "values": []}]}, "facts[0]/values", "不空的列表"),
    "choices that are no list": ({"facts": [{**KIND, "values": "a"}]}, "facts[0]/values", "列表"),
    "a choice without a label": (
        {"facts": [{**KIND, "values": [{"code": "a"}]}]},
        "facts[0]/values[0]/label",
        "不空的文字",
    ),
    "a choice twice": ({"facts": [{**KIND, "values": KIND["values"] * 2}]}, "facts[0]/values[1]", "重复"),
    "a bound for a choice": ({"facts": [{**KIND, "minimum": 0}]}, "facts[0]/minimum", "数字型"),
    "a bound that is a truth": ({"facts": [{**AGE, "minimum": True}]}, "facts[0]/minimum", "数字"),
    "half a person": ({"facts": [{**AGE, "minimum": 0.5}]}, "facts[0]/minimum", "整数"),
    "a bound that is no number": (
        {"facts": [{**AGE, "type": "number", "maximum": float("nan")}]},
        "facts[0]/maximum",
        "nan",
    ),
    "bounds turned round": ({"facts": [{**AGE, "minimum": 9, "maximum": 1}]}, "facts[0]/maximum", "小于下限"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_dictionary_is_told_with_its_path(fault: str) -> None:
    raw, path, word = FAULTS[fault]
    with pytest.raises(RuleError) as caught:
        parse_dictionary(raw)
    assert caught.value.path == path
    assert word in caught.value.message


def test_reading_leaves_what_was_read_untouched() -> None:
    raw = copy.deepcopy(RAW_DICTIONARY)
    parse_dictionary(raw)
    assert raw == RAW_DICTIONARY
