"""The value space of a fact, cut into classes that a set of leaves cannot tell apart.

Advice and lint reason over these classes instead of sampling values. Codes are taken as complete
(a coarse code is a gap in knowledge, not a value of its own).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from huiqi.core.rules.conditions import Leaf, Op
from huiqi.core.rules.evaluation import leaf_state, significant_code
from huiqi.core.rules.facts import CodeSystem, Fact, FactType, Value

States = tuple[bool | None, ...]
_FULL_LENGTH = {CodeSystem.REGION: 6, CodeSystem.INDUSTRY: 5}
_SECTIONS = "TSRQPONMLKJIHGFEDCBA"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of ordered values; None is unbounded, an open end does not include its bound."""

    low: int | float | None
    high: int | float | None
    is_low_open: bool = False
    is_high_open: bool = False


@dataclass(frozen=True, slots=True)
class ValueClass:
    """Values that give every leaf the same state; ``span`` is set for numbers and dates (as ordinals)."""

    representative: Value
    states: States
    span: Span | None = None


def value_classes(fact: Fact, leaves: Sequence[Leaf], within: Value | None = None) -> tuple[ValueClass, ...]:
    """Return the classes the leaves cut the fact's known values into, ordered values in order.

    ``within`` is what is already known and only to be added to: a code, then only codes under it count, or
    a set, then only sets that hold it, those with the fewest tags added first.
    """
    return _all_classes(fact, tuple(leaves)) if within is None else _classes(fact, leaves, within)


@lru_cache(maxsize=4_096)
def _all_classes(fact: Fact, leaves: tuple[Leaf, ...]) -> tuple[ValueClass, ...]:
    """What nobody's answer has a part in is worked out once for all who ask."""
    return _classes(fact, leaves, None)


def _classes(fact: Fact, leaves: Sequence[Leaf], within: Value | None) -> tuple[ValueClass, ...]:
    if fact.type in (FactType.INTEGER, FactType.MONEY, FactType.NUMBER, FactType.DATE):
        return _ordered_classes(fact, leaves)
    candidates: Iterable[Value]
    if fact.type is FactType.BOOL:
        candidates = (False, True)
    elif fact.type is FactType.ENUM:
        candidates = (choice.code for choice in fact.choices)
    elif fact.type is FactType.SET:
        candidates = _set_representatives(
            fact, leaves, within if isinstance(within, frozenset) else frozenset()
        )
    else:
        candidates = _code_representatives(fact, leaves, within if isinstance(within, str) else None)
    return _distinct(fact, leaves, candidates)


def states_of(fact: Fact, leaves: Sequence[Leaf], value: Value | None) -> States:
    """Return the state of each leaf for one value (None: unknown)."""
    return tuple(leaf_state(leaf, fact, value) for leaf in leaves)


def _distinct(fact: Fact, leaves: Sequence[Leaf], values: Iterable[Value]) -> tuple[ValueClass, ...]:
    classes: dict[States, ValueClass] = {}
    for value in values:
        states = states_of(fact, leaves, value)
        classes.setdefault(states, ValueClass(value, states))
    return tuple(classes.values())


def _set_representatives(fact: Fact, leaves: Sequence[Leaf], start: frozenset[str]) -> list[Value]:
    """Return a smallest set for each combination of leaf states that adding tags to ``start`` can reach."""
    asked = [frozenset(leaf.values) for leaf in leaves if leaf.op is Op.HAS_ANY]
    gains = {choice.code: _bits(choice.code in tags for tags in asked) for choice in fact.choices}
    first = _bits(not tags.isdisjoint(start) for tags in asked)
    found: dict[int, frozenset[str]] = {first: start}  # by the leaves that have one of their tags
    newest = [first]
    while newest:
        larger: dict[int, frozenset[str]] = {}
        for met in newest:
            for code, gain in gains.items():
                larger.setdefault(met | gain, found[met] | {code})
        newest = [met for met in larger if met not in found]
        found |= {met: larger[met] for met in newest}
    return list(found.values())


def _bits(flags: Iterable[bool]) -> int:
    return sum(1 << place for place, flag in enumerate(flags) if flag)


