"""The parts the city is made of: columns, codes, trades, areas."""

import csv

import numpy as np
import pytest

from huiqi.core.standards.credit_code import check_credit_code
from huiqi.demo import columns
from huiqi.demo.areas import AREAS
from huiqi.demo.codes import SERIALS, credit_code, credit_codes
from huiqi.demo.trades import TRADES, scale_of
from tests.support import shared


def test_unknown_rows_are_null_and_a_known_empty_set_is_not():
    known = np.array([True, False, True])
    drawn = columns.tags([np.array([True, True, False]), np.array([True, False, False])], ["b", "a"], known)
    assert drawn.to_pylist() == [["b", "a"], None, []]
    assert columns.money(np.array([149.0, 1.0, 151.0]), known).to_pylist() == [100, None, 200]
    assert columns.percent(np.array([0.04, 1.0, -0.04]), known).to_pylist() == [0.0, None, 0.0]
    assert columns.words(np.array([1, 0, 0]), ["x", "y"], known).to_pylist() == ["y", None, "x"]


def test_first_and_last_serial_give_valid_codes_and_one_more_is_refused():
    for serial in (0, SERIALS - 1):
        assert check_credit_code(credit_code("92", "410825", serial)).is_acceptable()
    with pytest.raises(ValueError, match=str(SERIALS)):
        credit_code("92", "410825", SERIALS)


def test_serials_count_within_each_area_and_kind_so_no_code_repeats():
    heads = ["92", "91", "92"] * 3000
    areas = ["410825", "410825", "410883"] * 3000
    assert len(set(credit_codes(heads, areas))) == 9000


def test_trades_are_classes_of_the_reference_list():
    path = shared.path("data") / "reference" / "industry_gbt4754_2017.csv"
    with path.open(encoding="utf-8", newline="") as file:
        classes = {row["key"] for row in csv.DictReader(file) if row["level"] == "4"}
    assert {trade.code for trade in TRADES} <= classes


def test_each_trade_stands_once_has_a_scale_and_a_place_in_every_kind():
    assert len({trade.code for trade in TRADES}) == len(TRADES)
    assert all(scale_of(trade.code).company_staff > 0 for trade in TRADES)
    for kind in range(3):
        assert sum(trade.weights[kind] for trade in TRADES) > 0


def test_local_names_belong_to_trades_of_the_city():
    codes = {trade.code for trade in TRADES}
    assert all(set(area.tails) <= codes for area in AREAS)
    assert all(any(code.startswith(prefix) for code in codes) for area in AREAS for prefix in area.strengths)
