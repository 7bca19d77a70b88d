"""What is known of a business is read strictly, and what is not known is left out."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given

from huiqi.core.rules.dictionary import parse_dictionary
from huiqi.core.rules.errors import RuleError
from tests.core.rules.sample import DICTIONARY, MEMBERS, TYPES, Raw, raw_facts

RIGHT: list[tuple[str, Any, Any]] = [
    ("is_operating", False, False),
    ("owner_age", 18, 18),
    ("annual_revenue_cny", 10**15, 10**15),
    ("profit_cny", -1, -1),
    ("research_ratio_pct", 3, 3),
    ("research_ratio_pct", 3.5, 3.5),
    ("established_on", "2024-02-29", date(2024, 2, 29)),
    ("established_on", date(2024, 2, 29), date(2024, 2, 29)),
    ("entity_type", "company", "company"),
    ("honours", [], frozenset()),
    ("honours", ["srdi", "famous", "srdi"], frozenset({"srdi", "famous"})),
    ("region_code", "410825", "410825"),
    ("industry_code", "H", "H"),
    ("industry_code", "H6210", "H6210"),
]
WRONG: list[tuple[str, Any, str, str]] = [
    ("is_operating", 0, "is_operating", "true 或 false"),
    ("is_operating", "是", "is_operating", "“是”"),
    ("owner_age", "10", "owner_age", "不加引号"),
    ("owner_age", True, "owner_age", "true"),
    ("owner_age", 10.0, "owner_age", "不带小数"),
    ("owner_age", -1, "owner_age", "不能小于 0"),
    ("owner_age", 10**400, "owner_age", "数字过大"),
    ("research_ratio_pct", "3%", "research_ratio_pct", "单位：%"),
    ("research_ratio_pct", 100.1, "research_ratio_pct", "不能大于 100"),
    ("research_ratio_pct", float("nan"), "research_ratio_pct", "整项删去"),
    ("research_ratio_pct", float("inf"), "research_ratio_pct", "整项删去"),
    ("research_ratio_pct", 1e300, "research_ratio_pct", "数字过大"),
    ("established_on", "2026-02-30", "established_on", "没有这一天"),
    ("established_on", 20260203, "established_on", "2026-01-31"),
    ("established_on", datetime(2026, 2, 3, 8), "established_on", "2026-01-31"),  # noqa: DTZ001
    ("entity_type", "公司", "entity_type", "company"),
    ("entity_type", ["company"], "entity_type", "company"),
    ("honours", "srdi", "honours", "写成列表"),
    ("honours", {"srdi": True}, "honours", "写成列表"),
    ("honours", ["srdi", "x"], "honours[1]", "“x”"),
    ("honours", ["srdi", None], "honours[1]", "空值"),
    ("region_code", 410825, "region_code", "加引号"),
    ("region_code", "410825 ", "region_code", "六位"),
    ("region_code", "410825001", "region_code", "六位"),
    ("region_code", "４１０８２５", "region_code", "六位"),
    ("industry_code", "h6210", "industry_code", "H6210"),
    ("industry_code", "U9", "industry_code", "H6210"),
    ("industry_code", "H6210\n", "industry_code", "H6210"),
]


@pytest.mark.parametrize(("fact_id", "raw", "value"), RIGHT)
def test_a_right_value_is_read(fact_id: str, raw: Any, value: Any) -> None:
    found = DICTIONARY.parse_facts({fact_id: raw})[fact_id]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(("fact_id", "raw", "path", "word"), WRONG)
def test_a_wrong_value_is_told_with_its_path_its_name_and_what_to_write(
    fact_id: str, raw: Any, path: str, word: str
) -> None:
    with pytest.raises(RuleError) as caught:
        DICTIONARY.parse_facts({"is_operating": None, fact_id: raw}, "entity")
    assert caught.value.path == f"entity/{path}"
    assert word in caught.value.message
    assert DICTIONARY[fact_id].label in caught.value.message
    assert str(caught.value).isprintable()


def test_null_means_unknown_and_is_never_kept() -> None:
    assert DICTIONARY.parse_facts(dict.fromkeys(TYPES)) == {}


def test_an_unknown_fact_is_refused_even_without_a_value() -> None:
    with pytest.raises(RuleError, match="事实字典里没有 “revenue”") as caught:
        DICTIONARY.parse_facts({"revenue": None})
    assert caught.value.path == "revenue"


@pytest.mark.parametrize("raw", [None, [], "facts", 3])
def test_facts_that_are_no_table_are_refused(raw: Any) -> None:
    with pytest.raises(RuleError, match="对照表"):
        DICTIONARY.parse_facts(raw)


def test_a_name_that_cannot_be_printed_is_told_all_the_same() -> None:
    with pytest.raises(RuleError) as caught:
        DICTIONARY.parse_facts({"\ud800\n": 1})
    assert str(caught.value).encode()


@given(raw_facts())
def test_all_right_values_are_read(facts: Raw) -> None:
    assert DICTIONARY.parse_facts(facts).keys() == facts.keys()


def test_the_values_of_these_tests_cover_every_fact() -> None:
    assert MEMBERS.keys() == DICTIONARY.keys()


@pytest.mark.parametrize(("count", "tail"), [(12, "11"), (13, "11 等")])
def test_a_long_list_of_choices_is_cut_after_twelve_and_said_to_be(count: int, tail: str) -> None:
    choices = [{"code": str(n), "label": str(n)} for n in range(count)]
    raw = {"id": "x", "label": "甲", "type": "enum", "source_dept": "工信局", "values": choices}
    fact = parse_dictionary({"facts": [raw]})["x"]
    with pytest.raises(RuleError) as caught:
        fact.parse("none")
    assert caught.value.message.endswith(f"、{tail}")
