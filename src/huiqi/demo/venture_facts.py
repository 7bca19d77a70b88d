"""Science, honours, equipment, procurement: known of few, nearly all of them companies."""

import numpy as np
import pyarrow as pa

from huiqi.demo import columns
from huiqi.demo.books import ENTERPRISE, QUIET, Books
from huiqi.demo.dice import Bools, Dice
from huiqi.demo.register import COMPANY, Register

_EVENTS = ("first", "third_consecutive", "renewal", "moved_in", "none")


def venture_facts(register: Register, books: Books, dice: Dice) -> dict[str, pa.Array]:
    is_company = register.kind == COMPANY
    is_inventive = is_company & register.in_trade("C", "I", "M") & dice.chance(0.3)
    is_high_tech = is_inventive & (books.strength > 1.0) & (register.months >= 24) & dice.chance(0.5)
    patents = np.where(is_inventive & dice.chance(0.6), 1 + dice.decay(4.0), 0).astype(np.int64)
    research = books.sales * np.where(is_high_tech, 0.035, 0.012) * (0.6 + 1.2 * dice.uniform())
    honours = _honours(register, books, dice, is_inventive=is_inventive, is_high_tech=is_high_tech)
    known_company = is_company & dice.chance(0.85)
    reports = is_inventive & dice.chance(0.8)
    return {
        "honours": columns.tags(
            list(honours.values()), list(honours), known_company | _is_listed(honours, dice)
        ),
        "high_tech_cert_event": columns.words(
            np.where(is_high_tech, dice.pick((0.35, 0.15, 0.2, 0.02, 0.28)), 4), _EVENTS, known_company
        ),
        "patents": columns.whole(patents, known_company),
        "ip_count": columns.whole(patents + np.where(is_inventive, dice.between(0, 6), 0), known_company),
        "rd_expense_cny": columns.money(
            np.where(reports, research, 0.0), known_company & dice.chance(0.9), 1000
        ),
        "r_and_d_expense_ratio": columns.percent(100.0 * research / books.sales, reports),
        "rd_staff_ratio_pct": columns.percent(4.0 + 26.0 * dice.uniform(), reports),
        "hi_tech_revenue_ratio_pct": columns.percent(
            30.0 + 70.0 * dice.uniform(), reports & dice.chance(0.6)
        ),
        "evaluation_score": columns.percent(40.0 + 55.0 * dice.uniform(), is_inventive & dice.chance(0.1)),
        "niche_market_years": columns.percent(
            register.months / 12 * dice.uniform(), is_inventive & dice.chance(0.35)
        ),
        "equity_financing_2y_cny": columns.money(
            np.where(dice.chance(0.05), dice.decay(8e6), 0.0), is_inventive & dice.chance(0.4), 10_000
        ),
        "has_safety_env_incident": columns.flags(dice.chance(0.004), known_company),
        **_investment(register, books, dice, known_company),
    }


def _investment(register: Register, books: Books, dice: Dice, known: Bools) -> dict[str, pa.Array]:
    buys = known & register.in_trade("A", "C", "E", "G") & dice.chance(0.2)
    amount = books.assets * 0.4 * dice.uniform()
    return {
        "equipment_investment_cny": columns.money(
            np.where(buys, amount, 0.0), known & dice.chance(0.7), 1000
        ),
        "equipment_unit_price_cny": columns.money(amount * (0.1 + 0.5 * dice.uniform()), buys, 1000),
        "full_load_production": columns.flags(
            dice.chance(0.25), register.in_trade("C") & (books.sales >= 2e7)
        ),
        "has_gov_procurement_contract": columns.flags(dice.chance(0.03), known & dice.chance(0.8)),
        "bids_gov_procurement": columns.flags(dice.chance(0.07), known & dice.chance(0.7)),
    }


def _honours(
    register: Register, books: Books, dice: Dice, *, is_inventive: Bools, is_high_tech: Bools
) -> dict[str, Bools]:
    """A ladder: a little giant is also provincial 专精特新, and that is also an innovative SME."""
    is_enterprise = books.tier == ENTERPRISE
    giant = is_high_tech & dice.chance(0.015)
    provincial = giant | (is_high_tech & dice.chance(0.16))
    return {
        "high_tech_enterprise": is_high_tech,
        "tech_sme": is_high_tech | (is_inventive & dice.chance(0.45)),
        "innovative_sme": provincial | (is_inventive & dice.chance(0.12)),
        "srdi_provincial": provincial,
        "little_giant_national": giant,
        "smart_workshop_provincial": register.in_trade("C") & is_high_tech & dice.chance(0.05),
        "provincial_rd_institution": is_high_tech & dice.chance(0.08),
        "ip_advantage": is_high_tech & dice.chance(0.04),
        "led_standard_making": is_high_tech & dice.chance(0.03),
        "city_key_enterprise": is_enterprise & (books.sales > 1e8) & dice.chance(0.3),
        "mtyx_household": ~is_enterprise & (books.tier > QUIET) & (register.months >= 24) & dice.chance(0.05),
    }


def _is_listed(honours: dict[str, Bools], dice: Dice) -> Bools:
    """Whoever carries an honour stands in its list; of most other files the lists say nothing."""
    carries_any: Bools = np.any(list(honours.values()), axis=0)
    return carries_any | dice.chance(0.15)
