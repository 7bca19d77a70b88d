"""What the tax office, the statisticians and the payment services know of the books."""

import numpy as np
import pyarrow as pa

from huiqi.core.standards.size_class import SizeStandard, size_class
from huiqi.demo import columns
from huiqi.demo.books import ENTERPRISE, QUIET, STRONG, Books
from huiqi.demo.dice import Bools, Dice
from huiqi.demo.register import Register
from huiqi.demo.trades import TRADES

_TAXPAYERS = ("small_scale", "general", "none")
_LEVELS = ("A", "B", "M", "C", "D")


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
        | _standing(books, files, dice)
        | _sales(books, files, files & keeps_books, dice)
        | _balance(register, books, files, dice)
        | _traces(register, books, files, dice)
    )


def _standing(books: Books, files: Bools, dice: Dice) -> dict[str, pa.Array]:
    return {
        "taxpayer_type": columns.words(_taxpayer(books, dice), _TAXPAYERS, files),
        "tax_credit_level": columns.words(
            dice.pick((0.08, 0.45, 0.3, 0.12, 0.05)),
            _LEVELS,
            (books.tier == ENTERPRISE) & files & dice.chance(0.9),
        ),
        "has_tax_violation": columns.flags(dice.chance(0.003), dice.chance(0.95)),
    }


def _sales(books: Books, files: Bools, are_known: Bools, dice: Dice) -> dict[str, pa.Array]:
    monthly = books.sales / 12 * (0.85 + 0.15 * dice.uniform())
    return {
        "annual_revenue_cny": columns.money(books.sales, are_known, 1000),
        "monthly_sales_cny": columns.money(monthly, files & dice.chance(0.9)),
    }


def _balance(register: Register, books: Books, files: Bools, dice: Dice) -> dict[str, pa.Array]:
    is_enterprise = books.tier == ENTERPRISE
    return {
        "total_assets_cny": columns.money(
            books.assets, np.where(is_enterprise, dice.chance(0.85), dice.chance(0.08)), 1000
        ),
        "annual_taxable_income_cny": columns.money(
            books.sales * (0.16 * dice.uniform() - 0.03),
            np.where(is_enterprise, files & dice.chance(0.85), dice.chance(0.2)),
        ),
        "manufacturing_sales_ratio_pct": columns.percent(
            40.0 + 60.0 * dice.uniform(), register.in_trade("C") & is_enterprise & files
        ),
    }


def _traces(register: Register, books: Books, files: Bools, dice: Dice) -> dict[str, pa.Array]:
    """What invoices and payment codes leave behind."""
    return {
        "invoice_months": columns.whole(
            np.floor(np.minimum(register.months, 60) * dice.uniform()).astype(np.int64),
            files & np.where(books.tier == QUIET, dice.chance(0.35), dice.chance(0.9)),
        ),
        "payment_code_months": columns.whole(
            np.floor(np.minimum(register.months, 72) * dice.uniform()).astype(np.int64), dice.chance(0.12)
        ),
        "payment_code_flow_cny": columns.money(
            books.sales / 2 * (0.2 + 0.6 * dice.uniform()), dice.chance(0.08)
        ),
    }


def statistics_facts(
    register: Register, books: Books, dice: Dice, standard: SizeStandard
) -> dict[str, pa.Array]:
    """Who is counted one by one (四上), since when, and the size class the statisticians fixed for them."""
    bars = {
        "C": 20e6,
        "F51": 20e6,
        "F52": 5e6,
        "H": 2e6,
        "K7010": 0.0,
        "E": 10e6,
        "L": 10e6,
        "M": 10e6,
        "G": 20e6,
    }
    is_above = np.zeros(register.count, np.bool_)
    for prefix, bar in bars.items():
        is_above |= register.in_trade(prefix) & (books.sales >= bar)
    is_above &= (books.tier >= STRONG) & dice.chance(0.7)
    years = np.minimum(dice.between(0, 8), register.months // 12)
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


def _taxpayer(books: Books, dice: Dice) -> np.ndarray:
    is_general = np.where(books.tier == ENTERPRISE, books.sales > 5_000_000, books.sales > 8_000_000)
    is_unregistered = (books.tier == QUIET) & dice.chance(0.2)
    return np.where(is_general | dice.chance(0.01), 1, np.where(is_unregistered, 2, 0))


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
