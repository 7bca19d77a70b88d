"""Sums by formula: the working, the caps, what is missing, and that a range holds whatever comes."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.core.money.amounts import (
    Factor,
    Fixed,
    Formula,
    Limit,
    Product,
    Review,
    Slice,
    Slices,
    Tier,
    Tiers,
    Times,
    quantities_of,
    stated_cap,
)
from huiqi.core.money.outcome import Certainty, Outcome
from huiqi.core.money.spans import in_fen
from huiqi.core.money.tax import sliced
from huiqi.core.money.working import work_out
from tests.core.money.books import Book, result, yuan

PERCENT = Fraction(1, 100)
SIX_TENTHS = (60 * PERCENT, 60 * PERCENT)
REFUND = Product((Factor(("paid",)),), rate=SIX_TENTHS)
PER_HEAD = Product((Factor(("people",)),), yuan=(1_500, 1_500), most=6_000)
INTEREST = Product(
    (Factor(("loan",), most=1_000_000), Factor(("months",), most=12, per=12)),
    rate=(PERCENT, PERCENT),
    most=10_000,
)
RESEARCH = Slices("spent", (Slice(5_000_000, 10 * PERCENT), Slice(None, 5 * PERCENT)), most=1_000_000)
HELD = Product((Factor(("people",)),), yuan=(7_800, 7_800), most_of="tax")
TIERS = Tiers((Tier("large", 300_000), Tier("middle", 200_000), Tier("small", 100_000)))

FIGURES = st.integers(-1_000, 60_000_000)
FORMULAS: list[Formula] = [REFUND, PER_HEAD, INTEREST, RESEARCH, HELD]


def lines(outcome: Outcome) -> list[tuple[str, str]]:
    return [(step.words, step.figure) for step in outcome.steps]


def test_a_share_of_a_sum_with_its_working() -> None:
    assert lines(result(REFUND, paid=12_000)) == [
        ("paid", "12,000 元"),
        ("× 60%", "7,200 元"),
        ("算下来", "7,200 元"),
    ]


def test_the_result_is_rounded_to_fen_half_up_and_nothing_before_it() -> None:
    third = Product((Factor(("loan",), per=1), Factor(("months",), per=12)), rate=(PERCENT, PERCENT))
    assert yuan(result(third, loan=100, months=1)) == "0.08"  # 0.08333…
    assert yuan(result(third, loan=1_000, months=7)) == "5.83"  # 5.8333…
    assert in_fen(Fraction(5, 1000)) == 1  # half a 分 goes up
    assert in_fen(Fraction(4_999, 1_000_000)) == 0


def test_a_sum_a_head_stops_at_the_cap() -> None:
    assert yuan(result(PER_HEAD, people=3)) == "4500.00"
    assert lines(result(PER_HEAD, people=9)) == [
        ("people", "9 人"),
        ("× 1,500 元", "13,500 元"),
        ("最多按 6,000 元算", "6,000 元"),
        ("算下来", "6,000 元"),
    ]


def test_interest_counts_the_capped_loan_for_the_capped_time() -> None:
    assert yuan(result(INTEREST, loan=500_000, months=6)) == "2500.00"  # 500,000 x 1 % x 6/12
    assert yuan(result(INTEREST, loan=3_000_000, months=36)) == "10000.00"


def test_a_whole_number_of_the_text_multiplies() -> None:
    monthly = Product((Factor(("sales",)),), rate=(2 * PERCENT, 2 * PERCENT), times=(Times(12, "个月"),))
    assert yuan(result(monthly, sales=150_000)) == "36000.00"
    assert ("× 12 个月", "1,800,000 元") in lines(result(monthly, sales=150_000))


def test_quantities_of_one_factor_are_added_up() -> None:
    both = Product((Factor(("people", "trips")),), yuan=(1_500, 1_500))
    assert yuan(result(both, people=2, trips=1)) == "4500.00"
    assert ("加起来", "3 人") in lines(result(both, people=2, trips=1))


def test_slices_bear_their_own_rates() -> None:
    assert yuan(result(RESEARCH, spent=4_000_000)) == "400000.00"
    assert yuan(result(RESEARCH, spent=8_000_000)) == "650000.00"  # 500,000 + 150,000
    assert yuan(result(RESEARCH, spent=50_000_000)) == "1000000.00"  # 2,750,000, capped


def test_the_result_is_never_more_than_the_tax_there_is() -> None:
    assert yuan(result(HELD, people=2, tax=50_000)) == "15600.00"
    assert yuan(result(HELD, people=2, tax=9_000)) == "9000.00"
    open_ = result(HELD, people=2)
    assert (open_.low_fen, open_.high_fen, open_.missing) == (0, 1_560_000, ("tax",))


def test_a_review_leaves_a_range_and_asks_nothing() -> None:
    one_of = result(Review((20_000, 50_000)))
    assert (one_of.low_fen, one_of.high_fen, one_of.certainty) == (2_000_000, 5_000_000, Certainty.RANGE)
    assert one_of.steps[0].words == "由评审定：20,000 元或 50,000 元"
    between = result(Review((10_000, 100_000), is_between=True))
    assert between.text == "10,000 元到 100,000 元"
    assert between.missing == ()


def test_a_percentage_left_open_is_a_range_too() -> None:
    outcome = result(Product((Factor(("paid",)),), rate=(5 * PERCENT, 25 * PERCENT)), paid=100_000)
    assert outcome.text == "5,000 元到 25,000 元"
    assert outcome.certainty is Certainty.RANGE


def test_a_sum_the_text_does_not_say_is_not_worked_out() -> None:
    outcome = result(Limit(None, "来源没有写标准"))
    assert (outcome.certainty, outcome.high_fen) == (Certainty.UNSAID, None)
    assert lines(outcome) == [("来源没有写标准", "算不出准数"), ("算下来", "算不出准数")]
    capped = result(Limit(5_000_000, "来源没有写比例"))
    assert (capped.certainty, capped.low_fen, capped.high_fen) == (Certainty.UNSAID, 0, 500_000_000)


def test_the_first_tier_that_holds_counts() -> None:
    outcome = work_out(TIERS, Book(states={"large": False, "middle": True, "small": True}))
    assert yuan(outcome) == "200000.00"


def test_an_unknown_tier_leaves_the_range_of_those_that_may_hold() -> None:
    outcome = work_out(TIERS, Book(states={"small": False}))
    assert (outcome.low_fen, outcome.high_fen) == (20_000_000, 30_000_000)
    assert outcome.missing == ("large", "middle")
    assert work_out(TIERS, Book(states={"large": True})).missing == ()


def test_who_fits_no_tier_gets_nothing() -> None:
    outcome = work_out(TIERS, Book(states=dict.fromkeys(("large", "middle", "small"), False)))
    assert yuan(outcome) == "0.00"
    assert outcome.steps[0].words == "哪一档都够不上"


def test_what_is_missing_is_named_once_and_in_order() -> None:
    outcome = result(INTEREST)
    assert outcome.missing == ("loan", "months")
    assert outcome.certainty is Certainty.UNFILLED
    assert outcome.text == "0 到 10,000 元"


def test_without_a_cap_nothing_is_promised() -> None:
    outcome = result(REFUND)
    assert (outcome.low_fen, outcome.high_fen, outcome.text) == (0, None, "填了才知道")


def test_what_cannot_change_the_sum_is_not_asked_for() -> None:
    outcome = result(INTEREST, months=0)
    assert (yuan(outcome), outcome.missing) == ("0.00", ())


@pytest.mark.parametrize(
    ("formula", "cap", "names"),
    [
        (Fixed(5_000), 5_000, ()),
        (REFUND, None, ("paid",)),
        (PER_HEAD, 6_000, ("people",)),
        (HELD, 7_800, ("people", "tax")),
        (RESEARCH, 1_000_000, ("spent",)),
        (Review((1, 3)), 3, ()),
        (Limit(None, ""), None, ()),
        (TIERS, 300_000, ()),
    ],
)
def test_a_formula_tells_its_cap_and_its_quantities(
    formula: Formula, cap: int | None, names: tuple[str, ...]
) -> None:
    assert (stated_cap(formula), quantities_of(formula)) == (cap, names)


@st.composite
def told(draw: st.DrawFn) -> tuple[Formula, dict[str, int]]:
    formula = draw(st.sampled_from(FORMULAS))
    return formula, {name: draw(FIGURES) for name in quantities_of(formula)}


@given(told())
def test_the_last_line_is_the_result_and_never_above_the_cap(case: tuple[Formula, dict[str, int]]) -> None:
    formula, figures = case
    outcome = result(formula, **figures)
    assert outcome.certainty is Certainty.EXACT
    assert outcome.steps[-1].figure == outcome.text
    assert outcome.low_fen >= 0
    if getattr(formula, "most", None) is not None:
        assert outcome.low_fen <= 100 * formula.most  # type: ignore[union-attr]


@given(told(), st.integers(0, 5_000_000))
def test_more_of_anything_never_brings_less(case: tuple[Formula, dict[str, int]], more: int) -> None:
    formula, figures = case
    before = result(formula, **figures)
    for name in figures:
        assert result(formula, **{**figures, name: figures[name] + more}).low_fen >= before.low_fen


@given(told(), st.data())
def test_a_missing_figure_leaves_a_range_that_holds_every_completion(
    case: tuple[Formula, dict[str, int]], data: st.DataObject
) -> None:
    formula, figures = case
    hidden = data.draw(st.sets(st.sampled_from(sorted(figures)), min_size=1))
    open_ = result(formula, **{name: value for name, value in figures.items() if name not in hidden})
    whole = result(formula, **figures)
    assert open_.low_fen <= whole.low_fen
    assert open_.high_fen is None or whole.low_fen <= open_.high_fen
    assert set(open_.missing) <= hidden


@given(
    st.lists(st.booleans() | st.none(), min_size=3, max_size=3),
    st.lists(st.booleans(), min_size=3, max_size=3),
)
def test_unknown_tiers_hold_every_sum_some_tier_may_bring(
    known: list[bool | None], guess: list[bool]
) -> None:
    names = ("large", "middle", "small")
    final = [state if state is not None else other for state, other in zip(known, guess, strict=True)]
    told_states = {name: state for name, state in zip(names, known, strict=True) if state is not None}
    open_ = work_out(TIERS, Book(states=told_states))
    whole = work_out(TIERS, Book(states=dict(zip(names, final, strict=True))))
    assert open_.high_fen is not None
    if any(final):
        assert open_.low_fen <= whole.low_fen <= open_.high_fen


@given(st.integers(0, 90_000_000))
def test_slices_are_the_whole_cut_up(value: int) -> None:
    slices = (Slice(30_000, PERCENT), Slice(5_000_000, PERCENT), Slice(None, PERCENT))
    parts = sliced(Fraction(value), slices)
    assert sum(parts) == value
    # At one rate for every slice the sum is that rate of the whole: the slices are its integral.
    flat = Slices("spent", slices)
    assert result(flat, spent=value).low_fen == in_fen(Fraction(value) * PERCENT)
