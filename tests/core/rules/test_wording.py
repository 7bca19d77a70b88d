"""Rules and values in words that can be read aloud, for every operator of every type."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.core.rules.conditions import OPS_BY_TYPE, leaves_of
from huiqi.core.rules.facts import CodeSystem
from huiqi.core.rules.wording import date_text, day_text, leaf_text, money_text, number_text, value_text
from tests.core.rules.sample import DICTIONARY, condition_of

NAMES = {"410825": "温县", "410800": "焦作市", "H62": "餐饮业", "F52": "零售业"}
LEAVES: list[tuple[str, str, Any, str]] = [
    ("owner_age", "eq", 18, "经营者年龄等于 18 周岁"),
    ("owner_age", "ne", 18, "经营者年龄不等于 18 周岁"),
    ("employees", "gt", 5, "从业人数多于 5 人"),
    ("employees", "ge", 5, "从业人数不少于 5 人"),
    ("employees", "lt", 5, "从业人数少于 5 人"),
    ("employees", "le", 1_000, "从业人数不超过 1,000 人"),
    ("months_since_established", "between", [6, 36], "已成立月数在 6 个月到 36 个月之间（两端都含）"),
    ("owner_age", "in", [18], "经营者年龄是 18 周岁"),
    ("owner_age", "in", [18, 19], "经营者年龄是以下任一项：18 周岁、19 周岁"),
    ("owner_age", "not_in", [18, 19], "经营者年龄不是以下任何一项：18 周岁、19 周岁"),
    ("owner_age", "exists", True, "已提供经营者年龄"),
    ("owner_age", "exists", False, "没有提供经营者年龄"),
    ("research_ratio_pct", "eq", 3, "研发费用占比等于 3%"),
    ("research_ratio_pct", "ne", 3, "研发费用占比不等于 3%"),
    ("research_ratio_pct", "gt", 3.5, "研发费用占比超过 3.5%"),
    ("research_ratio_pct", "ge", 3, "研发费用占比不低于 3%"),
    ("research_ratio_pct", "lt", 3, "研发费用占比低于 3%"),
    ("research_ratio_pct", "le", 3, "研发费用占比不超过 3%"),
    ("research_ratio_pct", "between", [3, 5], "研发费用占比在 3%到 5%之间（两端都含）"),
    ("research_ratio_pct", "in", [3, 5], "研发费用占比是以下任一项：3%、5%"),
    ("research_ratio_pct", "not_in", [3], "研发费用占比不是 3%"),
    ("research_ratio_pct", "exists", True, "已提供研发费用占比"),
    ("annual_revenue_cny", "eq", 0, "上年度营业收入等于 0 元"),
    ("annual_revenue_cny", "ne", 0, "上年度营业收入不等于 0 元"),
    ("annual_revenue_cny", "gt", 0, "上年度营业收入超过 0 元"),
    ("annual_revenue_cny", "ge", 3_000_000, "上年度营业收入不低于 300 万元"),
    ("annual_revenue_cny", "lt", 100_000, "上年度营业收入低于 10 万元"),
    ("annual_revenue_cny", "le", 99_999, "上年度营业收入不超过 99,999 元"),
    ("annual_revenue_cny", "between", [0, 100_000], "上年度营业收入在 0 元到 10 万元之间（两端都含）"),
    ("annual_revenue_cny", "exists", True, "已提供上年度营业收入"),
    ("is_operating", "eq", True, "符合“正常经营”"),
    ("is_operating", "ne", False, "符合“正常经营”"),
    ("in_abnormal_list", "eq", False, "没有“列入经营异常名录”的情况"),
    ("in_abnormal_list", "ne", True, "没有“列入经营异常名录”的情况"),
    ("is_operating", "exists", True, "已提供正常经营"),
    ("established_on", "eq", "2026-01-05", "成立日期是 2026年1月5日"),
    ("established_on", "gt", "2026-01-05", "成立日期晚于 2026年1月5日"),
    ("established_on", "ge", "2026-01-05", "成立日期不早于 2026年1月5日"),
    ("established_on", "lt", "2026-01-05", "成立日期早于 2026年1月5日"),
    ("established_on", "le", "2026-01-05", "成立日期不晚于 2026年1月5日"),
    (
        "established_on",
        "between",
        ["2026-01-05", "2026-12-31"],
        "成立日期在 2026年1月5日到 2026年12月31日之间（两端都含）",
    ),
    ("established_on", "exists", True, "已提供成立日期"),
    ("entity_type", "eq", "company", "主体类型是公司"),
    ("entity_type", "ne", "company", "主体类型不是公司"),
    ("entity_type", "in", ["individual", "farm"], "主体类型是以下任一项：个体工商户、家庭农场"),
    ("entity_type", "not_in", ["individual", "farm"], "主体类型不是以下任何一项：个体工商户、家庭农场"),
    ("entity_type", "exists", True, "已提供主体类型"),
    ("honours", "has_any", ["srdi"], "资质荣誉里有“专精特新企业”"),
    ("honours", "has_any", ["srdi", "famous"], "资质荣誉里有以下任一项：专精特新企业、名特优新个体"),
    ("honours", "exists", False, "没有提供资质荣誉"),
    ("region_code", "eq", "410825", "登记地在温县"),
    ("region_code", "ne", "410825", "登记地不在温县"),
    ("region_code", "in", ["410825", "410800"], "登记地在以下任一项：温县、焦作市"),
    ("region_code", "not_in", ["410825", "410800"], "登记地不在以下任何一项：温县、焦作市"),
    ("region_code", "exists", True, "已提供登记地"),
    ("industry_code", "eq", "H62", "行业属于餐饮业"),
    ("industry_code", "in", ["H62", "F52"], "行业属于以下任一项：餐饮业、零售业"),
    ("industry_code", "not_in", ["H62"], "行业不属于餐饮业"),
]


def named(system: CodeSystem, code: str) -> str:
    return NAMES[code]


@pytest.mark.parametrize(("fact_id", "op", "value", "text"), LEAVES)
def test_a_leaf_reads_as_one_would_say_it(fact_id: str, op: str, value: Any, text: str) -> None:
    (leaf,) = leaves_of(condition_of({"fact": fact_id, "op": op, "value": value}))
    assert leaf_text(leaf, DICTIONARY[fact_id], named) == text


def test_every_operator_of_every_type_is_read_aloud_here() -> None:
    read = {(DICTIONARY[fact_id].type, op) for fact_id, op, _, _ in LEAVES}
    codes = {("code", op) for op in OPS_BY_TYPE[DICTIONARY["region_code"].type]}
    assert read | codes >= {(kind, str(op)) for kind, ops in OPS_BY_TYPE.items() for op in ops}


@pytest.mark.parametrize(
    ("fact_id", "value", "text"),
    [
        ("is_operating", True, "是"),
        ("is_operating", False, "否"),
        ("owner_age", 55, "55 周岁"),
        ("months_since_established", 30, "30 个月"),
        ("research_ratio_pct", 12.0 - 5.3, "6.7%"),
        ("research_ratio_pct", 1 / 3, "0.333333%"),
        ("annual_revenue_cny", 123_456, "123,456 元"),
        ("profit_cny", -15_000, "-1.5 万元"),
        ("established_on", date(2027, 1, 5), "2027年1月5日"),
        ("entity_type", "individual", "个体工商户"),
        ("honours", frozenset({"famous", "high_tech"}), "高新技术企业、名特优新个体"),
        ("honours", frozenset(), "没有"),
        ("region_code", "410825", "温县"),
    ],
)
def test_a_value_reads_as_one_would_say_it(fact_id: str, value: Any, text: str) -> None:
    assert value_text(DICTIONARY[fact_id], value, named) == text


def test_a_code_without_a_table_of_names_stands_for_itself() -> None:
    assert value_text(DICTIONARY["region_code"], "410825") == "410825"


@pytest.mark.parametrize(
    ("yuan", "text"),
    [
        (0, "0 元"),
        (9_999, "9,999 元"),
        (10_000, "1 万元"),
        (100_001, "100,001 元"),
        (123_400, "12.34 万元"),
        (99_999_900, "9,999.99 万元"),
        (100_000_000, "1 亿元"),
        (250_000_000, "2.5 亿元"),
        (123_456_789, "123,456,789 元"),
        (-3_000_000, "-300 万元"),
    ],
)
def test_money_is_said_in_the_shortest_exact_way(yuan: int, text: str) -> None:
    assert money_text(yuan) == text


@given(st.integers(-(10**15), 10**15))
def test_money_in_words_is_always_the_exact_sum(yuan: int) -> None:
    number, unit = money_text(yuan).split(" ")
    whole, _, part = number.replace(",", "").partition(".")
    digits = {"元": 0, "万元": 4, "亿元": 8}[unit]
    assert int(whole + part.ljust(digits, "0")) == yuan


@given(st.floats(-1e9, 1e9))
def test_a_number_in_words_has_no_exponent_and_no_empty_decimals(value: float) -> None:
    text = number_text(value)
    assert "e" not in text
    assert not text.endswith((".", "-0"))
    assert abs(float(text.replace(",", "")) - value) < 1e-6


def test_a_day_in_words_names_its_weekday() -> None:
    assert date_text(date(2027, 1, 5)) == "2027年1月5日"
    assert day_text(date(2027, 1, 5)) == "2027年1月5日（周二）"
    assert day_text(date(2027, 1, 10)) == "2027年1月10日（周日）"
