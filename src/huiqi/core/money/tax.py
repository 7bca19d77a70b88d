"""Progressive schedules and the relief from them, on exact figures."""

from collections.abc import Sequence
from fractions import Fraction

from huiqi.core.money.amounts import RelievedTax, Slice


def sliced(value: Fraction, slices: Sequence[Slice]) -> tuple[Fraction, ...]:
    """How much of ``value`` lies in each slice; what is below 0 lies in none."""
    parts, lower = [], Fraction(0)
    for each in slices:
        upper = value if each.up_to is None else min(value, Fraction(each.up_to))
        parts.append(max(upper - lower, Fraction(0)))
        lower = max(lower, upper)
    return tuple(parts)


def tax_on(income: Fraction, schedule: Sequence[Slice]) -> Fraction:
    """The tax a schedule puts on an income."""
    parts = zip(sliced(income, schedule), schedule, strict=True)
    return sum((part * each.rate for part, each in parts), Fraction(0))


def top_slice(income: Fraction, schedule: Sequence[Slice]) -> tuple[Fraction, Fraction]:
    """The rate the last 元 of an income bears, and the 速算扣除数 that makes rate x income the tax."""
    reached = [each for each in schedule if each.up_to is None or income <= each.up_to]
    top = reached[0] if reached else schedule[-1]
    return top.rate, income * top.rate - tax_on(income, schedule)


def apportioned(income: Fraction, other_relief: Fraction, first: int) -> Fraction:
    """The part of the other relief that belongs to the income within ``first``."""
    return other_relief if income <= first else other_relief * first / income


def relief(income: Fraction, other_relief: Fraction, formula: RelievedTax) -> Fraction:
    """The tax not to be paid; never below 0. It grows with the income and falls with the other relief."""
    within = min(income, Fraction(formula.first))
    left = tax_on(within, formula.schedule) - apportioned(income, other_relief, formula.first)
    return max(left, Fraction(0)) * formula.share


def largest_relief(formula: RelievedTax) -> Fraction:
    """What the relief comes near to with the largest income, whatever the other relief."""
    return tax_on(Fraction(formula.first), formula.schedule) * formula.share
