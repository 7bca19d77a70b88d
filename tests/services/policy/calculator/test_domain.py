"""Which sums are added up, and how sums are said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.catalogue.amounts import Per
from huiqi.services.policy.calculator.domain import Sum, long_text, short_text, totals_of

NAMES = "abcdefgh"
SUMS = st.lists(
    st.builds(
        lambda name, per, low, more: Sum(name, per, low, low + more),
        st.sampled_from(NAMES),
        st.sampled_from(Per),
        st.integers(0, 10**9),
        st.integers(0, 10**9),
    ),
    unique_by=lambda each: each.item_id,
)
GROUPS = st.lists(st.sets(st.sampled_from(NAMES), min_size=2), max_size=4)


def once(name: str, yuan: int) -> Sum:
    return Sum(name, Per.ONCE, yuan * 100, yuan * 100)


def test_of_a_group_the_largest_is_added_and_no_other() -> None:
    year, single = totals_of([once("a", 20_000), once("b", 24_000), once("c", 500)], [["a", "b"]])
    assert (single.low_fen, single.count) == (2_450_000, 2)
    assert year.count == 0


def test_what_comes_once_and_what_comes_every_year_are_never_mixed() -> None:
    yearly = Sum("y", Per.YEAR, 100, 300)
    year, single = totals_of([yearly, once("a", 5)], [])
    assert ((year.low_fen, year.high_fen), single.high_fen) == ((100, 300), 500)
    both = totals_of([yearly, once("a", 5)], [["y", "a"]])
    assert [total.count for total in both] == [0, 1]


@given(SUMS, GROUPS)
def test_a_total_never_holds_two_of_a_group_nor_more_than_there_is(
    sums: list[Sum], groups: list[set[str]]
) -> None:
    totals = totals_of(sums, groups)
    assert sum(total.high_fen for total in totals) <= sum(each.high_fen for each in sums)
    alone = sum(not any(each.item_id in group for group in groups) for each in sums)
    assert alone <= sum(total.count for total in totals) <= alone + len(groups)


@given(SUMS)
def test_without_groups_everything_is_added(sums: list[Sum]) -> None:
    totals = totals_of(sums, [])
    assert sum(total.low_fen for total in totals) == sum(each.low_fen for each in sums)
    assert sum(total.count for total in totals) == len(sums)


@pytest.mark.parametrize(
    ("low", "high", "short", "long"),
    [
        (320_000, 320_000, "3,200 元", "¥3,200.00"),
        (128_050, 128_050, "1,280.50 元", "¥1,280.50"),
        (48_600_000, 48_600_000, "48.6 万元", "¥486,000.00"),
        (0, 2_400_000, "最多 2.4 万元", "最多 2.4 万元"),
        (2_000_000, 5_000_000, "2 万元到 5 万元", "2 万元到 5 万元"),
        (0, None, "填了才知道", "填了才知道"),
        (500, None, "至少 5 元", "至少 5 元"),
        (0, 0, "0 元", "¥0.00"),
    ],
)
def test_sums_are_said_as_people_say_them_and_to_the_fen(
    low: int, high: int | None, short: str, long: str
) -> None:
    assert (short_text(low, high), long_text(low, high)) == (short, long)
