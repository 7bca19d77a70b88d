"""How many small faults in the rule trees the worked cases would notice: `python -m benchmarks.mutation`.

Each item's tree is changed in one place at a time; a changed tree is caught when at least one of the item's
own cases gets another verdict than a person gave it. Mutants that mean the same as the original can never be
caught and are counted all the same, so the share errs on the low side.
"""

import argparse
import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from huiqi.catalogue.items import Catalogue, Item, WorkedCase
from huiqi.catalogue.load import load_catalogue
from huiqi.core.rules.conditions import All, AnyOf, Condition, Leaf, Not, Op
from huiqi.core.rules.derivation import derive
from huiqi.core.rules.evaluation import decide
from huiqi.core.rules.facts import FactDictionary, FactType, Value
from huiqi.core.rules.rule import Rule

NUMBER_STEP = 0.1
_TOGGLED = {Op.GT: Op.GE, Op.GE: Op.GT, Op.LT: Op.LE, Op.LE: Op.LT}
_REVERSED = {
    Op.EQ: Op.NE, Op.NE: Op.EQ, Op.IN: Op.NOT_IN, Op.NOT_IN: Op.IN,
    Op.GT: Op.LE, Op.LE: Op.GT, Op.GE: Op.LT, Op.LT: Op.GE,
}  # fmt: skip
# A whole-numbered bound moved one step this way is the toggled bound again, so only the other way is new.
_SAME_AS_TOGGLED = {Op.GE: 1, Op.GT: -1, Op.LE: -1, Op.LT: 1}
_LISTED = (Op.IN, Op.NOT_IN, Op.HAS_ANY)


class Operator(StrEnum):
    """The ways a tree is changed; all but the last change one leaf."""

    BOUND = "strict and inclusive exchanged"
    THRESHOLD = "threshold moved one step"
    NEGATED = "leaf negated"
    ELEMENT = "one element left out of a list"
    DROPPED = "leaf left out"
    REGROUPED = "all and any exchanged"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed tree and what was done to get it; ``leaf`` is the leaf as it stood."""

    operator: Operator
    condition: Condition
    leaf: Leaf | None
    change: str


@dataclass(frozen=True, slots=True)
class Score:
    """How many mutants there were and which were missed, with the item each belongs to."""

    totals: Counter[Operator]
    missed: tuple[tuple[str, Mutant], ...]

    @property
    def total(self) -> int:
        return self.totals.total()

    @property
    def caught(self) -> int:
        return self.total - len(self.missed)

    @property
    def share(self) -> float:
        return self.caught / self.total


def score(catalogue: Catalogue, cases: Iterable[WorkedCase] | None = None) -> Score:
    """Try every mutant of every item against the item's cases (or only those among ``cases``)."""
    by_item: dict[str, list[WorkedCase]] = {item_id: [] for item_id in catalogue.items}
    for case in catalogue.cases if cases is None else cases:
        by_item[case.item_id].append(case)
    totals: Counter[Operator] = Counter()
    missed = []
    for item in catalogue.items.values():
        for mutant in mutants(item, catalogue.dictionary):
            totals[mutant.operator] += 1
            if not is_caught(item, mutant, by_item[item.id], catalogue.dictionary):
                missed.append((item.id, mutant))
    return Score(totals, tuple(missed))


def is_caught(item: Item, mutant: Mutant, cases: Iterable[WorkedCase], dictionary: FactDictionary) -> bool:
    """Whether one of the cases gets another verdict from the mutant than the one expected."""
    rule = Rule(item.id, item.window, mutant.condition)
    return any(
        decide(rule, derive(case.facts, case.as_of, None).facts, case.as_of, dictionary) is not case.expected
        for case in cases
    )


def mutants(item: Item, dictionary: FactDictionary) -> Iterator[Mutant]:
    """Every mutant of the item's tree, in a fixed order."""
    for operator, condition, leaf, change in _changes(item.condition, dictionary):
        if condition is not None:  # leaving out the only condition leaves no rule
            yield Mutant(operator, condition, leaf, change)


Change = tuple[Operator, Condition | None, Leaf | None, str]


def _changes(node: Condition, dictionary: FactDictionary) -> Iterator[Change]:
    match node:
        case Leaf():
            yield from _leaf_changes(node, dictionary)
        case Not(child):
            for operator, changed, leaf, change in _changes(child, dictionary):
                yield operator, None if changed is None else Not(changed), leaf, change
        case All(children) | AnyOf(children):
            yield from _group_changes(node, children, dictionary)


