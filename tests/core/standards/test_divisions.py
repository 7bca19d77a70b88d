"""GB/T 2260: prefixes, chains, and the statistics codes that only look like it."""

import pytest

from huiqi.core.standards.divisions import (
    Division,
    DivisionCodeError,
    DivisionLevel,
    Divisions,
    level_of,
    parent_of,
    significant_prefix,
)

TABLE = Divisions(
    [
        Division("000000", "全国", None),
        Division("410000", "河南省", "000000"),
        Division("410800", "焦作市", "410000"),
        Division("410825", "温县", "410800"),
        Division("410871", "焦作城乡一体化示范区", "410800", is_statistical=True),
        Division("410825101", "赵堡镇", "410825"),
        Division("110000", "北京市", "000000"),
        Division("110100", "市辖区", "110000"),
        Division("110101", "东城区", "110100"),
    ]
)


@pytest.mark.parametrize(
    ("code", "prefix", "level", "parent"),
    [
        ("000000", "", DivisionLevel.NATION, None),
        ("410000", "41", DivisionLevel.PROVINCE, "000000"),
        ("410800", "4108", DivisionLevel.CITY, "410000"),
        ("410825", "410825", DivisionLevel.COUNTY, "410800"),
        ("410825101", "410825101", DivisionLevel.TOWN, "410825"),
        ("410825100", "410825100", DivisionLevel.TOWN, "410825"),
        ("410010", "410010", DivisionLevel.COUNTY, "410000"),
    ],
)
def test_only_trailing_pairs_of_zeros_are_dropped(code, prefix, level, parent):
    assert significant_prefix(code) == prefix
    assert level_of(code) is level
    assert parent_of(code) == parent


@pytest.mark.parametrize(
    "code", ["", "41", "4108", "41082", "41O825", "４１０８２５", "4108250", "410825101001"]
)
def test_text_that_is_no_division_code_is_refused(code):
    with pytest.raises(DivisionCodeError, match="不是行政区划代码"):
        significant_prefix(code)


def test_chain_runs_from_the_nation_down():
    chain = TABLE.chain_of("410825101")
    assert [d.name for d in chain] == ["全国", "河南省", "焦作市", "温县", "赵堡镇"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("410825", "河南省焦作市温县"),
        ("110101", "北京市东城区"),
        ("000000", "全国"),
        ("110100", "北京市"),
    ],
)
def test_full_name_leaves_out_nation_and_placeholders(code, name):
    assert TABLE.full_name(code) == name


def test_children_come_in_table_order():
    assert [d.code for d in TABLE.children_of("410800")] == ["410825", "410871"]
    assert TABLE.children_of("410871") == ()


def test_unknown_code_is_an_error_with_the_code_in_it():
    assert TABLE.get("999999") is None
    assert "999999" not in TABLE
    with pytest.raises(DivisionCodeError, match="999999"):
        TABLE["999999"]


def test_table_with_a_repeated_code_or_a_missing_parent_is_refused():
    nation = Division("000000", "全国", None)
    with pytest.raises(DivisionCodeError, match="重复"):
        Divisions([nation, nation])
    with pytest.raises(DivisionCodeError, match="410000 不在表里"):
        Divisions([nation, Division("410800", "焦作市", "410000")])
