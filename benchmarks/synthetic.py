"""Synthetic businesses for the benchmarks: every fact a plan asks for, spread around the values it names.

Seeded; a fifth of every fact is unknown. Values keep to what all engines hold exactly: whole numbers below
2**31, numbers in quarters. They are drawn independently of each other: nothing here describes a city.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from huiqi.core.rules.conditions import Leaf, Op
from huiqi.core.rules.facts import CodeSystem, Fact, FactType, Value
from huiqi.core.rules.plan import Plan

EPOCH = date(1970, 1, 1).toordinal()
MISSING_SHARE = 0.2
TAG_SHARE = 0.1
LARGEST = 2**31 - 1

Numbers = NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class Cells:
    """One fact of all businesses, the way every engine starts: raw numbers, and codes of a dictionary.

    ``values`` are int64 money, int32 integers and days, float64 numbers, bools, indices into ``words``, or
    for sets bytes of the shape (ceil(tags / 8), rows) whose bits are the tags in ``words``.
    """

    known: NDArray[np.bool_]
    values: Numbers
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Population:
    """All businesses, column by column."""

    plan: Plan
    rows: int
    cells: Mapping[str, Cells]

    def head(self, rows: int) -> "Population":
        """The first businesses."""
        cells = {
            fact_id: Cells(each.known[:rows], each.values[..., :rows], each.words)
            for fact_id, each in self.cells.items()
        }
        return Population(self.plan, rows, cells)

    def facts_of(self, row: int) -> dict[str, Value]:
        """One business as core.rules knows it."""
        return {
            fact_id: _value(self.plan.dictionary[fact_id], each, row)
            for fact_id, each in self.cells.items()
            if each.known[row]
        }


def invent(plan: Plan, rows: int, seed: int = 20_260_630) -> Population:
    """Invent businesses for a plan."""
    dice = np.random.default_rng(seed)
    asked: dict[str, list[Leaf]] = {}
    for leaf in plan.leaves:
        asked.setdefault(leaf.fact, []).append(leaf)
    return Population(
        plan,
        rows,
        {fact_id: _cells(plan.dictionary[fact_id], leaves, rows, dice) for fact_id, leaves in asked.items()},
    )


def _cells(fact: Fact, leaves: list[Leaf], rows: int, dice: np.random.Generator) -> Cells:
    known = dice.random(rows) >= MISSING_SHARE
    named = {value for leaf in leaves if leaf.op is not Op.EXISTS for value in leaf.values}
    match fact.type:
        case FactType.BOOL:
            return Cells(known, dice.random(rows) < 0.5)
        case FactType.ENUM:
            words = tuple(choice.code for choice in fact.choices)
            return Cells(known, dice.integers(0, len(words), rows).astype(np.uint8), words)
        case FactType.CODE:
            words = _codes_around(fact, {str(value) for value in named})
            return Cells(known, dice.integers(0, len(words), rows).astype(np.uint16), words)
        case FactType.SET:
            return _sets(fact, known, rows, dice)
        case _:
            return Cells(known, _numbers(fact, named, rows, dice))


def _codes_around(fact: Fact, named: set[str]) -> tuple[str, ...]:
    """The codes the rules name, coarser ones, and finer ones below them."""
    if fact.code_system is CodeSystem.INDUSTRY:
        around = {code[:1] for code in named} | {
            (code + ending)[:5] for code in named for ending in ("10", "21")
        }
        return tuple(sorted(named | {code for code in around if len(code) != 2}))
    ends = ("0000", "0100", "0101", "0502", "0900")
    return tuple(sorted(named | {code[:2] + ending for code in named for ending in ends}))


def _sets(fact: Fact, known: NDArray[np.bool_], rows: int, dice: np.random.Generator) -> Cells:
    words = tuple(choice.code for choice in fact.choices)
    groups = np.zeros((-(-len(words) // 8), rows), np.uint8)
    for tag in range(len(words)):
        groups[tag // 8] |= (dice.random(rows) < TAG_SHARE).astype(np.uint8) << (tag % 8)
    return Cells(known, groups, words)


def _numbers(fact: Fact, named: set[Value], rows: int, dice: np.random.Generator) -> Numbers:
    points = sorted(_point(value) for value in named) or [0]
    beside = max(points[-1] - points[0], 1) * 0.3
    low, high = int(points[0] - beside), min(int(points[-1] + beside) + 1, LARGEST)
    if fact.type is FactType.NUMBER:
        return dice.integers(low * 4, high * 4, rows) / 4
    return dice.integers(low, high, rows).astype(np.int64 if fact.type is FactType.MONEY else np.int32)


def _point(value: Value) -> int | float:
    if isinstance(value, date):
        return value.toordinal() - EPOCH
    assert isinstance(value, (int, float))
    return value


def _value(fact: Fact, cells: Cells, row: int) -> Value:
    if fact.type is FactType.SET:
        bits = np.unpackbits(cells.values[:, row].astype(np.uint8), bitorder="little")
        return frozenset(tag for tag, bit in zip(cells.words, bits, strict=False) if bit)
    value = cells.values[row].item()
    if cells.words:
        return cells.words[value]
    found: Value = date.fromordinal(value + EPOCH) if fact.type is FactType.DATE else value
    return found
