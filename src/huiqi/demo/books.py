"""The books of each business: how strong it is, whom it employs, what it sells, owns and pays.

Individuals come in three tiers. Most live from day to day below the tax threshold without insured staff;
a few are steady; very few are strong. The shares are those published for the types they lead to: 生存型
92.6 %, 成长型 7.3 %, 发展型 0.11 % of Shaanxi's individuals in November 2024; 93.9, 5.8 and 0.34 % of Tibet's
in September 2025. The type itself is not set here: the rules judge it from these books.
"""

from dataclasses import dataclass

import numpy as np

from huiqi.demo.dice import Bools, Dice, Floats, Ints
from huiqi.demo.register import Register
from huiqi.demo.trades import TRADES, scale_of

QUIET, STEADY, STRONG, ENTERPRISE = range(4)
STEADY_SHARE = 0.066
STRONG_SHARE = 0.0022
# Small taxpayers below 10 万元 a month pay no VAT (财政部 税务总局公告2023年第19号); the quiet stay below.
EXEMPT_SALES = 1_190_000
# Whoever has stopped sold little at the end.
LAST_SALES = 2_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Books:
    """One row a business; money in 元 a year. What the offices know of it is decided elsewhere."""

    tier: Ints
    strength: Floats
    employees: Ints
    insured: Ints
    sales: Floats
    tax: Floats
    assets: Floats


def draw_books(register: Register, dice: Dice) -> Books:
    strength = dice.bell()
    tier = _tiers(register, strength)
    employees = _employees(register, dice, tier, strength)
    sales = _sales(register, dice, tier, strength)
    insured = _insured(dice, tier, employees)
    return Books(
        tier=tier,
        strength=strength,
        employees=employees,
        insured=insured,
        sales=sales,
        tax=_tax(register, dice, tier, sales, has_insured=insured > 0),
        assets=sales * (0.25 + 1.6 * dice.uniform()) + 5_000,
    )


def _tiers(register: Register, strength: Floats) -> Ints:
    """Rank the individuals in good standing; the bars they set hold for everybody else too."""
    passing = register.is_individual & register.passes_gate
    total = int(passing.sum())
    is_clean = register.known["is_serious_dishonest"] & register.known["is_dishonest_judgment_debtor"]
    may_be_strong = passing & is_clean & ~register.is_dishonest & (register.months >= 24)
    strong_bar = _bar(strength[may_be_strong], round(total * STRONG_SHARE))
    is_strong = may_be_strong & (strength >= strong_bar)
    steady_bar = _bar(strength[passing & (register.months >= 12) & ~is_strong], round(total * STEADY_SHARE))
    tier = np.where(is_strong, STRONG, np.where(strength >= steady_bar, STEADY, QUIET))
    return np.where(register.is_individual, tier, ENTERPRISE)


def _bar(strength: Floats, places: int) -> float:
    """The strength of the last one to get a place; nobody's where there is no place."""
    if not 0 < places <= len(strength):
        return np.inf
    return float(np.sort(strength)[-places])


def _by_trade(register: Register, attribute: str) -> Floats:
    scales = [getattr(scale_of(trade.code), attribute) for trade in TRADES]
    return np.take(np.array(scales, np.float64), register.trade)


def _maturity(register: Register) -> Floats:
    """From a third in the first month to the full size after three years."""
    grown: Floats = np.minimum((12.0 + register.months) / 48.0, 1.0)
    return grown


def _employees(register: Register, dice: Dice, tier: Ints, strength: Floats) -> Ints:
    """Whoever has stopped trading has nobody left."""
    company = _by_trade(register, "company_staff") * np.exp(0.95 * strength) * _maturity(register)
    quiet = np.minimum(dice.decay(0.9), 5.0)
    steady = 1.0 + np.minimum(dice.decay(2.2), 9.0)
    strong = 9.0 + dice.decay(6.0)
    staff = np.choose(tier, [quiet, steady, strong, np.maximum(company, 1.0)]).astype(np.int64)
    return np.where(register.is_operating, staff, 0)


def _insured(dice: Dice, tier: Ints, employees: Ints) -> Ints:
    """Quiet shops insure nobody; steady ones fewer than the strong bar; enterprises a part or all."""
    part = np.rint(employees * np.clip(0.15 + dice.uniform(), 0.0, 1.0)).astype(np.int64)
    steady = np.minimum(np.where(dice.chance(0.55), np.minimum(part, employees), 0), 6)
    strong = np.where(dice.chance(0.6), np.minimum(np.maximum(part, 8), employees), np.minimum(part, 6))
    return np.choose(tier, [np.zeros_like(employees), steady, strong, np.minimum(part, employees)])


def _sales(register: Register, dice: Dice, tier: Ints, strength: Floats) -> Floats:
    individual = _by_trade(register, "individual_sales") * _maturity(register)
    company = _by_trade(register, "company_sales") * _maturity(register)
    noise = dice.bell()
    quiet = np.minimum(individual * np.exp(0.45 * strength + 0.35 * noise), EXEMPT_SALES)
    steady = individual * (2.0 + dice.decay(1.2))
    strong = 1_500_000 + individual * (4.0 + dice.decay(4.0))
    enterprise = company * np.exp(1.05 * strength + 0.5 * noise)
    sales = np.choose(tier, [quiet, steady, strong, enterprise])
    return np.where(register.is_operating, sales, np.minimum(0.3 * sales, LAST_SALES))


def _tax(register: Register, dice: Dice, tier: Ints, sales: Floats, *, has_insured: Bools) -> Floats:
    """Of the last twelve months, or of the life so far. Sums that round to nothing are nothing.

    A steady shop pays tax or insures somebody, often both; a strong one pays at least the strong bar.
    """
    rate = 0.004 + 0.03 * dice.uniform() ** 2
    steady = np.where(~has_insured | dice.chance(0.6), np.clip(sales * rate * 0.5, 200, 55_000), 0)
    strong = np.maximum(sales * rate, 62_000 + dice.decay(20_000))
    enterprise = np.where(dice.chance(0.86), sales * rate, 0)
    yearly = np.choose(tier, [np.zeros_like(sales), steady, strong, enterprise])
    paid = yearly * register.share_of_last(365)
    return np.where(paid >= 100, paid, 0.0)
