"""What the tax office, the statisticians and the payment services know of the books."""

import numpy as np
import pyarrow as pa

from huiqi.core.standards.size_class import SizeStandard, size_class
from huiqi.demo import columns
from huiqi.demo.books import ENTERPRISE, QUIET, STRONG, Books
from huiqi.demo.dice import Bools, Dice, Ints
from huiqi.demo.register import Register
from huiqi.demo.trades import TRADES

_TAXPAYERS = ("small_scale", "general", "none")
_LEVELS = ("A", "B", "M", "C", "D")
_NEW, _GOOD, _BAD = _LEVELS.index("M"), _LEVELS.index("B"), _LEVELS.index("D")
# Beyond this in twelve months nobody stays a small-scale taxpayer.
SMALL_SCALE_SALES = 5_000_000
# 四上: yearly sales from which the statisticians count a business. Developers are counted whatever they
# sell; one that sells less than other services' line is between projects and not in the demo's list.
_LINES = {
    20e6: ("C", "F51", "G", "I", "N", "Q84", "K7010"),
    10e6: ("E", "L", "M", "P", "K7020", "K7030"),
    5e6: ("F52", "O", "R", "Q85"),
    2e6: ("H",),
}


def tax_facts(register: Register, books: Books, dice: Dice) -> dict[str, pa.Array]:
    """Known for nearly every enterprise, and for the shops that file; the quiet mostly pay by estimate."""
    is_quiet = books.tier == QUIET
    is_enterprise = books.tier == ENTERPRISE
    files = np.where(is_quiet, dice.chance(0.88), dice.chance(0.95) | ~is_enterprise)
    keeps_books = np.where(is_quiet, dice.chance(0.3), dice.chance(0.93))
    pays = books.tax > 0
    # Whoever paid nothing in twelve months paid longer ago, or never.
    months = np.where(pays, np.minimum(dice.between(0, 5), register.months), dice.between(13, 60))
    once_paid = pays | (dice.chance(0.4) & (months <= register.months))
    growth = np.clip(4.0 + 22.0 * dice.bell(), -95.0, 300.0)
    # The groups stand in the order of their draws, which is part of what a seed stands for.
    return (
        {
            "annual_tax_paid_cny": columns.money(books.tax, files),
            "months_since_last_tax": columns.whole(months, files & once_paid),
            "revenue_growth_pct": columns.percent(growth, files & keeps_books & (register.months >= 24)),
        }
        | _standing(register, books, files, dice)
        | _sales(register, books, files, files & keeps_books, dice)
        | _balance(register, books, files, dice)
        | _traces(register, books, files, dice)
    )


def _standing(register: Register, books: Books, files: Bools, dice: Dice) -> dict[str, pa.Array]:
    violates = dice.chance(0.003)
    level = np.where(violates, _BAD, _credit_levels(register, dice))
    is_rated = (books.tier == ENTERPRISE) & files & dice.chance(0.9)
    return {
        "taxpayer_type": columns.words(_taxpayer(books, dice), _TAXPAYERS, files),
        "tax_credit_level": columns.words(level, _LEVELS, is_rated),
        "has_tax_violation": columns.flags(violates, dice.chance(0.95)),
    }


def _credit_levels(register: Register, dice: Dice) -> Ints:
    """M for those not in business through a whole year of assessment, later only for the rare one without
    revenue; A needs three years (国家税务总局公告2014年第40号 第十八条, 2018年第8号 第三条)."""
    level = dice.pick((0.1, 0.66, 0.006, 0.164, 0.07))
    level = np.where((level == 0) & (register.months < 36), _GOOD, level)
    return np.where(register.is_founded_before_last_year, level, _NEW)


def _sales(
    register: Register, books: Books, files: Bools, are_known: Bools, dice: Dice
) -> dict[str, pa.Array]:
    """Last year's sales are those of the part of it the business lived through."""
    monthly = books.sales / 12 * (0.85 + 0.15 * dice.uniform())
    return {
        "annual_revenue_cny": columns.money(
            books.sales * register.share_of_last_year, are_known & ~register.is_founded_this_year, 1000
        ),
        "monthly_sales_cny": columns.money(monthly, files & register.is_operating & dice.chance(0.9)),
    }


