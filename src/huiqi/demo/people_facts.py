"""Owners and staff: what the labour office, the police and the disabled persons' federation know."""

import numpy as np
import pyarrow as pa

from huiqi.demo import columns
from huiqi.demo.areas import AREAS, CITY
from huiqi.demo.books import ENTERPRISE, QUIET, Books
from huiqi.demo.dice import Bools, Dice, Floats, Ints
from huiqi.demo.register import Register

# Neighbours and big cities people come from.
_ELSEWHERE = (CITY, "410725", "410726", "419001", "410100", "410300", "140525", "330300", "350500")


def owner_facts(register: Register, dice: Dice) -> dict[str, pa.Array]:
    """Who runs it. Much of this is known only of those who once asked for something."""
    age = _ages(register, dice)
    is_local = dice.chance(0.93)
    homes = [*(area.code for area in AREAS), *_ELSEWHERE]
    home = np.where(is_local, register.area, len(AREAS) + dice.between(0, len(_ELSEWHERE) - 1))
    identities = _identities(register, dice, age, is_local=is_local)
    paid_in = np.minimum(dice.between(1, 180), 12 * (age - 18))
    return {
        "owner_age": columns.whole(age, dice.chance(0.86)),
        "owner_hukou_code": columns.words(home, homes, dice.chance(0.8)),
        "owner_identity": columns.tags(
            list(identities.values()),
            list(identities),
            np.where(register.is_individual, dice.chance(0.42), dice.chance(0.25)),
        ),
        "is_first_startup": columns.flags(dice.chance(0.72), dice.chance(0.6)),
        "owner_employed_elsewhere": columns.flags(
            dice.chance(0.05) & ~identities["registered_unemployed"], dice.chance(0.5)
        ),
        "owner_credit_good": columns.flags(
            dice.chance(np.where(register.is_dishonest, 0.0, 0.95)), dice.chance(0.3)
        ),
        "owner_has_other_loans": columns.flags(dice.chance(0.3), dice.chance(0.22)),
        "owner_si_paid_months": columns.whole(np.where(dice.chance(0.7), 0, paid_in), dice.chance(0.4)),
    }


def _ages(register: Register, dice: Dice) -> Ints:
    at_founding = 18.0 + 26.0 * (dice.uniform() + dice.uniform()) / 2 + dice.decay(6.0)
    return np.minimum(at_founding + register.months / 12.0, 84.0).astype(np.int64)


def _identities(register: Register, dice: Dice, age: Ints, *, is_local: Bools) -> dict[str, Bools]:
    """Many carry none. A graduate of two years is also one of five; a soldier released is also a veteran.

    Nobody graduates before 21 or leaves the army before 20; the unemployed founded a short while ago.
    """
    in_village = register.in_trade("A", "R9030", "H6130")
    graduate_2y = (age >= 21) & (age <= 26) & dice.chance(0.2)
    served = age >= 20
    soldier = served & (age <= 50) & dice.chance(0.012)
    came_jobless = (register.months < 36) & (age < 60)
    half_year = came_jobless & dice.chance(0.02)
    returning: Floats = np.where(in_village, 0.16, 0.07)
    return {
        "college_graduate_2y": graduate_2y,
        "college_graduate_5y": graduate_2y | ((age >= 21) & (age <= 30) & dice.chance(0.15)),
        "veteran": soldier | (served & dice.chance(0.02)),
        "self_employed_veteran_soldier": soldier,
        "returning_migrant_worker": served & is_local & dice.chance(returning),
        "rural_entrepreneur": in_village & is_local & dice.chance(0.35),
        "registered_unemployed": half_year | (came_jobless & dice.chance(0.05)),
        "unemployed_half_year": half_year,
        "hard_to_employ": (age >= 40) & (age < 60) & dice.chance(0.04),
        "disabled": dice.chance(0.012),
        "poverty_alleviated": dice.chance(np.where(in_village, 0.06, 0.012)),
        "online_merchant": register.in_trade("F5292") & dice.chance(0.7),
    }


