"""When time alone will make a rule eligible."""

import math
from datetime import date

from huiqi.core.rules.conditions import Leaf, leaves_of
from huiqi.core.rules.derivation import (
    ESTABLISHED_ON,
    MONTHS_SINCE_ESTABLISHED,
    date_reaching,
    derive,
    full_months,
)
from huiqi.core.rules.evaluation import Verdict, decide
from huiqi.core.rules.facts import Change, Fact, FactDictionary, Facts, Value
from huiqi.core.rules.remedies import Remedy, waiting_text
from huiqi.core.rules.rule import Rule, WindowState
from huiqi.core.rules.spaces import value_classes
from huiqi.core.rules.wording import number_text
from huiqi.core.standards.size_class import SizeStandard

_MONTHS_PER_UNIT = {"月": 1, "年": 12, "周岁": 12}
LATEST_YEAR = 9000


def earliest_by_time(
    rule: Rule,
    facts: Facts,
    as_of: date,
    dictionary: FactDictionary,
    size_standard: SizeStandard | None = None,
) -> Remedy | None:
    """Return the first day on which waiting alone makes the rule eligible, None where it never does.

    Every fact that changes by time is moved on together, the window is judged on that day, and everything
    else stays as it is. A count given without its starting day may be reached up to a unit earlier.
    """
    candidates = _candidates(rule, facts, as_of, dictionary, size_standard)
    for day in sorted(candidates):
        moved = _facts_on(day, facts, as_of, dictionary)
        known = derive(moved, day, size_standard).facts
        if decide(rule, known, day, dictionary) is Verdict.ELIGIBLE:
            fact_id, what = candidates[day]
            return Remedy(fact_id, Change.BY_TIME, waiting_text((day - as_of).days, day, what), day)
    return None


def _candidates(
    rule: Rule,
    facts: Facts,
    as_of: date,
    dictionary: FactDictionary,
    size_standard: SizeStandard | None,
) -> dict[date, tuple[str, str]]:
    """Return the days on which something changes by itself, each with the fact and the words for it."""
    known = derive(facts, as_of, size_standard).facts
    days: dict[date, tuple[str, str]] = {}
    by_fact: dict[str, list[Leaf]] = {}
    for leaf in leaves_of(rule.condition):
        by_fact.setdefault(leaf.fact, []).append(leaf)
    for fact_id, leaves in by_fact.items():
        fact, value = dictionary[fact_id], known.get(fact_id)
        if fact.changes is not Change.BY_TIME or not isinstance(value, (int, float)):
            continue
        for target in _targets_above(fact, leaves, value):
            day = _day_reaching(fact, target, value, facts, as_of)
            if day is not None and day > as_of:
                days.setdefault(day, (fact_id, _milestone(fact, target)))
    if rule.window.state(as_of) is WindowState.NOT_YET and rule.window.opens_on is not None:
        days[rule.window.opens_on] = ("", "开始执行")
    return days


def _targets_above(fact: Fact, leaves: list[Leaf], value: int | float) -> list[int | float]:
    spans = [each.span for each in value_classes(fact, leaves)]
    lows = (span.low + 1 if span.is_low_open else span.low for span in spans if span and span.low is not None)
    return [low for low in lows if low > value]


def _day_reaching(
    fact: Fact, target: int | float, value: int | float, facts: Facts, as_of: date
) -> date | None:
    start = facts.get(ESTABLISHED_ON)
    if fact.id == MONTHS_SINCE_ESTABLISHED and fact.id not in facts and isinstance(start, date):
        return _safe_day(start, math.ceil(target))
    months = _MONTHS_PER_UNIT.get(fact.unit or "")
    return None if months is None else _safe_day(as_of, math.ceil((target - value) * months))


def _safe_day(start: date, months: int) -> date | None:
    return date_reaching(start, months) if start.year + months // 12 < LATEST_YEAR else None


def _milestone(fact: Fact, target: int | float) -> str:
    if fact.id == MONTHS_SINCE_ESTABLISHED:
        return f"满 {target // 12} 年" if target % 12 == 0 else f"满 {target} 个月"
    return f"，“{fact.label}”达到 {number_text(target)} {fact.unit}"


def _facts_on(day: date, facts: Facts, as_of: date, dictionary: FactDictionary) -> dict[str, Value]:
    passed = full_months(as_of, day)
    moved = dict(facts)
    for fact_id, value in facts.items():
        fact = dictionary[fact_id]
        months = _MONTHS_PER_UNIT.get(fact.unit or "")
        if fact.changes is Change.BY_TIME and months and isinstance(value, (int, float)):
            moved[fact_id] = value + passed // months
    return moved
