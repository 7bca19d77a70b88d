"""Which of several observations counts: the rule, and what must hold of it whatever was observed."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from huiqi.foundation.businesses.domain import (
    Loss,
    Observation,
    Precedence,
    SourceKind,
    Standing,
    settle,
)

DAY = date(2026, 6, 1)
DEPARTMENT_FIRST, LATEST_FIRST = Precedence.DEPARTMENT_FIRST, Precedence.LATEST_FIRST
TAX = (SourceKind.DEPARTMENT, "税务局")
OWN = (SourceKind.DECLARATION, "您自己填的")


def seen(sequence: int, value: int | None, by=TAX, days_ago: int = 0, **more: object) -> Observation:
    return Observation(sequence, value, *by, DAY - timedelta(days=days_ago), **more)


def reasons(settled) -> dict[int, Loss]:
    return {each.sequence: loss for each, loss in settled.lost}


def test_a_department_counts_before_the_owner_and_the_other_stays_in_sight() -> None:
    settled = settle([seen(1, 5, days_ago=30), seen(2, 8, OWN)], DEPARTMENT_FIRST, DAY)
    assert settled.winner.value == 5
    assert reasons(settled) == {2: Loss.WEAKER}
    assert settled.is_contested


def test_the_city_may_let_the_later_day_decide() -> None:
    settled = settle([seen(1, 5, days_ago=30), seen(2, 8, OWN)], LATEST_FIRST, DAY)
    assert (settled.winner.value, reasons(settled)) == (8, {1: Loss.EARLIER})


def test_an_older_word_of_the_same_source_never_comes_back() -> None:
    old, new = seen(1, 5, days_ago=90), seen(2, 6, days_ago=60, valid_until=DAY - timedelta(days=1))
    settled = settle([old, new], DEPARTMENT_FIRST, DAY)
    assert settled.winner is None
    assert reasons(settled) == {1: Loss.REPLACED, 2: Loss.EXPIRED}


def test_what_was_found_wrong_or_taken_back_leaves_the_place_to_others() -> None:
    wrong, taken = seen(1, 5, standing=Standing.REJECTED), seen(3, None, OWN)
    settled = settle([wrong, taken, seen(2, 7, (SourceKind.DERIVED, "分型"))], DEPARTMENT_FIRST, DAY)
    assert settled.winner.value == 7
    assert reasons(settled) == {1: Loss.REJECTED, 3: Loss.GONE}


def test_a_disputed_fact_counts_until_it_is_decided() -> None:
    settled = settle([seen(1, 5, standing=Standing.DISPUTED), seen(2, 8, OWN)], DEPARTMENT_FIRST, DAY)
    assert settled.winner.sequence == 1


def test_yes_and_one_are_not_the_same() -> None:
    assert settle([seen(1, True), seen(2, 1, OWN)], DEPARTMENT_FIRST, DAY).is_contested


SOURCES = [TAX, (SourceKind.DEPARTMENT, "人社局"), OWN, (SourceKind.DERIVED, "分型")]
DAYS = st.integers(-20, 20).map(lambda days: DAY + timedelta(days=days))
OBSERVATIONS = st.lists(
    st.builds(
        lambda value, by, on, until, standing: (value, *by, on, until, standing),
        st.none() | st.integers(0, 3),
        st.sampled_from(SOURCES),
        DAYS,
        st.none() | DAYS,
        st.sampled_from(Standing),
    ),
    max_size=8,
).map(lambda rows: [Observation(number, *row) for number, row in enumerate(rows)])
EITHER = st.sampled_from(Precedence)


@given(OBSERVATIONS, EITHER, st.randoms())
def test_the_order_in_which_they_are_read_decides_nothing(rows, precedence, chance) -> None:
    mixed = list(rows)
    chance.shuffle(mixed)
    assert settle(rows, precedence, DAY) == settle(mixed, precedence, DAY)


@given(OBSERVATIONS, EITHER)
def test_each_that_was_observed_by_then_wins_or_has_one_reason(rows, precedence) -> None:
    settled = settle(rows, precedence, DAY)
    accounted = [each.sequence for each, _ in settled.lost]
    accounted += [settled.winner.sequence] if settled.winner else []
    assert sorted(accounted) == [each.sequence for each in rows if each.observed_on <= DAY]


@given(OBSERVATIONS, EITHER)
def test_the_winner_can_be_relied_on(rows, precedence) -> None:
    winner = settle(rows, precedence, DAY).winner
    if winner is not None:
        assert winner.value is not None
        assert winner.standing is not Standing.REJECTED
        assert winner.observed_on <= DAY <= (winner.valid_until or DAY)


@given(OBSERVATIONS)
def test_no_word_of_the_owner_beats_a_department_that_counts(rows) -> None:
    settled = settle(rows, DEPARTMENT_FIRST, DAY)
    weaker = settled.winner is not None and settled.winner.source_kind is not SourceKind.DEPARTMENT
    beaten = {Loss.WEAKER, Loss.EARLIER}
    assert not any(
        weaker and each.source_kind is SourceKind.DEPARTMENT and loss in beaten for each, loss in settled.lost
    )


@given(OBSERVATIONS, EITHER)
def test_without_the_losers_the_winner_is_the_same(rows, precedence) -> None:
    winner = settle(rows, precedence, DAY).winner
    assert settle([winner] if winner else [], precedence, DAY).winner == winner
