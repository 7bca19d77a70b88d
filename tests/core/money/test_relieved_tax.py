"""个体工商户经营所得减半 (国家税务总局公告2023年第12号 第三条), against sums worked by hand.

The schedule is 个人所得税法 附表二: up to 30,000 元 5 %, 90,000 10 %, 300,000 20 %, 500,000 30 %, above 35 %.
"""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.core.money.amounts import RelievedTax, Slice
from huiqi.core.money.outcome import Certainty
from huiqi.core.money.tax import relief, tax_on, top_slice
from huiqi.core.money.working import work_out
from tests.core.money.books import Book, result, yuan

SCHEDULE = (
    Slice(30_000, Fraction(5, 100)),
    Slice(90_000, Fraction(10, 100)),
    Slice(300_000, Fraction(20, 100)),
    Slice(500_000, Fraction(30, 100)),
    Slice(None, Fraction(35, 100)),
)
HALF = RelievedTax("income", SCHEDULE, 2_000_000, Fraction(1, 2), "other")
INCOMES = st.integers(0, 30_000_000)
RELIEFS = st.integers(0, 2_000_000)


@pytest.mark.parametrize(
    ("income", "quick"),
    [(30_000, 0), (30_001, 1_500), (90_000, 1_500), (90_001, 10_500), (300_001, 40_500), (500_001, 65_500)],
)
def test_the_quick_deductions_of_the_official_table_come_out(income: int, quick: int) -> None:
    assert top_slice(Fraction(income), SCHEDULE)[1] == quick


@pytest.mark.parametrize(
    ("income", "other", "by_hand"),
    [
        (0, 0, "0.00"),
        (-50_000, 0, "0.00"),  # a loss bears no tax
        (80_000, 0, "3250.00"),  # (80,000 x 10 % - 1,500) x 50 %
        (80_000, 2_000, "2250.00"),  # (6,500 - 2,000) x 50 %
        (80_000, 7_000, "0.00"),  # the other relief takes all of the tax
        (500_000, 0, "54750.00"),  # (500,000 x 30 % - 40,500) x 50 %
        (1_200_000, 6_000, "174250.00"),  # (1,200,000 x 35 % - 65,500 - 6,000) x 50 %
        (2_000_000, 0, "317250.00"),  # (2,000,000 x 35 % - 65,500) x 50 %
        (2_500_000, 0, "317250.00"),  # what lies above is taxed in full
        (2_400_000, 6_000, "314750.00"),  # 6,000 x 200 / 240 = 5,000; (634,500 - 5,000) x 50 %
        (2_500_000, 10_000, "313250.00"),  # 10,000 x 200 / 250 = 8,000; (634,500 - 8,000) x 50 %
        (2_100_000, 1_000, "316773.81"),  # 1,000 x 200 / 210 = 952.38...; 633,547.619... x 50 %
    ],
)
def test_the_relief_is_what_was_worked_by_hand(income: int, other: int, by_hand: str) -> None:
    outcome = result(HALF, income=income, other=other)
    assert yuan(outcome) == by_hand
    assert outcome.certainty is Certainty.EXACT


def test_the_working_says_each_step_of_the_law() -> None:
    steps = result(HALF, income=2_400_000, other=6_000).steps
    assert [(step.words, step.figure) for step in steps] == [
        ("income", "2,400,000 元"),
        ("其中 2,000,000 元以内的部分", "2,000,000 元"),
        ("这部分的税：× 35% - 速算扣除数 65,500 元", "634,500 元"),
        ("other", "6,000 元"),
        ("税减去摊到这部分的其他减免", "629,500 元"),
        ("× 50%", "314,750 元"),
        ("算下来", "314,750 元"),
    ]


def test_nothing_known_still_says_the_most_there_can_be() -> None:
    outcome = result(HALF)
    assert (outcome.low_fen, outcome.high_fen) == (0, 31_725_000)
    assert outcome.missing == ("income", "other")


@given(INCOMES, RELIEFS)
def test_the_tax_is_the_same_by_slices_and_by_quick_deduction(income: int, other: int) -> None:
    rate, quick = top_slice(Fraction(income), SCHEDULE)
    assert tax_on(Fraction(income), SCHEDULE) == income * rate - quick
    assert relief(Fraction(income), Fraction(other), HALF) <= tax_on(Fraction(income), SCHEDULE) / 2


@given(INCOMES, INCOMES, RELIEFS, RELIEFS)
def test_the_relief_grows_with_the_income_and_falls_with_other_relief(
    one: int, two: int, less: int, more: int
) -> None:
    low, high = sorted((Fraction(one), Fraction(two)))
    small, large = sorted((Fraction(less), Fraction(more)))
    assert relief(low, large, HALF) <= relief(high, small, HALF)


@given(INCOMES, RELIEFS)
def test_a_missing_figure_leaves_a_range_that_holds_every_sum(income: int, other: int) -> None:
    whole = result(HALF, income=income, other=other)
    for known in ({"income": income}, {"other": other}, {}):
        open_ = work_out(HALF, Book(known))
        assert open_.high_fen is not None
        assert whole.high_fen is not None
        assert open_.low_fen <= whole.low_fen
        assert whole.high_fen <= open_.high_fen