def _balance(register: Register, books: Books, files: Bools, dice: Dice) -> dict[str, pa.Array]:
    is_enterprise = books.tier == ENTERPRISE
    return {
        "total_assets_cny": columns.money(
            books.assets, np.where(is_enterprise, dice.chance(0.85), dice.chance(0.08)), 1000
        ),
        "annual_taxable_income_cny": columns.money(
            books.sales * register.share_of_last_year * (0.16 * dice.uniform() - 0.03),
            np.where(is_enterprise, files & dice.chance(0.85), dice.chance(0.2))
            & ~register.is_founded_this_year,
        ),
        "manufacturing_sales_ratio_pct": columns.percent(
            40.0 + 60.0 * dice.uniform(), register.in_trade("C") & is_enterprise & files
        ),
    }


def _traces(register: Register, books: Books, files: Bools, dice: Dice) -> dict[str, pa.Array]:
    """What invoices and payment codes leave behind while the business trades."""
    return {
        "invoice_months": columns.whole(
            np.floor(np.minimum(register.months, 60) * dice.uniform()),
            files
            & register.is_operating
            & np.where(books.tier == QUIET, dice.chance(0.35), dice.chance(0.9)),
        ),
        "payment_code_months": columns.whole(
            np.minimum(1 + np.floor(72 * dice.uniform()), register.months), dice.chance(0.12)
        ),
        "payment_code_flow_cny": columns.money(
            books.sales / 2 * register.share_of_last(183) * (0.2 + 0.6 * dice.uniform()),
            register.is_operating & dice.chance(0.08),
        ),
    }


def statistics_facts(
    register: Register, books: Books, dice: Dice, standard: SizeStandard
) -> dict[str, pa.Array]:
    """Who is counted one by one (四上), since when, and the size class the statisticians fixed for them."""
    is_above = _is_above_scale(register, books) & dice.chance(0.8)
    oldest = register.as_of.year - 1 - (register.founded.astype("datetime64[Y]").astype(np.int64) + 1970)
    years = np.minimum(dice.between(0, 8), np.maximum(oldest, 0))
    always = np.ones(register.count, np.bool_)
    return {
        "is_above_scale": columns.flags(is_above, always),
        "newly_above_scale": columns.flags(is_above & (years == 0), always),
        "years_kept_above_scale": columns.whole(years, is_above),
        "size_class": _fixed_sizes(register, books, is_above, standard),
        "in_key_industry_chain": columns.flags(
            register.in_trade("C26", "C27", "C3670", "C3841", "C13", "C14", "C15", "C35") & dice.chance(0.5),
            (books.tier == ENTERPRISE) & dice.chance(0.9),
        ),
    }


def _is_above_scale(register: Register, books: Books) -> Bools:
    """By last year's sales; of the individuals only the large shops, inns and restaurants are listed."""
    last_year = books.sales * register.share_of_last_year
    reaches = np.zeros(register.count, np.bool_)
    for line, trades in _LINES.items():
        reaches |= register.in_trade(*trades) & (last_year >= line)
    may = (books.tier == ENTERPRISE) | ((books.tier == STRONG) & register.in_trade("F", "H"))
    is_above: Bools = reaches & may & register.is_operating
    return is_above


def _taxpayer(books: Books, dice: Dice) -> Ints:
    """Nobody above the line is small-scale; below it an enterprise may choose to be general."""
    chooses = dice.chance(np.where(books.tier == ENTERPRISE, 0.08, 0.01)) & (books.tier != QUIET)
    is_unregistered = (books.tier == QUIET) & dice.chance(0.2)
    is_general = chooses | (books.sales > SMALL_SCALE_SALES)
    return np.where(is_general, 1, np.where(is_unregistered, 2, 0)).astype(np.int64)


def _fixed_sizes(register: Register, books: Books, is_above: Bools, standard: SizeStandard) -> pa.Array:
    """One by one through the standard: they are few."""
    sizes: list[str | None] = [None] * register.count
    for row in np.flatnonzero(is_above):
        code = TRADES[register.trade[row]].code
        found = size_class(
            code, int(books.employees[row]), int(books.sales[row]), int(books.assets[row]), standard
        )
        sizes[row] = found.size
    return pa.array(sizes, pa.string())
