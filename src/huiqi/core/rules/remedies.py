"""Changes an owner can make to one fact: the nearest value of each class, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huiqi.core.rules.conditions import Leaf, Op
from huiqi.core.rules.facts import Change, Fact, FactType, Value
from huiqi.core.rules.spaces import Span, ValueClass, value_classes
from huiqi.core.rules.wording import date_text, value_text


@dataclass(frozen=True, slots=True)
class Remedy:
    """One change that alone suffices; ``on`` is the day where time brings it about."""

    fact: str
    change: Change
    text: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Target:
    """A value to reach; ``is_beyond`` where the bound itself is not enough (超过 12 %)."""

    value: Value
    bound: Value
    is_beyond: bool = False
    is_lower: bool = False


def nearest_targets(fact: Fact, current: Value, leaves: Sequence[Leaf]) -> list[Target]:
    """Return values worth trying, nearest first: one a class, single additions for a set."""
    if isinstance(current, frozenset):
        return _additions(fact, current, leaves)
    if fact.type is FactType.ENUM:
        return [Target(choice.code, choice.code) for choice in fact.choices if choice.code != current]
    classes = value_classes(fact, leaves)
    if fact.type is FactType.BOOL:
        return [
            Target(each.representative, each.representative)
            for each in classes
            if each.representative != current
        ]
    ordinal = current.toordinal() if isinstance(current, date) else current
    if not isinstance(ordinal, (int, float)):
        return []
    targets = [target for each in classes if (target := _target(fact, ordinal, each)) is not None]
    return sorted(targets, key=lambda target: abs(_as_ordinal(target.bound) - ordinal))


def _additions(fact: Fact, current: frozenset[str], leaves: Sequence[Leaf]) -> list[Target]:
    asked = {tag for leaf in leaves if leaf.op is Op.HAS_ANY for tag in leaf.values}
    missing = [choice.code for choice in fact.choices if choice.code in asked and choice.code not in current]
    return [Target(current | {code}, frozenset({code})) for code in missing]


def _target(fact: Fact, ordinal: int | float, each: ValueClass) -> Target | None:
    span = each.span
    if span is None or _contains(span, ordinal):
        return None
    if span.low is not None and ordinal <= span.low:
        value = each.representative if span.is_low_open else _valued(fact, span.low)
        return Target(value, _valued(fact, span.low), is_beyond=span.is_low_open)
    if span.high is None:
        return None
    value = each.representative if span.is_high_open else _valued(fact, span.high)
    return Target(value, _valued(fact, span.high), is_beyond=span.is_high_open, is_lower=True)


def _contains(span: Span, ordinal: int | float) -> bool:
    is_above = span.low is None or ordinal > span.low or (ordinal == span.low and not span.is_low_open)
    is_below = span.high is None or ordinal < span.high or (ordinal == span.high and not span.is_high_open)
    return is_above and is_below


def _valued(fact: Fact, ordinal: int | float) -> Value:
    return date.fromordinal(int(ordinal)) if fact.type is FactType.DATE else ordinal


def _as_ordinal(value: Value) -> int | float:
    if isinstance(value, date):
        return value.toordinal()
    return value if isinstance(value, (int, float)) else 0


def remedy_text(fact: Fact, current: Value, targets: Sequence[Target]) -> str:
    """Say what to change, from what to what."""
    now = value_text(fact, current)
    if fact.type is FactType.SET:
        return f"取得“{'”或“'.join(value_text(fact, target.bound) for target in targets)}”（{fact.label}）"
    if fact.type in (FactType.ENUM, FactType.BOOL):
        wanted = "”或“".join(value_text(fact, target.bound) for target in targets)
        return f"“{fact.label}”由“{now}”变为“{wanted}”"
    target = targets[0]
    bound = value_text(fact, target.bound)
    if fact.type is FactType.DATE:
        return f"“{fact.label}”改到 {bound}（现在 {now}）"
    if target.is_lower:
        verb = f"低于 {bound}" if target.is_beyond else f"降到 {bound}以内"
    else:
        verb = f"超过 {bound}" if target.is_beyond else f"达到 {bound}"
    gap = abs(_as_ordinal(target.bound) - _as_ordinal(current))
    difference = f"，{'多了' if target.is_lower else '还差'} {value_text(fact, gap)}" if gap else ""
    return f"“{fact.label}”{verb}（现在 {now}{difference}）"


def waiting_text(days: int, day: date, what: str) -> str:
    """Return 还差 42 天满 1 年（2027年1月5日）."""
    return f"还差 {days} 天{what}（{date_text(day)}）"
