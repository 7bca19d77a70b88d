"""The register of the demo city: of which kind, where, in which trade, since when, in which state."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from huiqi.demo import columns
from huiqi.demo.areas import AREAS
from huiqi.demo.dice import Bools, Dice, Floats, Ints
from huiqi.demo.trades import TRADES

INDIVIDUAL, COMPANY, SOLE, PARTNERSHIP, COOPERATIVE = range(5)
KINDS = ("individual_business", "company", "sole_proprietorship", "partnership", "farmers_cooperative")
HEADS = ("92", "91", "91", "91", "93")
_KIND_SHARES = (0.75, 0.205, 0.012, 0.008, 0.025)
_TRADE_WEIGHT_OF_KIND = (0, 1, 1, 1, 2)
_MEAN_AGE_DAYS = (1650.0, 2300.0, 2600.0, 1900.0, 2700.0)
_OLDEST_DAYS = 30 * 365
# The laws on sole owners (2000), partnerships (1997) and cooperatives (2007) came before their first one.
_FIRST_DAY_OF_KIND = ("1985-01-01", "1994-07-01", "2000-01-01", "1997-08-01", "2007-07-01")
_FIRST_DAY_OF_ONLINE_SHOPS = "2005-01-01"
# What only a company may do: develop land, dispatch labour, make chemicals and medicines, sell petrol.
_COMPANIES_ONLY = ("K7010", "L7263", "C26", "C27", "F5265")
# Days on which no counter is open in any year; the feasts of the moon calendar are left out.
_CLOSED = ("01-01", "05-01", "05-02", "05-03", *(f"10-0{day}" for day in range(1, 8)))


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """One row a business. `months` are full months to `as_of`; a state that is not known is not True."""

    as_of: date
    kind: Ints
    area: Ints
    trade: Ints
    founded: NDArray[np.datetime64]
    months: Ints
    is_operating: Bools
    is_report_filed: Bools
    is_abnormal: Bools
    is_dishonest: Bools
    known: dict[str, Bools]

    @property
    def count(self) -> int:
        return len(self.kind)

    @property
    def is_individual(self) -> Bools:
        return np.equal(self.kind, INDIVIDUAL)

    @property
    def is_founded_this_year(self) -> Bools:
        is_this_year: Bools = self.founded.astype("datetime64[Y]") == np.datetime64(self.as_of, "Y")
        return is_this_year

    @property
    def is_founded_before_last_year(self) -> Bools:
        """Lived through the whole of the year before `as_of`."""
        is_before: Bools = self.founded.astype("datetime64[Y]") < np.datetime64(self.as_of, "Y") - 1
        return is_before

    @property
    def age_days(self) -> Ints:
        return (np.datetime64(self.as_of, "D") - self.founded).astype(np.int64)

    @property
    def share_of_last_year(self) -> Floats:
        """The part of the calendar year before `as_of` in which it existed: 0 if founded since."""
        end = np.datetime64(self.as_of, "Y").astype("datetime64[D]")
        share: Floats = np.clip((end - self.founded).astype(np.int64) / 365.0, 0.0, 1.0)
        return share

    def share_of_last(self, days: int) -> Floats:
        """The part of the `days` before `as_of` in which it existed."""
        return np.minimum(self.age_days / days, 1.0)

    @property
    def passes_gate(self) -> Bools:
        """In good standing as far as the register knows; the judgement itself is made by the rules."""
        is_filed = (self.is_report_filed & self.known["annual_report_filed"]) | self.is_founded_this_year
        is_clean = self.known["in_abnormal_list"] & ~self.is_abnormal
        return self.is_operating & self.known["is_operating"] & is_filed & is_clean

    def in_trade(self, *prefixes: str) -> Bools:
        """Whose industry code begins with one of the prefixes."""
        matching = np.array([trade.code.startswith(prefixes) for trade in TRADES])
        return matching[self.trade]


def draw_register(dice: Dice, as_of: date) -> Register:
    kind = dice.deal(_KIND_SHARES)
    area = dice.deal([area.weight for area in AREAS])
    trade = _trades(dice, kind, area)
    founded = _founding_days(dice, kind, trade, as_of)
    months = _full_months(founded, as_of)
    known = {
        "is_operating": dice.chance(0.985),
        "annual_report_filed": dice.chance(0.985)
        & (founded.astype("datetime64[Y]") < np.datetime64(as_of, "Y")),
        "in_abnormal_list": dice.chance(0.99),
        "is_serious_dishonest": dice.chance(0.98),
        "is_dishonest_judgment_debtor": dice.chance(0.95),
    }
    is_operating = dice.chance(0.94)
    is_report_filed = dice.chance(np.where(is_operating, 0.92, 0.35))
    owes_report = ~is_report_filed & known["annual_report_filed"]
    return Register(
        as_of=as_of,
        kind=kind,
        area=area,
        trade=trade,
        founded=founded,
        months=months,
        is_operating=is_operating,
        is_report_filed=is_report_filed,
        is_abnormal=dice.chance(np.where(owes_report, 0.8, 0.008)),
        is_dishonest=dice.chance(np.where(is_operating, 0.008, 0.03)),
        known=known,
    )


def register_facts(register: Register, dice: Dice) -> dict[str, pa.Array]:
    """What the market regulator, the courts and the tax inspectors know of everybody."""
    always = np.ones(register.count, np.bool_)
    is_enterprise = ~register.is_individual
    is_private = is_enterprise & dice.chance(0.97)
    return {
        "entity_type": columns.words(register.kind, KINDS, always),
        "region_code": columns.words(register.area, [area.code for area in AREAS], always),
        "industry_code": columns.words(register.trade, [trade.code for trade in TRADES], dice.chance(0.985)),
        "established_on": columns.days(register.founded, always),
        "is_operating": columns.flags(register.is_operating, register.known["is_operating"]),
        "annual_report_filed": columns.flags(register.is_report_filed, register.known["annual_report_filed"]),
        "in_abnormal_list": columns.flags(register.is_abnormal, register.known["in_abnormal_list"]),
        "is_serious_dishonest": columns.flags(
            register.is_dishonest & dice.chance(0.25), register.known["is_serious_dishonest"]
        ),
        "is_dishonest_judgment_debtor": columns.flags(
            register.is_dishonest, register.known["is_dishonest_judgment_debtor"]
        ),
        "has_admin_penalty": columns.flags(dice.chance(0.02), dice.chance(0.95)),
        "converted_from_individual": columns.flags((register.kind == COMPANY) & dice.chance(0.04), always),
        "is_private_enterprise": columns.flags(is_private, is_enterprise),
        "in_restricted_industry": columns.flags(
            register.in_trade("R9011", "R9013") & dice.chance(0.5), dice.chance(0.8)
        ),
    }


def _trades(dice: Dice, kind: Ints, area: Ints) -> Ints:
    position = dice.uniform()
    trade = np.zeros(dice.count, np.int64)
    for area_index, place in enumerate(AREAS):
        for kind_index, column in enumerate(_TRADE_WEIGHT_OF_KIND):
            weights = [
                each.weights[column] * place.strength(each.code) * _may_do(kind_index, each.code)
                for each in TRADES
            ]
            here = (area == area_index) & (kind == kind_index)
            trade[here] = Dice.indices(position[here], weights)
    return trade


def _may_do(kind: int, trade: str) -> bool:
    return kind not in (SOLE, PARTNERSHIP) or not trade.startswith(_COMPANIES_ONLY)


def _founding_days(dice: Dice, kind: Ints, trade: Ints, as_of: date) -> NDArray[np.datetime64]:
    """Mostly young with a long tail, and never on a weekend or holiday, when the counter is closed."""
    age = dice.decay(np.array(_MEAN_AGE_DAYS)[kind])
    oldest = np.minimum(_days_possible(kind, trade, as_of), _OLDEST_DAYS)
    # The few that would be too old take their turn again from today.
    ages = np.mod(age, oldest).astype(np.int64)
    day = np.datetime64(as_of, "D") - ages.astype("timedelta64[D]")
    return open_day(day, as_of)


def _days_possible(kind: Ints, trade: Ints, as_of: date) -> Ints:
    """Since a business of this kind in this trade could first be registered."""
    first = np.array(_FIRST_DAY_OF_KIND, "datetime64[D]")[kind]
    is_online = np.array([each.code == "F5292" for each in TRADES])[trade]
    first = np.where(is_online, np.maximum(first, np.datetime64(_FIRST_DAY_OF_ONLINE_SHOPS)), first)
    days: Ints = (np.datetime64(as_of, "D") - first).astype(np.int64) - 30
    return days


def open_day(day: NDArray[np.datetime64], as_of: date) -> NDArray[np.datetime64]:
    """The day itself, or the last one before it on which counters were open."""
    years = range(as_of.year - 32, as_of.year + 1)
    closed = np.array([f"{year}-{each}" for year in years for each in _CLOSED], "datetime64[D]")
    return np.busday_offset(day, 0, roll="backward", holidays=closed)


def _full_months(founded: NDArray[np.datetime64], as_of: date) -> Ints:
    month = founded.astype("datetime64[M]")
    begun = (np.datetime64(as_of, "M") - month).astype(np.int64)
    day_of_month = (founded - month.astype("datetime64[D]")).astype(np.int64) + 1
    full: Ints = begun - (day_of_month > as_of.day)
    return full