def staff_facts(register: Register, books: Books, dice: Dice) -> dict[str, pa.Array]:
    """Whom it employs and insures, whom it hired in the last year."""
    is_enterprise = books.tier == ENTERPRISE
    is_quiet = books.tier == QUIET
    has_staff = (books.insured > 0) & is_enterprise
    insured_months = np.minimum(register.months, dice.between(1, 96))
    may_incubate = (
        (register.months < 36) & register.is_operating & ~register.in_trade("A", "C26", "K7010", "F5265")
    )
    facts = {
        "employees": columns.whole(books.employees, np.where(is_quiet, dice.chance(0.5), dice.chance(0.88))),
        "social_insurance_headcount": columns.whole(
            books.insured, np.where(is_quiet, dice.chance(0.9), ~is_enterprise | dice.chance(0.94))
        ),
        "unemployment_insurance_months": columns.whole(
            insured_months, (books.insured > 0) & dice.chance(0.95)
        ),
        "layoff_rate_pct": columns.percent(
            _layoffs(books, dice), has_staff & ~register.is_founded_this_year & dice.chance(0.85)
        ),
        "has_wage_or_si_arrears": columns.flags(dice.chance(0.012), (books.insured > 0) & dice.chance(0.9)),
        "jobs_created": columns.whole(books.employees, dice.chance(0.12)),
        "in_incubator": columns.flags(may_incubate & dice.chance(0.03), dice.chance(0.9)),
        "has_operating_difficulty": columns.flags(dice.chance(0.06), has_staff & dice.chance(0.2)),
    }
    return facts | _special_staff(books, dice, has_staff) | _hiring(books, dice, has_staff, insured_months)


def _layoffs(books: Books, dice: Dice) -> Floats:
    """In percent of those insured before: whole people, so a small firm mostly lays off nobody."""
    gone = np.rint(books.insured * np.minimum(dice.decay(0.03), 0.6))
    rate: Floats = 100.0 * gone / np.maximum(books.insured + gone, 1.0)
    return rate


def _special_staff(books: Books, dice: Dice, has_staff: Bools) -> dict[str, pa.Array]:
    """Disabled staff and interns: the few firms that have them, whole people."""
    employees = np.maximum(books.employees, 1)
    disabled = np.where(dice.chance(0.03), np.floor(books.employees * 0.15 * dice.uniform()), 0.0)
    takes_interns = (books.employees >= 10) & dice.chance(0.12)
    interns = np.where(takes_interns, np.minimum(1.0 + dice.decay(1.5), books.employees * 0.3), 0.0)
    return {
        "disabled_employees": columns.whole(disabled.astype(np.int64), has_staff & dice.chance(0.6)),
        "disabled_employment_ratio_pct": columns.percent(
            100.0 * disabled / employees, has_staff & dice.chance(0.6)
        ),
        "interns_count": columns.whole(interns.astype(np.int64), has_staff & dice.chance(0.5)),
    }


def _hiring(books: Books, dice: Dice, has_staff: Bools, insured_months: Ints) -> dict[str, pa.Array]:
    """New staff by the groups the subsidies name; counted only where the labour office saw the contracts.

    Together they are part of the staff, and nobody is insured for longer than the firm insures.
    """
    hires = has_staff & dice.chance(0.35)
    likely = {
        "hired_graduates_count": 0.25,
        "hired_unemployed_youth_count": 0.08,
        "hired_hard_to_employ_count": 0.08,
        "hired_half_year_unemployed_count": 0.06,
        "hired_poverty_alleviated_count": 0.08,
        "hired_veteran_soldiers_count": 0.04,
    }
    left = books.employees
    hired: dict[str, pa.Array] = {}
    for fact, chance in likely.items():
        count = np.where(dice.chance(chance), 1 + dice.decay(0.6), 0).astype(np.int64)
        count = np.minimum(count, left)
        left = left - count
        hired[fact] = columns.whole(count, hires)
    total = books.employees - left
    insured = np.minimum(dice.between(0, 12), insured_months)
    return hired | {
        "hired_target_group_ratio_pct": columns.percent(
            100.0 * total / np.maximum(books.employees, 1), hires
        ),
        "new_hire_contract_months": columns.whole(12 * dice.between(1, 3), hires & (total > 0)),
        "new_hire_insured_months": columns.whole(insured, hires & (total > 0)),
    }
