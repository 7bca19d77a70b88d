"""Science, honours, equipment, procurement: known of few, nearly all of them companies."""

import numpy as np
import pyarrow as pa

from huiqi.demo import columns
from huiqi.demo.books import ENTERPRISE, QUIET, Books
from huiqi.demo.dice import Bools, Dice, Floats, Ints
from huiqi.demo.register import COMPANY, Register

_EVENTS = ("first", "third_consecutive", "renewal", "moved_in", "none")


def venture_facts(register: Register, books: Books, dice: Dice) -> dict[str, pa.Array]:
    is_company = register.kind == COMPANY
    is_inventive = is_company & register.in_trade("C", "I", "M") & dice.chance(0.3)
    is_high_tech = is_inventive & (books.strength > 1.0) & (register.months >= 24) & dice.chance(0.5)
    honours = _honours(register, books, dice, is_inventive=is_inventive, is_high_tech=is_high_tech)
    known_company = is_company & dice.chance(0.85)
    return {
        "honours": columns.tags(
            list(honours.values()), list(honours), known_company | _is_listed(honours, dice)
        ),
        "high_tech_cert_event": columns.words(
            np.where(is_high_tech, _certifications(register, dice), 4), _EVENTS, known_company
        ),
        "evaluation_score": columns.percent(
            40.0 + 55.0 * dice.uniform(), is_inventive & (register.months >= 12) & dice.chance(0.1)
        ),
        "niche_market_years": columns.percent(
            _niche_years(register, honours, dice),
            honours["srdi_provincial"] | (is_inventive & dice.chance(0.35)),
        ),
        "equity_financing_2y_cny": columns.money(
            np.where(dice.chance(0.05), dice.decay(8e6), 0.0), is_inventive & dice.chance(0.4), 10_000
        ),
        "has_safety_env_incident": columns.flags(dice.chance(0.004), known_company),
        **_property(register, dice, is_inventive, is_high_tech, known_company),
        **_research(register, books, dice, is_inventive, is_high_tech, known_company),
        **_investment(register, books, dice, known_company),
    }


def _certifications(register: Register, dice: Dice) -> Ints:
    """Each holds three years, so a renewal needs four years of age and the third in a row seven."""
    event = dice.pick((0.35, 0.15, 0.2, 0.02, 0.28))
    needed = np.take(np.array([0, 84, 48, 0, 0]), event)
    return np.where(register.months >= needed, event, 0)


def _niche_years(register: Register, honours: dict[str, Bools], dice: Dice) -> Floats:
    """A 专精特新 firm has been in its niche for two years, a little giant for three."""
    needed = np.where(honours["little_giant_national"], 3.0, np.where(honours["srdi_provincial"], 2.0, 0.0))
    age = np.floor(register.months / 1.2) / 10
    return np.minimum(np.maximum(age * dice.uniform(), needed), age)


def _property(
    register: Register, dice: Dice, is_inventive: Bools, is_high_tech: Bools, known: Bools
) -> dict[str, pa.Array]:
    """Half a year for each patent and each other right; a high-tech firm owns at least one."""
    most = register.months // 6
    granted = np.minimum(np.floor(1 + dice.decay(4.0)), most)
    patents = np.where(is_inventive & (dice.chance(0.6) | is_high_tech), granted, 0.0)
    others = np.where(is_inventive, np.minimum(dice.between(0, 6), most), 0)
    return {"patents": columns.whole(patents, known), "ip_count": columns.whole(patents + others, known)}


def _research(
    register: Register, books: Books, dice: Dice, is_inventive: Bools, is_high_tech: Bools, known: Bools
) -> dict[str, pa.Array]:
    """Last year's figures. High-tech firms keep the shares of 国科发火〔2016〕32号 第十一条."""
    lived_last_year = ~register.is_founded_this_year
    reports = is_inventive & dice.chance(0.8)
    needed = np.where(books.sales <= 5e7, 5.0, np.where(books.sales <= 2e8, 4.0, 3.0))
    ratio = np.where(is_high_tech, needed * (1.0 + 0.6 * dice.uniform()), 0.7 + 1.5 * dice.uniform())
    spent = books.sales * register.share_of_last_year * ratio / 100.0
    staff = np.where(is_high_tech, 10.0, 4.0) + 26.0 * dice.uniform()
    sold = np.where(is_high_tech, 60.0, 30.0) + 40.0 * dice.uniform()
    return {
        "rd_expense_cny": columns.money(
            np.where(reports, spent, 0.0), known & lived_last_year & dice.chance(0.9), 1000
        ),
        "r_and_d_expense_ratio": columns.percent(ratio, reports & lived_last_year),
        "rd_staff_ratio_pct": columns.percent(staff, reports),
        "hi_tech_revenue_ratio_pct": columns.percent(sold, reports & lived_last_year & dice.chance(0.6)),
    }


def _investment(register: Register, books: Books, dice: Dice, known: Bools) -> dict[str, pa.Array]:
    buys = known & register.in_trade("A", "C", "E", "G") & dice.chance(0.2)
    amount = books.assets * 0.4 * dice.uniform()
    wins = dice.chance(0.03)
    return {
        "equipment_investment_cny": columns.money(
            np.where(buys, amount, 0.0), known & dice.chance(0.7), 1000
        ),
        "equipment_unit_price_cny": columns.money(amount * (0.1 + 0.5 * dice.uniform()), buys, 1000),
        "full_load_production": columns.flags(
            dice.chance(0.25), register.in_trade("C") & (books.sales >= 2e7)
        ),
        "has_gov_procurement_contract": columns.flags(wins, known & dice.chance(0.8)),
        "bids_gov_procurement": columns.flags(wins | dice.chance(0.05), known & dice.chance(0.7)),
    }


def _honours(
    register: Register, books: Books, dice: Dice, *, is_inventive: Bools, is_high_tech: Bools
) -> dict[str, Bools]:
    """A ladder: a little giant is also provincial 专精特新, and that is also an innovative SME.

    专精特新 needs 10 million 元 of sales; lists that rest on last year's figures need a last year;
    名特优新 are households of the two upper types.
    """
    is_enterprise = books.tier == ENTERPRISE
    is_known_by_figures = is_inventive & ~register.is_founded_this_year
    sells_enough = is_high_tech & (books.sales >= 1e7) & (register.months >= 36)
    giant = sells_enough & dice.chance(0.03)
    provincial = giant | (sells_enough & dice.chance(0.25))
    is_upper = ~is_enterprise & (books.tier > QUIET) & register.passes_gate
    return {
        "high_tech_enterprise": is_high_tech,
        "tech_sme": is_high_tech | (is_known_by_figures & dice.chance(0.45)),
        "innovative_sme": provincial | (is_known_by_figures & dice.chance(0.12)),
        "srdi_provincial": provincial,
        "little_giant_national": giant,
        "smart_workshop_provincial": register.in_trade("C") & is_high_tech & dice.chance(0.05),
        "provincial_rd_institution": is_high_tech & dice.chance(0.08),
        "ip_advantage": is_high_tech & dice.chance(0.04),
        "led_standard_making": is_high_tech & dice.chance(0.03),
        "city_key_enterprise": is_enterprise & (books.sales > 1e8) & dice.chance(0.3),
        "mtyx_household": is_upper & (register.months >= 24) & dice.chance(0.05),
    }


def _is_listed(honours: dict[str, Bools], dice: Dice) -> Bools:
    """Whoever carries an honour stands in its list; of most other files the lists say nothing."""
    carries_any: Bools = np.any(list(honours.values()), axis=0)
    return carries_any | dice.chance(0.15)
