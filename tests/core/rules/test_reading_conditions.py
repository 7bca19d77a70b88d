"""Conditions are read strictly: one clear sentence in Chinese, with the path of the fault."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.core.rules.conditions import (
    DEEPEST,
    MOST_NODES,
    All,
    AnyOf,
    Condition,
    Leaf,
    Not,
    Op,
    condition_to_raw,
    facts_of,
    leaves_of,
    parse_condition,
)
from huiqi.core.rules.errors import RuleError
from tests.core.rules.sample import DICTIONARY, Raw, raw_leaves, raw_trees

OPERATING = {"fact": "is_operating", "op": "eq", "value": True}


def leaf(fact_id: str, op: str, value: object, **more: object) -> Raw:
    return {"fact": fact_id, "op": op, "value": value, **more}


def deep(levels: int) -> Raw:
    tree: Raw = OPERATING
    for _ in range(levels):
        tree = {"not": tree}
    return tree


def deep_list(levels: int) -> list[Any]:
    nested: list[Any] = []
    for _ in range(levels):
        nested = [nested]
    return nested


def cyclic() -> Raw:
    tree: Raw = {"all": [OPERATING]}
    tree["all"].append(tree)
    return tree


def error_of(raw: object) -> RuleError:
    with pytest.raises(RuleError) as caught:
        parse_condition(raw, DICTIONARY)
    return caught.value


FAULTS: dict[str, tuple[Any, str, str]] = {
    "no tree at all": (None, "conditions", "空值（null）"),
    "a list for a node": ([OPERATING], "conditions", "条件应是"),
    "a word for a node": ("is_operating", "conditions", "“is_operating”"),
    "an empty node": ({}, "conditions", "条件应是"),
    "an empty all": ({"all": []}, "conditions/all", "至少一条"),
    "an empty any": ({"any": []}, "conditions/any", "至少一条"),
    "all that is no list": ({"all": OPERATING}, "conditions/all", "写成列表"),
    "not with a list": ({"not": [OPERATING]}, "conditions/not", "条件应是"),
    "two keys in a node": ({"all": [OPERATING], "any": [OPERATING]}, "conditions", "all、any"),
    "an unknown node": ({"none": [OPERATING]}, "conditions", "“none”"),
    "a key that is no word": ({1: [OPERATING]}, "conditions", "1"),
    "a fault far inside": (
        {"all": [OPERATING, {"not": {"any": [OPERATING, {}]}}]},
        "conditions/all[1]/not/any[1]",
        "条件应是",
    ),
    "an unknown fact": (leaf("is_open", "eq", True), "conditions/fact", "“is_open”"),
    "a fact that is no word": (leaf(["is_operating"], "eq", True), "conditions/fact", "事实字典里没有"),  # type: ignore[arg-type]
    "a leaf without op": ({"fact": "is_operating", "value": True}, "conditions", "缺少 op"),
    "a leaf without value": ({"fact": "is_operating", "op": "eq"}, "conditions", "缺少 value"),
    "a leaf without both": ({"fact": "is_operating"}, "conditions", "缺少 op、value"),
    "extra keys in a leaf": (
        leaf("is_operating", "eq", True, note="x", why="y"),
        "conditions",
        "note、why",
    ),
    "a leaf that is also a node": ({**OPERATING, "all": [OPERATING]}, "conditions", "all"),
    "an unknown operator": (
        leaf("is_operating", "is", True),
        "conditions/op",
        "“is” 这种比较，“正常经营”可用：eq、ne、exists",
    ),
    "an operator that is no word": (leaf("is_operating", None, True), "conditions/op", "空值"),  # type: ignore[arg-type]
    "an operator of another type": (leaf("is_operating", "ge", True), "conditions/op", "不能用 ge"),
    "has_any for an enum": (leaf("entity_type", "has_any", ["company"]), "conditions/op", "不能用 has_any"),
    "in for money": (leaf("annual_revenue_cny", "in", [1]), "conditions/op", "不能用 in"),
    "ne for a date": (leaf("established_on", "ne", "2026-01-01"), "conditions/op", "不能用 ne"),
    "eq for a set": (leaf("honours", "eq", ["srdi"]), "conditions/op", "不能用 eq"),
    "a word for a number": (leaf("owner_age", "ge", "18"), "conditions/value", "“18”"),
    "a truth for a number": (leaf("owner_age", "ge", True), "conditions/value", "true"),
    "a fraction for an integer": (leaf("owner_age", "ge", 18.0), "conditions/value", "整数"),
    "a fraction of a 元": (leaf("annual_revenue_cny", "ge", 0.5), "conditions/value", "整数"),
    "a number for a truth": (leaf("is_operating", "eq", 1), "conditions/value", "true 或 false"),
    "a word for a truth": (leaf("is_operating", "eq", "true"), "conditions/value", "不加引号"),
    "no value": (leaf("owner_age", "ge", None), "conditions/value", "空值（null）"),
    "not a number": (leaf("research_ratio_pct", "ge", float("nan")), "conditions/value", "nan"),
    "infinity": (leaf("research_ratio_pct", "ge", float("inf")), "conditions/value", "inf"),
    "minus infinity": (leaf("research_ratio_pct", "le", float("-inf")), "conditions/value", "inf"),
    "a number too large": (leaf("annual_revenue_cny", "ge", 10**16), "conditions/value", "数字过大"),
    "a number of 5,000 digits": (
        leaf("annual_revenue_cny", "ge", 10**5_000),
        "conditions/value",
        "极长的整数",
    ),
    "a day that never was": (leaf("established_on", "ge", "2026-02-30"), "conditions/value", "没有这一天"),
    "a day of another form": (leaf("established_on", "ge", "2026/02/03"), "conditions/value", "2026-01-31"),
    "a day with an hour": (
        leaf("established_on", "ge", "2026-02-03T00:00"),
        "conditions/value",
        "2026-01-31",
    ),
    "a day in wide digits": (
        leaf("established_on", "ge", "２０２６-０２-０３"),
        "conditions/value",
        "2026-01-31",
    ),
    "a choice nobody has": (leaf("entity_type", "eq", "shop"), "conditions/value", "individual"),
    "a label for a code": (leaf("entity_type", "eq", "公司"), "conditions/value", "company"),
    "a place as a number": (leaf("region_code", "eq", 410825), "conditions/value", "加引号"),
    "a place too short": (leaf("region_code", "eq", "4108"), "conditions/value", "六位"),
    "a place in wide digits": (leaf("region_code", "eq", "４１０８２５"), "conditions/value", "六位"),
    "a trade without its letter": (leaf("industry_code", "eq", "6210"), "conditions/value", "H6210"),
    "a trade of one digit": (leaf("industry_code", "eq", "H6"), "conditions/value", "H6210"),
    "a list for one value": (leaf("entity_type", "eq", ["company"]), "conditions/value", "company"),
    "a value for a list": (leaf("entity_type", "in", "company"), "conditions/value", "不空的列表"),
    "an empty list": (leaf("entity_type", "in", []), "conditions/value", "不空的列表"),
    "a set as a word": (leaf("honours", "has_any", "srdi"), "conditions/value", "不空的列表"),
    "a wrong member": (leaf("honours", "has_any", ["srdi", "x"]), "conditions/value[1]", "“x”"),
    "a member twice": (leaf("owner_age", "in", [18, 60, 18]), "conditions/value[2]", "重复"),
    "a number twice in two forms": (
        leaf("research_ratio_pct", "in", [3, 3.0]),
        "conditions/value[1]",
        "重复",
    ),
    "between with one bound": (leaf("owner_age", "between", [18]), "conditions/value", "[下限, 上限]"),
    "between with a number": (leaf("owner_age", "between", 18), "conditions/value", "[下限, 上限]"),
    "between with a wrong bound": (leaf("owner_age", "between", [18, "60"]), "conditions/value[1]", "“60”"),
    "between turned round": (leaf("owner_age", "between", [60, 18]), "conditions/value", "请对调"),
    "exists with a number": (leaf("owner_age", "exists", 1), "conditions/value", "true 或 false"),
    "clause zero": (leaf("is_operating", "eq", True, clause=0), "conditions/clause", "从 1 起"),
    "a clause that is a truth": (
        leaf("is_operating", "eq", True, clause=True),
        "conditions/clause",
        "从 1 起",
    ),
    "a clause that is a word": (leaf("is_operating", "eq", True, clause="1"), "conditions/clause", "从 1 起"),
    "a tree 10,000 levels deep": (deep(10_000), "conditions" + "/not" * 16 + "/no…", "太深"),
    "a tree that contains itself": (cyclic(), "conditions" + "/all[1]" * 9 + "/all…", "太深"),
    "10,000 levels for a value": (leaf("owner_age", "ge", deep_list(10_000)), "conditions/value", "整数"),
    "10,000 levels for a fact": (leaf(deep_list(10_000), "ge", 1), "conditions/fact", "[[[...]]]"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_its_path_and_what_to_do(fault: str) -> None:
    raw, path, word = FAULTS[fault]
    error = error_of(raw)
    assert error.path == path
    assert word in error.message
    assert str(error) == f"{error.path}：{error.message}"
    assert len(error.message) < 160
    assert str(error).isprintable()


def test_a_tree_may_be_32_levels_deep_and_no_deeper() -> None:
    parse_condition(deep(DEEPEST - 1), DICTIONARY)
    assert "太深" in error_of(deep(DEEPEST)).message


def test_one_small_tree_referred_to_a_billion_times_is_refused_at_once() -> None:
    tree: Raw = {"all": [OPERATING, OPERATING]}
    for _ in range(DEEPEST - 3):
        tree = {"all": [tree, tree]}
    assert "条件太多" in error_of(tree).message


def test_a_tree_may_have_ten_thousand_nodes_and_no_more() -> None:
    parse_condition({"all": [OPERATING] * (MOST_NODES - 1)}, DICTIONARY)
    assert "条件太多" in error_of({"all": [OPERATING] * MOST_NODES}).message


@given(raw_trees(exists=True))
def test_a_tree_written_out_again_is_the_tree_that_was_read(tree: Raw) -> None:
    condition = parse_condition(tree, DICTIONARY)
    assert condition_to_raw(condition) == tree
    assert parse_condition(condition_to_raw(condition), DICTIONARY) == condition


def test_a_clause_is_kept_and_is_no_part_of_the_meaning() -> None:
    raw = {**OPERATING, "clause": 1}
    condition = parse_condition(raw, DICTIONARY)
    assert condition_to_raw(condition) == raw
    assert condition == parse_condition(OPERATING, DICTIONARY)
    assert parse_condition({**raw, "clause": None}, DICTIONARY) == condition


def test_every_shape_is_read_into_its_own_form() -> None:
    raw = {"all": [OPERATING, {"any": [{"not": leaf("owner_age", "between", [18, 60])}]}]}
    operating, age = Leaf("is_operating", Op.EQ, True), Leaf("owner_age", Op.BETWEEN, (18, 60))
    condition = parse_condition(raw, DICTIONARY)
    assert condition == All((operating, AnyOf((Not(age),))))
    assert tuple(leaves_of(condition)) == (operating, age)
    assert facts_of(condition) == {"is_operating", "owner_age"}


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=5), below, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(["fact", "op", "value", "clause", "all", "not"])


@given(raw_leaves(exists=True), FIELDS, anything)
def test_whatever_stands_in_a_field_is_read_or_refused_with_a_sentence(
    raw: Raw, field: str, content: Any
) -> None:
    found = read_or_refused({**raw, field: content})
    if isinstance(found, RuleError):
        assert found.path.startswith("conditions")
        assert str(found).isprintable()
    else:
        assert parse_condition(condition_to_raw(found), DICTIONARY) == found


def read_or_refused(raw: object) -> Condition | RuleError:
    try:
        return parse_condition(raw, DICTIONARY)
    except RuleError as error:
        return error