def _group_changes(
    node: All | AnyOf, children: tuple[Condition, ...], dictionary: FactDictionary
) -> Iterator[Change]:
    for place, child in enumerate(children):
        before, after = children[:place], children[place + 1 :]
        for operator, changed, leaf, change in _changes(child, dictionary):
            kept = (*before, *after) if changed is None else (*before, changed, *after)
            yield operator, replace(node, children=kept) if kept else None, leaf, change
    if len(children) > 1:
        other = AnyOf(children) if isinstance(node, All) else All(children)
        yield Operator.REGROUPED, other, None, f"{type(node).__name__} of {len(children)}"


def _leaf_changes(leaf: Leaf, dictionary: FactDictionary) -> Iterator[Change]:
    for toggled in _toggled_bounds(leaf):
        yield Operator.BOUND, toggled, leaf, "bound"
    for moved in _moved_thresholds(leaf, dictionary[leaf.fact].type):
        yield Operator.THRESHOLD, moved, leaf, f"now {moved.value}"
    yield Operator.NEGATED, _negated(leaf), leaf, "negated"
    if leaf.op in _LISTED and len(leaf.values) > 1:
        for member in leaf.values:
            rest = tuple(value for value in leaf.values if value != member)
            yield Operator.ELEMENT, replace(leaf, value=rest), leaf, f"without {member}"
    yield Operator.DROPPED, None, leaf, "dropped"


def _toggled_bounds(leaf: Leaf) -> Iterator[Condition]:
    if leaf.op in _TOGGLED:
        yield replace(leaf, op=_TOGGLED[leaf.op])
    elif leaf.op is Op.BETWEEN:
        low, high = leaf.values
        yield All((Leaf(leaf.fact, Op.GT, low), Leaf(leaf.fact, Op.LE, high)))
        yield All((Leaf(leaf.fact, Op.GE, low), Leaf(leaf.fact, Op.LT, high)))


def _moved_thresholds(leaf: Leaf, kind: FactType) -> Iterator[Leaf]:
    if leaf.op is Op.BETWEEN:  # the toggled ends narrow it by one, so it is only widened
        low, high = leaf.values
        yield replace(leaf, value=(_moved(low, -1, kind), high))
        yield replace(leaf, value=(low, _moved(high, 1, kind)))
    elif leaf.op in _TOGGLED:
        for direction in (-1, 1):
            if kind is FactType.NUMBER or direction != _SAME_AS_TOGGLED[leaf.op]:
                yield replace(leaf, value=_moved(leaf.values[0], direction, kind))


def _moved(value: Value, direction: int, kind: FactType) -> Value:
    if isinstance(value, datetime.date):
        return value + datetime.timedelta(days=direction)
    assert isinstance(value, (int, float))
    return round(value + direction * NUMBER_STEP, 6) if kind is FactType.NUMBER else value + direction


def _negated(leaf: Leaf) -> Condition:
    if leaf.op is Op.EXISTS:
        return replace(leaf, value=not leaf.value)
    return replace(leaf, op=_REVERSED[leaf.op]) if leaf.op in _REVERSED else Not(leaf)


def main() -> int:
    parser = argparse.ArgumentParser(description="Mutate the rule trees; see what the worked cases notice.")
    parser.add_argument("--catalogue", type=Path, help="another catalogue folder")
    parser.add_argument("--missed", action="store_true", help="list every mutant that was missed")
    chosen = parser.parse_args()
    catalogue = load_catalogue(chosen.catalogue)
    result = score(catalogue)
    by_operator = Counter(mutant.operator for _, mutant in result.missed)
    by_item = Counter(item_id for item_id, _ in result.missed)
    for item in catalogue.items.values():
        total = sum(1 for _ in mutants(item, catalogue.dictionary))
        print(f"{item.id} · {total - by_item[item.id]} of {total}")
    if chosen.missed:
        for item_id, mutant in result.missed:
            print(f"missed · {item_id} · {mutant.operator} · {mutant.leaf or ''} · {mutant.change}")
    for operator in Operator:
        total = result.totals[operator]
        print(f"{operator} · {total - by_operator[operator]} of {total}")
    print(f"all · {result.caught} of {result.total} · {result.share:.1%} · {len(catalogue.cases)} cases")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
