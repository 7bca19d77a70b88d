"""Facts that belong to one trade or one purpose: services, loans, tobacco, tour groups."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from huiqi.demo import columns
from huiqi.demo.books import Books
from huiqi.demo.dice import Bools, Dice
from huiqi.demo.register import COMPANY, Register, open_day
from huiqi.demo.trades import TRADES

Days = NDArray[np.datetime64]

_PURPOSES = ("working_capital", "fixed_assets", "equipment_renewal", "service_upgrade")
_SECURITIES = (
    "real_estate",
    "guarantor",
    "guarantee_company",
    "patent_pledge",
    "trademark_pledge",
    "insurance",
)
_SECURITY_CHANCES = (0.45, 0.55, 0.15, 0.02, 0.02, 0.05)
# No bank lends in the first weeks.
_NO_LOAN_DAYS = 60
_TRANSPORT = ("train", "hsr_sleeper", "hard_sleeper", "coach", "charter_domestic", "charter_overseas", "none")


def service_facts(register: Register, dice: Dice) -> dict[str, pa.Array]:
    fields = sorted({field for trade in TRADES for field in trade.fields})
    carried: list[Bools] = []
    for field in fields:
        in_field = np.array([field in trade.fields for trade in TRADES])
        carried.append(in_field[register.trade])
    is_service = register.in_trade("F52", "G", "H", "I", "L", "M", "O", "P", "Q", "R")
    fields.append("blind_massage")
    carried.append(register.in_trade("O8053") & dice.chance(0.06))
    return {"service_fields": columns.tags(carried, fields, is_service & dice.chance(0.92))}


def loan_facts(register: Register, books: Books, dice: Dice) -> dict[str, pa.Array]:
    """Banks tell only of those who borrow or ask, and few have agreed to be told about."""
    borrows = dice.chance(0.16) & (register.age_days > _NO_LOAN_DAYS)
    asks = dice.chance(0.05) & register.is_operating
    contract, maturity = _loan_days(register, dice)
    is_due_soon = maturity <= np.datetime64(register.as_of, "D") + 90
    balance = books.sales * 0.5 * dice.uniform() + 20_000
    secured = [
        dice.chance(chance) & may for chance, may in zip(_SECURITY_CHANCES, _pledges(register), strict=True)
    ]
    return {
        "loan_purpose": columns.words(dice.pick((0.7, 0.12, 0.1, 0.08)), _PURPOSES, borrows | asks),
        "loan_contract_on": columns.days(contract, borrows),
        "loan_maturity_on": columns.days(maturity, borrows),
        "needs_loan_renewal": columns.flags(is_due_soon & dice.chance(0.5), borrows),
        "is_first_time_borrower": columns.flags(
            ~borrows & dice.chance(0.75), borrows | asks | dice.chance(0.12)
        ),
        "loan_balance_cny": columns.money(np.where(borrows, balance, 0.0), borrows | asks, 1000),
        "guarantee_amount_cny": columns.money(balance, asks, 10_000),
        "collateral": columns.tags(secured, _SECURITIES, asks | dice.chance(0.08)),
    }


def _loan_days(register: Register, dice: Dice) -> tuple[Days, Days]:
    """Signed in the life of the business for one to three years; run out a month ago at the earliest."""
    term = 365 * (1 + dice.pick((0.6, 0.15, 0.25)))
    longest = np.minimum(term + 30, np.maximum(register.age_days - _NO_LOAN_DAYS, 1))
    signed = np.datetime64(register.as_of, "D") - dice.between(1, longest).astype("timedelta64[D]")
    return open_day(np.maximum(signed, register.founded), register.as_of), signed + term.astype(
        "timedelta64[D]"
    )


def _pledges(register: Register) -> tuple[Bools, ...]:
    """Who can offer each security: patents belong to companies that invent, trademarks to enterprises."""
    anybody = np.ones(register.count, np.bool_)
    invents = (register.kind == COMPANY) & register.in_trade("C", "I", "M")
    return anybody, anybody, anybody, invents & (register.months >= 12), ~register.is_individual, anybody


def tobacco_facts(register: Register, dice: Dice) -> dict[str, pa.Array]:
    """Most corner shops carry a tobacco licence; the bureau gives each a tier from 1 to 30."""
    sells_food = register.in_trade("F5212", "F5213", "F5226")
    is_licensed = sells_food & dice.chance(0.62) & (register.months >= 1)
    months = np.minimum(register.months, dice.between(1, 120))
    return {
        "tobacco_license_months": columns.whole(np.where(is_licensed, months, 0), sells_food),
        "tobacco_tier": columns.whole(np.minimum(1 + dice.decay(9.0), 30.0).astype(np.int64), is_licensed),
    }


def tour_facts(register: Register, dice: Dice) -> dict[str, pa.Array]:
    """The last group a travel agency reported; only a company can be licensed as one."""
    reports = (register.kind == COMPANY) & register.in_trade("L7291") & dice.chance(0.5)
    return {
        "tour_transport": columns.words(
            dice.pick((0.06, 0.03, 0.03, 0.7, 0.02, 0.01, 0.15)), _TRANSPORT, reports
        ),
        "tour_group_size": columns.whole(20 + dice.decay(90.0).astype(np.int64), reports),
        "tour_scenic_count": columns.whole(dice.between(1, 5), reports),
        "tour_nights": columns.whole(dice.between(0, 3), reports),
    }
