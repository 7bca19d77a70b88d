"""A dictionary with every type of fact, and hypothesis strategies for trees and businesses that speak it.

Trees and facts are made as plain data, the way they stand in a file, with few values to a fact, so that
equal values, shared leaves and bounds are met often.
"""

from typing import Any

from hypothesis import strategies as st

from huiqi.core.rules.conditions import Condition, parse_condition
from huiqi.core.rules.dictionary import parse_dictionary
from huiqi.core.rules.facts import Value

Raw = dict[str, Any]


def _fact(fact_id: str, label: str, kind: str, changes: str = "by_owner", **more: object) -> Raw:
    return {
        "id": fact_id, "label": label, "type": kind, "unit": None, "source_dept": "市场监管局",
        "description": "", "changes": changes, **more,
    }  # fmt: skip


def _choices(**labels: str) -> list[Raw]:
    return [{"code": code, "label": label} for code, label in labels.items()]


RAW_DICTIONARY: Raw = {
    "version": "test",
    "facts": [
        _fact("entity_type", "主体类型", "enum", "never",
              values=_choices(individual="个体工商户", company="公司", farm="家庭农场")),
        _fact("region_code", "登记地", "code", "never"),
        _fact("industry_code", "行业", "code", "never"),
        _fact("established_on", "成立日期", "date", "never"),
        _fact("months_since_established", "已成立月数", "integer", "by_time", unit="月", minimum=0),
        _fact("is_operating", "正常经营", "bool"),
        _fact("in_abnormal_list", "列入经营异常名录", "bool"),
        _fact("has_incident", "近一年重大事故", "bool", "by_time"),
        _fact("honours", "资质荣誉", "set",
              values=_choices(high_tech="高新技术企业", srdi="专精特新企业", famous="名特优新个体")),
        _fact("owner_age", "经营者年龄", "integer", "by_time", unit="周岁", minimum=0),
        _fact("employees", "从业人数", "integer", unit="人", minimum=0),
        _fact("annual_revenue_cny", "上年度营业收入", "money_cny", unit="元", minimum=0),
        _fact("research_ratio_pct", "研发费用占比", "number", unit="%", minimum=0, maximum=100),
        _fact("niche_market_years", "细分市场年限", "number", "by_time", unit="年", minimum=0),
        _fact("size_class", "划型", "enum", "never",
              values=_choices(micro="微型", small="小型", medium="中型", large="大型")),
        _fact("tax_credit_level", "纳税信用级别", "enum",
              values=_choices(A="A级", B="B级", C="C级")),
        _fact("loan_contract_on", "贷款签约日", "date"),
        _fact("profit_cny", "利润", "money_cny", "never", unit="元"),
        _fact("growth_pct", "营业收入增速", "number", "never", unit="%"),
    ],
}  # fmt: skip
DICTIONARY = parse_dictionary(RAW_DICTIONARY)

MEMBERS: dict[str, list[Any]] = {
    "entity_type": ["individual", "company", "farm"],
    "region_code": ["000000", "410000", "410800", "410825", "410823", "320000", "320100"],
    "industry_code": ["H", "H62", "H6210", "H61", "F", "F52", "F5211"],
    "established_on": ["2023-12-31", "2024-02-29", "2024-03-01", "2025-06-30"],
    "months_since_established": [0, 6, 11, 12, 36],
    "is_operating": [True, False],
    "in_abnormal_list": [True, False],
    "has_incident": [True, False],
    "honours": ["high_tech", "srdi", "famous"],
    "owner_age": [17, 18, 45, 60],
    "employees": [0, 5, 19, 20, 300],
    "annual_revenue_cny": [0, 99_999, 100_000, 3_000_000],
    "research_ratio_pct": [0, 2.9, 3, 3.5, 100],
    "niche_market_years": [0, 1.5, 2, 3],
    "size_class": ["micro", "small", "medium", "large"],
    "tax_credit_level": ["A", "B", "C"],
    "loan_contract_on": ["2026-01-01", "2026-06-30", "2026-12-31"],
    "profit_cny": [-10_000, 0, 10_000],
    "growth_pct": [-5.5, 0, 10],
}
OPS: dict[str, list[str]] = {
    "number": ["eq", "ne", "gt", "ge", "lt", "le", "between", "in", "not_in"],
    "integer": ["eq", "ne", "gt", "ge", "lt", "le", "between", "in", "not_in"],
    "money_cny": ["eq", "ne", "gt", "ge", "lt", "le", "between"],
    "bool": ["eq", "ne"],
    "date": ["eq", "gt", "ge", "lt", "le", "between"],
    "enum": ["eq", "ne", "in", "not_in"],
    "set": ["has_any"],
    "code": ["eq", "ne", "in", "not_in"],
}
TYPES = {fact["id"]: fact["type"] for fact in RAW_DICTIONARY["facts"]}
ALL_FACTS = tuple(TYPES)


@st.composite
def raw_leaves(draw: st.DrawFn, fact_ids: tuple[str, ...] = ALL_FACTS, exists: bool = False) -> Raw:
    """One leaf as it stands in a file."""
    fact_id = draw(st.sampled_from(fact_ids))
    op = draw(st.sampled_from(OPS[TYPES[fact_id]] + (["exists"] if exists else [])))
    members = MEMBERS[fact_id]
    value: object
    if op == "exists":
        value = draw(st.booleans())
    elif op == "between":
        value = sorted(draw(st.lists(st.sampled_from(members), min_size=2, max_size=2)))
    elif op in ("in", "not_in", "has_any"):
        value = draw(st.lists(st.sampled_from(members), min_size=1, max_size=3, unique=True))
    else:
        value = draw(st.sampled_from(members))
    return {"fact": fact_id, "op": op, "value": value}


def raw_trees(
    fact_ids: tuple[str, ...] = ALL_FACTS, exists: bool = False, max_leaves: int = 12
) -> st.SearchStrategy[Raw]:
    """Trees as they stand in a file."""

    def grown(below: st.SearchStrategy[Raw]) -> st.SearchStrategy[Raw]:
        several = st.lists(below, min_size=1, max_size=4)
        return st.one_of(
            several.map(lambda nodes: {"all": nodes}),
            several.map(lambda nodes: {"any": nodes}),
            below.map(lambda node: {"not": node}),
        )

    return st.recursive(raw_leaves(fact_ids, exists), grown, max_leaves=max_leaves)


def _values(fact_id: str) -> st.SearchStrategy[Any]:
    members = MEMBERS[fact_id]
    if TYPES[fact_id] == "set":
        return st.lists(st.sampled_from(members), unique=True)
    if TYPES[fact_id] in ("integer", "money_cny"):
        return st.sampled_from(sorted({*members, *(number + 1 for number in members)}))
    return st.sampled_from(members)


def raw_facts(fact_ids: tuple[str, ...] = ALL_FACTS) -> st.SearchStrategy[Raw]:
    """What is known of a business, as it stands in a file; any fact may be missing, a code may be coarse."""
    return st.fixed_dictionaries({}, optional={fact_id: _values(fact_id) for fact_id in fact_ids})


def condition_of(raw: Raw) -> Condition:
    return parse_condition(raw, DICTIONARY)


def facts_of(raw: Raw) -> dict[str, Value]:
    return DICTIONARY.parse_facts(raw)
