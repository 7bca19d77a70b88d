"""Derived facts over columns, with the meaning core.rules.derivation gives them.

Nothing is worked out a second time here: core is asked once for each distinct founding day, and once for
each distinct combination of trade and bands between the size standard's bounds.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from huiqi.core.rules.derivation import (
    ESTABLISHED_ON,
    MONTHS_SINCE_ESTABLISHED,
    SIZE_CLASS,
    SIZE_INPUTS,
    derive,
    full_months,
)
from huiqi.core.rules.facts import Value
from huiqi.core.standards.size_class import YUAN_PER_WAN, Bounds, SizeStandard
from huiqi.population.columns import EPOCH, Block, CodeColumn, Column, NumberColumn
from huiqi.population.planes import Plane, pack, unpack

INDUSTRY, *AMOUNTS = SIZE_INPUTS
INPUTS: Mapping[str, tuple[str, ...]] = {
    MONTHS_SINCE_ESTABLISHED: (ESTABLISHED_ON,),
    SIZE_CLASS: SIZE_INPUTS,
}


class Deriver:
    """Adds to blocks the facts of ``wanted`` that can be derived, only where they are absent."""

    def __init__(self, as_of: date, size_standard: SizeStandard | None, wanted: frozenset[str]) -> None:
        self._months = _Months(as_of) if MONTHS_SINCE_ESTABLISHED in wanted else None
        self._sizes = (
            _Sizes(size_standard, as_of) if size_standard is not None and SIZE_CLASS in wanted else None
        )

    def derive(self, block: Block) -> Block:
        """The block with its columns completed."""
        columns: dict[str, Column] = dict(block.columns)
        established_on = columns.get(ESTABLISHED_ON)
        if self._months is not None and isinstance(established_on, NumberColumn):
            given = columns.get(MONTHS_SINCE_ESTABLISHED)
            columns[MONTHS_SINCE_ESTABLISHED] = self._months.complete(
                given if isinstance(given, NumberColumn) else None, established_on
            )
        industry = columns.get(INDUSTRY)
        if self._sizes is not None and isinstance(industry, CodeColumn):
            size = columns.get(SIZE_CLASS)
            amounts = [columns.get(fact_id) for fact_id in AMOUNTS]
            columns[SIZE_CLASS] = self._sizes.complete(
                size if isinstance(size, CodeColumn) else None,
                industry,
                [amount if isinstance(amount, NumberColumn) else None for amount in amounts],
            )
        return replace(block, columns=columns)


def _absent(given: Column | None, source: Plane) -> Plane:
    """The rows that may be derived: their source is known and they are not."""
    return source.copy() if given is None else source & ~given.present


class _Months:
    """Full months since founding, through a table that grows with the days met."""

    def __init__(self, as_of: date) -> None:
        self._as_of = as_of
        self._known: dict[int, int] = {}

    def complete(self, given: NumberColumn | None, established_on: NumberColumn) -> NumberColumn:
        rows = len(established_on.values)
        absent = _absent(given, established_on.present)
        places = np.flatnonzero(unpack(absent, rows))
        values = np.zeros(rows, np.int64) if given is None else given.values.astype(np.int64)
        if len(places):
            values[places] = self._months(established_on.values[places].astype(np.int64))
        return NumberColumn(values, absent if given is None else absent | given.present)

    def _months(self, days: NDArray[np.int64]) -> NDArray[np.int64]:
        first = int(days.min())
        is_met = np.zeros(int(days.max()) - first + 1, np.bool_)
        is_met[days - first] = True
        table = np.zeros(len(is_met), np.int64)
        for place in np.flatnonzero(is_met).tolist():
            table[place] = self._of(first + place)
        months: NDArray[np.int64] = table[days - first]
        return months

    def _of(self, day: int) -> int:
        months = self._known.get(day)
        if months is None:
            months = self._known[day] = full_months(date.fromordinal(day + EPOCH), self._as_of)
        return months


class _Sizes:
    """Size classes, through one answer of core for each combination of trade and bands."""

    UNASKED, UNKNOWN = -2, -1

    def __init__(self, standard: SizeStandard, as_of: date) -> None:
        self._standard = standard
        self._as_of = as_of
        self._trades: dict[tuple[str | None, bool], int] = {}
        self._trade_of: dict[str, int] = {}
        self._codes: list[str] = []  # one industry code for each trade
        bounds = [
            [row.employees for row in standard.rows],
            [row.revenue for row in standard.rows],
            [row.assets for row in standard.rows],
        ]
        self._cuts = [
            _cuts(each, unit) for each, unit in zip(bounds, (1, YUAN_PER_WAN, YUAN_PER_WAN), strict=True)
        ]
        self._shape = tuple(len(cuts) + 2 for cuts in self._cuts)  # unknown, below the first cut, above each
        self._answers = np.empty((0, *self._shape), np.int8)
        self._classes: list[str] = []

    def complete(
        self, given: CodeColumn | None, industry: CodeColumn, amounts: list[NumberColumn | None]
    ) -> CodeColumn:
        rows = len(industry.indices)
        places = np.flatnonzero(unpack(_absent(given, industry.present), rows))
        trades = np.array([self._trade(code) for code in industry.dictionary], np.intp)
        keys = [trades[industry.indices[places]]] if len(places) else [np.empty(0, np.intp)]
        for amount, cuts in zip(amounts, self._cuts, strict=True):
            keys.append(_bands(amount, cuts, places))
        found = self._look_up(np.ravel_multi_index(tuple(keys), (len(self._codes), *self._shape)))
        return self._merge(given, rows, places, found)

    def _trade(self, code: str) -> int:
        """The number of the trade a code belongs to; codes the standard treats alike share one."""
        trade = self._trade_of.get(code)
        if trade is None:
            row = self._standard.row_of(code)
            treated = (None if row is None else row.name, self._standard.excludes(code))
            if treated not in self._trades:
                self._trades[treated] = len(self._codes)
                self._codes.append(code)
                unasked = np.full((1, *self._shape), self.UNASKED, np.int8)
                self._answers = np.concatenate([self._answers, unasked])
            trade = self._trade_of[code] = self._trades[treated]
        return trade

    def _look_up(self, keys: NDArray[np.intp]) -> NDArray[np.int8]:
        answers = self._answers.reshape(-1)
        is_met = np.zeros(len(answers), np.bool_)
        is_met[keys] = True
        for key in np.flatnonzero(is_met & (answers == self.UNASKED)).tolist():
            answers[key] = self._ask(key)
        found: NDArray[np.int8] = answers[keys]
        return found

    def _ask(self, key: int) -> int:
        trade, *bands = (int(place) for place in np.unravel_index(key, (len(self._codes), *self._shape)))
        facts: dict[str, Value] = {INDUSTRY: self._codes[trade]}
        for fact_id, cuts, band in zip(AMOUNTS, self._cuts, bands, strict=True):
            if band:
                facts[fact_id] = int(cuts[band - 2]) if band > 1 else int(cuts[0]) - 1
        size = derive(facts, self._as_of, self._standard).facts.get(SIZE_CLASS)
        if size is None:
            return self.UNKNOWN
        if size not in self._classes:
            self._classes.append(str(size))
        return self._classes.index(str(size))

    def _merge(
        self, given: CodeColumn | None, rows: int, places: NDArray[np.intp], found: NDArray[np.int8]
    ) -> CodeColumn:
        known = () if given is None else given.dictionary
        indices = np.zeros(rows, np.int32) if given is None else given.indices.astype(np.int32)
        is_derived = np.zeros(rows, np.bool_)
        is_derived[places] = found >= 0
        indices[places] = np.where(found >= 0, len(known) + found.astype(np.int32), indices[places])
        present = pack(is_derived) if given is None else given.present | pack(is_derived)
        return CodeColumn(indices, (*known, *self._classes), present)


def _cuts(bounds: list[Bounds | None], unit: int) -> NDArray[np.int64]:
    kept = [each for each in bounds if each is not None]
    return np.array(
        sorted({bound * unit for each in kept for bound in (each.large, each.medium, each.small)}), np.int64
    )


def _bands(
    amount: NumberColumn | None, cuts: NDArray[np.int64], places: NDArray[np.intp]
) -> NDArray[np.intp]:
    """0 for an unknown amount, 1 below the first cut, then one more for each cut reached."""
    if amount is None:
        return np.zeros(len(places), np.intp)
    is_known = unpack(amount.present, len(amount.values))[places]
    bands = np.searchsorted(cuts, amount.values[places], side="right") + 1
    return np.where(is_known, bands, 0)