def _code_representatives(fact: Fact, leaves: Sequence[Leaf], known: str | None) -> list[Value]:
    system = fact.code_system or CodeSystem.REGION
    root = "" if known is None else significant_code(known, system)
    mentioned = {
        significant_code(str(code), system)
        for leaf in leaves
        if leaf.op is not Op.EXISTS
        for code in leaf.values
    }
    below = {prefix for prefix in mentioned if prefix.startswith(root)}
    codes = (_complete_code(prefix, below, system) for prefix in sorted({root, *below}))
    return [code for code in codes if code is not None]


def _complete_code(prefix: str, mentioned: set[str], system: CodeSystem) -> str | None:
    """Return a full-length code under ``prefix`` that lies under no deeper mentioned prefix."""
    deeper = tuple(code for code in mentioned if code.startswith(prefix) and code != prefix)
    heads = list(_SECTIONS) if system is CodeSystem.INDUSTRY and not prefix else [prefix]
    for head in heads:
        missing = _FULL_LENGTH[system] - len(head)
        for number in range(10**missing - 1, -1, -1):
            code = f"{head}{number:0{missing}d}" if missing > 0 else head
            if not code.startswith(deeper):
                return code
    return None


def _ordered_classes(fact: Fact, leaves: Sequence[Leaf]) -> tuple[ValueClass, ...]:
    thresholds = sorted(
        {_ordinal(value) for leaf in leaves if leaf.op is not Op.EXISTS for value in leaf.values}
    )
    merged: list[ValueClass] = []
    for span in _spans(fact, thresholds):
        representative = _representative(fact, span)
        states = states_of(fact, leaves, representative)
        if merged and merged[-1].states == states:
            merged[-1] = ValueClass(merged[-1].representative, states, _joined(merged[-1].span, span))
        else:
            merged.append(ValueClass(representative, states, span))
    return tuple(merged)


def _ordinal(value: Value) -> int | float:
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, (int, float)):
        return value
    raise TypeError(f"{value!r} has no order")


def _joined(left: Span | None, right: Span) -> Span:
    if left is None:
        return right
    return Span(left.low, right.high, left.is_low_open, right.is_high_open)


def _spans(fact: Fact, thresholds: Sequence[int | float]) -> list[Span]:
    """Cut the value space into points (the thresholds) and the gaps between them."""
    is_whole = fact.type is not FactType.NUMBER
    low, high = _bounds(fact)
    inside = [t for t in thresholds if (low is None or t >= low) and (high is None or t <= high)]
    spans: list[Span] = []
    previous, is_open = low, False
    for threshold in inside:
        gap = _gap(previous, threshold, is_open, True, is_whole)
        spans += [gap] if gap else []
        spans.append(Span(threshold, threshold))
        previous, is_open = threshold, True
    last = _gap(previous, high, is_open, False, is_whole)
    return spans + ([last] if last else [])


def _bounds(fact: Fact) -> tuple[int | float | None, int | float | None]:
    if fact.type is FactType.DATE:
        return date.min.toordinal(), date.max.toordinal()
    return fact.minimum, fact.maximum


def _gap(
    low: int | float | None, high: int | float | None, low_open: bool, high_open: bool, is_whole: bool
) -> Span | None:
    """Return the stretch between two bounds, None where no value lies in it."""
    if is_whole:
        low = low + 1 if low is not None and low_open else low
        high = high - 1 if high is not None and high_open else high
        low_open = high_open = False
    if low is not None and high is not None:
        first = math.nextafter(low, math.inf) if low_open else low
        last = math.nextafter(high, -math.inf) if high_open else high
        if first > last:
            return None
    return Span(low, high, low_open and low is not None, high_open and high is not None)


def _representative(fact: Fact, span: Span) -> Value:
    if span.low is None and span.high is None:
        ordinal: int | float = 0
    elif span.high is None or span.low is None:
        ordinal = _near_single_bound(span)
    elif span.is_low_open or span.is_high_open:
        ordinal = _between(span.low, span.high, span.is_low_open)
    else:
        ordinal = span.low
    return date.fromordinal(int(ordinal)) if fact.type is FactType.DATE else ordinal


def _between(low: int | float, high: int | float, is_low_open: bool) -> int | float:
    """Return a value inside a stretch open at one end or both, however close together the ends are."""
    middle = (low + high) / 2
    if low < middle < high:
        return middle
    return math.nextafter(low, math.inf) if is_low_open else low


def _near_single_bound(span: Span) -> int | float:
    if span.low is not None:
        return span.low + 1 if span.is_low_open else span.low
    assert span.high is not None  # noqa: S101 - narrowed by the caller
    return span.high - 1 if span.is_high_open else span.high
