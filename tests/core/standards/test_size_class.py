"""统计上大中小微型企业划分办法(2017): vectors, edges, and what a missing indicator may decide."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.catalogue.standards import load_size_standard
from huiqi.core.standards.size_class import Bounds, SizeClass, SizeResult, SizeStatus, size_class
from tests.support.shared import ROOT

STANDARD = load_size_standard(ROOT / "catalogue" / "standards")
WAN = 10_000
LADDER = list(SizeClass)
# 59 alone is split between transport and storage.
TRADES = ["G5920" if row.exclusions else row.scope[0] for row in STANDARD.rows]


def classify(industry, x=None, y=None, z=None) -> SizeResult:
    """Persons, and revenue and assets in 万元 as the standard speaks."""
    return size_class(industry, x, None if y is None else y * WAN, None if z is None else z * WAN, STANDARD)


@pytest.mark.parametrize(
    ("industry", "x", "y", "z", "expected"),
    [
        ("C3311", 320, 1900, None, "small"),
        ("C3311", 1000, 40000, None, "large"),
        ("I6511", 9, 60000, None, "micro"),
        ("K7010", None, 300000, 9000, "medium"),
        ("E4710", None, 80000, 80000, "large"),
        ("F5213", 10, 100, None, "small"),
        ("H6210", 12, 99, None, "micro"),
        ("F5121", 20, 5000, None, "medium"),
        ("F5121", 250, 4999, None, "small"),
        ("L7111", 300, None, 120000, "large"),
        ("O8051", 10, None, None, "small"),
        ("A0171", None, 49, None, "micro"),
    ],
)
def test_vectors_of_the_standard(industry, x, y, z, expected):
    result = classify(industry, x, y, z)
    assert result.status is SizeStatus.CLASSIFIED
    assert result.size == expected


def test_missing_revenue_of_a_factory_is_never_guessed():
    result = classify("C3311", x=320)
    assert result.status is SizeStatus.UNDETERMINED
    assert result.size is None
    assert result.missing == ("annual_revenue_cny",)


def test_missing_indicator_that_cannot_change_micro_is_not_waited_for():
    assert classify("C3311", x=19).size is SizeClass.MICRO
    assert classify("F5213", y=99).size is SizeClass.MICRO


def test_nothing_known_asks_for_every_indicator_of_the_trade():
    assert classify("E4710").missing == ("annual_revenue_cny", "total_assets_cny")
    assert classify("O80").missing == ("employees",)


def test_indicator_the_trade_does_not_use_is_ignored():
    assert classify("A0171", x=1, y=20000, z=0).size is SizeClass.LARGE


@pytest.mark.parametrize("industry", ["J66", "P8310", "Q8425", "S92", "T97", "G5311", "K7040"])
def test_trades_outside_the_standard_are_not_applicable(industry):
    assert classify(industry, 5, 5, 5) == SizeResult(SizeStatus.NOT_APPLICABLE)


@pytest.mark.parametrize("industry", [None, "F", "G", "G59", "H", "I", "K", "K70", "Q"])
def test_industry_too_coarse_for_one_row_stays_undetermined(industry):
    result = classify(industry, 5, 5, 5)
    assert result.status is SizeStatus.UNDETERMINED
    assert result.missing == ("industry_code",)


@pytest.mark.parametrize("industry", ["A", "B", "C", "D", "E", "L", "M", "N", "O", "R", "H62"])
def test_coarse_industry_that_lies_within_one_row_is_enough(industry):
    assert classify(industry, 1000, 1000, 1000).status is SizeStatus.CLASSIFIED


@pytest.mark.parametrize(
    ("industry", "row"), [("G5910", "交通运输业"), ("G5920", "仓储业"), ("G5430", "交通运输业")]
)
def test_cargo_handling_is_transport_and_the_rest_of_59_is_storage(industry, row):
    result = classify(industry, 30, 300)
    assert result.row is not None
    assert result.row.name == row


def test_every_bound_belongs_to_the_class_it_opens():
    for row, code in zip(STANDARD.rows, TRADES, strict=True):
        for rank, name in enumerate(("large", "medium", "small")):
            at = {
                "x": getattr(row.employees, name, None),
                "y": getattr(row.revenue, name, None),
                "z": getattr(row.assets, name, None),
            }
            assert classify(code, **at).size is LADDER[rank], (row.name, name)
            for key in (key for key, value in at.items() if value is not None):
                below = {**at, key: at[key] - 1}
                assert classify(code, **below).size is LADDER[rank + 1], (row.name, name, key)


def test_money_one_yuan_below_a_bound_is_below_it():
    assert size_class("A01", None, 500_000 - 1, None, STANDARD).size is SizeClass.MICRO
    assert size_class("A01", None, 500_000, None, STANDARD).size is SizeClass.SMALL


levels = st.sampled_from([0, 1, 5, 10, 20, 50, 100, 300, 1000, 2000, 8000, 40000, 80000, 120000, 200000])
industry_codes = st.sampled_from(TRADES)


@given(industry_codes, levels, levels, levels)
def test_partial_knowledge_never_contradicts_full_knowledge(industry, x, y, z):
    full = classify(industry, x, y, z).size
    for hidden in itertools.product((True, False), repeat=3):
        seen = [None if hide else value for hide, value in zip(hidden, (x, y, z), strict=True)]
        assert classify(industry, *seen).size in (None, full)


@given(industry_codes, levels, levels, levels)
def test_undetermined_only_where_two_values_of_the_missing_differ(industry, x, y, z):
    for at, name in enumerate("xyz"):
        seen = dict(zip("xyz", (x, y, z), strict=True))
        seen[name] = None
        sizes = {classify(industry, **{**seen, name: value}).size for value in (0, 10**7)}
        assert (classify(industry, **seen).size is None) is (len(sizes) == 2), at


def test_bounds_that_do_not_descend_are_refused():
    with pytest.raises(ValueError, match="逐级降低"):
        Bounds(100, 100, 5)
