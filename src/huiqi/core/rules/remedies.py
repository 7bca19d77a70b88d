"""Changes an owner can make to one fact: the nearest value of each class, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huiqi.core.rules.conditions import Leaf, Op
from huiqi.core.rules.facts import Change, Fact, FactType, Value
from huiqi.core.rules.spaces import Span, ValueClass, value_classes
from huiqi.core.rules.wording import date_text, number_text, value_text

Amount = int | float
_ONLY_RAISED = frozenset({"人", "%"})


@dataclass(frozen=True, slots=True)
class Remedy:
    """One change that alone suffices; ``on`` is the day where time brings it about.

    ``fact`` is empty where only the first day of the rule is waited for.
    """

    fact: str
    change: Change
    text: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Target:
    """A value to reach.

    ``words`` are the label of a choice, the labels of the tags to add, or else the whole sentence.
    """

    value: Value
    words: str
    distance: tuple[Amount, bool] = (0, False)


def nearest_targets(fact: Fact, current: Value, leaves: Sequence[Leaf], as_of: date) -> list[Target]:
    """Return values worth trying, nearest first: one a class.

    What nobody should be told is left out: to give up an honour, to move to another place or trade, to have
    done something on a day that is over, to make do with fewer people or a smaller share of anything.
    """
    found: list[Target | None] = []
    if isinstance(current, frozenset):
        return _additions(fact, current, leaves)
    if fact.type is FactType.ENUM:
        return [Target(each.code, each.label) for each in fact.choices if each.code != current]
    if isinstance(current, bool):
        words = f"不再有“{fact.label}”的情况" if current else f"做到“{fact.label}”"
        return [Target(not current, words)]
    if isinstance(current, date):
        found = [_date(fact, current, each, as_of) for each in value_classes(fact, leaves)]
    elif isinstance(current, (int, float)):
        found = [_amount(fact, current, each, leaves) for each in value_classes(fact, leaves)]
    return sorted((target for target in found if target), key=lambda target: target.distance)


def _additions(fact: Fact, current: frozenset[str], leaves: Sequence[Leaf]) -> list[Target]:
    """Single tags first, then a smallest set of tags for each state the leaves can reach."""
    asked = {tag for leaf in leaves if leaf.op is Op.HAS_ANY for tag in leaf.values}
    singles = [each.code for each in fact.choices if each.code in asked and each.code not in current]
    reached = (each.representative for each in value_classes(fact, leaves, current))
    several = [larger - current for larger in reached if isinstance(larger, frozenset)]
    added = [frozenset({code}) for code in singles] + [tags for tags in several if len(tags) > 1]
    return [Target(current | tags, _labels(fact, tags), (len(tags), False)) for tags in added]


def _labels(fact: Fact, tags: frozenset[str]) -> str:
    return "”和“".join(choice.label for choice in fact.choices if choice.code in tags)


def _date(fact: Fact, current: date, each: ValueClass, as_of: date) -> Target | None:
    """Return the nearest day of the class that is still to come."""
    span = each.span
    if span is None or span.low is None or span.high is None or _contains(span, current.toordinal()):
        return None
    first, last = max(date.fromordinal(int(span.low)), as_of), date.fromordinal(int(span.high))
    if first > last:
        return None
    if current > last:
        value, words = last, f"{date_text(last)}或以前"
    else:
        value, words = first, _days_from(first, last)
    distance = abs((value - current).days)
    return Target(value, f"“{fact.label}”改到 {words}（现在 {date_text(current)}）", (distance, False))


def _days_from(first: date, last: date) -> str:
    if last == date.max:
        return f"{date_text(first)}或以后"
    return date_text(first) if first == last else f"{date_text(first)}到{date_text(last)}之间"


def _amount(fact: Fact, current: Amount, each: ValueClass, leaves: Sequence[Leaf]) -> Target | None:
    span = each.span
    if span is None or _contains(span, current):
        return None
    is_lower = span.low is None or current > span.low
    edge, is_open = (span.high, span.is_high_open) if is_lower else (span.low, span.is_low_open)
    if edge is None or (is_lower and fact.unit in _ONLY_RAISED):
        return None
    value = each.representative if is_open else edge
    bound, is_beyond = (edge, True) if is_open else _as_asked(fact, edge, 1 if is_lower else -1, leaves)
    words = _beyond_words if is_beyond else _reaching_words
    return Target(value, words(fact, current, bound, is_lower), (abs(edge - current), is_open))


def _contains(span: Span, ordinal: Amount) -> bool:
    is_above = span.low is None or ordinal > span.low or (ordinal == span.low and not span.is_low_open)
    is_below = span.high is None or ordinal < span.high or (ordinal == span.high and not span.is_high_open)
    return is_above and is_below


def _as_asked(fact: Fact, edge: Amount, step: int, leaves: Sequence[Leaf]) -> tuple[Amount, bool]:
    """Return the bound as the rule says it: 超过 10 万元 rather than 达到 100,001 元."""
    asked = {value for leaf in leaves if leaf.op is not Op.EXISTS for value in leaf.values}
    if fact.type is FactType.MONEY and edge not in asked and edge + step in asked:
        return edge + step, True
    return edge, False


def _beyond_words(fact: Fact, current: Amount, bound: Amount, is_lower: bool) -> str:
    if bound == current == 0 and not is_lower:
        return f"要有“{fact.label}”（现在没有）"
    verb = "降到低于" if is_lower else "超过"
    return f"“{fact.label}”{verb} {value_text(fact, bound)}（现在 {value_text(fact, current)}）"


def _reaching_words(fact: Fact, current: Amount, bound: Amount, is_lower: bool) -> str:
    gap = abs(bound - current)
    gap_text = f"{number_text(gap)} 个百分点" if fact.unit == "%" else value_text(fact, gap)
    now, there = value_text(fact, current), value_text(fact, bound)
    if is_lower:
        return f"“{fact.label}”降到 {there}以内（现在 {now}，多了 {gap_text}）"
    return f"“{fact.label}”达到 {there}（现在 {now}，还差 {gap_text}）"


def remedy_text(fact: Fact, current: Value, targets: Sequence[Target]) -> str:
    """Say what to change; ``targets`` are alternatives that all suffice, nearest first."""
    *others, last = (f"“{each.words}”" for each in targets if each.distance == targets[0].distance)
    either = f"{'、'.join(others)}或{last}" if others else last
    if fact.type is FactType.SET:
        return f"具备{either}（{fact.label}）"
    if fact.type is FactType.ENUM:
        return f"“{fact.label}”由“{value_text(fact, current)}”变为{either}"
    return targets[0].words
