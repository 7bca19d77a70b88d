"""When time alone will make a rule eligible."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from huiqi.core.rules.conditions import Leaf, leaves_of
from huiqi.core.rules.derivation import (
    ESTABLISHED_ON,
    MONTHS_SINCE_ESTABLISHED,
    date_reaching,
    derive,
    full_months,
)
from huiqi.core.rules.evaluation import Verdict, decide
from huiqi.core.rules.facts import Change, Fact, FactDictionary, Facts, FactType, Value
from huiqi.core.rules.remedies import Remedy
from huiqi.core.rules.rule import Rule
from huiqi.core.rules.spaces import value_classes
from huiqi.core.rules.wording import amount_text, date_text
from huiqi.core.standards.size_class import SizeStandard

_MONTHS_PER_UNIT = {"月": 1, "年": 12, "周岁": 12}
_DECIMALS = 6  # years counted on in twelfths meet the threshold in spite of binary fractions
LATEST_YEAR = 9000


@dataclass(frozen=True, slots=True)
class _Milestone:
    """Something that happens by itself; ``is_latest`` where it may come earlier than can be known."""

    fact: str
    words: str
    is_latest: bool = False


def earliest_by_time(
    rule: Rule,
    facts: Facts,
    as_of: date,
    dictionary: FactDictionary,
    size_standard: SizeStandard | None = None,
) -> Remedy | None:
    """Return the first day on which waiting alone makes the rule eligible, None where it never does.

    Every fact that counts time is moved on together, the window is judged on that day, and everything else
    stays as it is. A count given without its starting day may be reached up to a unit earlier, and the text
    then says 最多.
    """
    course = _Course(rule, facts, as_of, dictionary, size_standard)
    milestones = course.milestones()
    for day in sorted(milestones):
        if course.is_eligible(course.facts_on(day), day):
            decisive = [each for each in milestones[day] if course.decides(each, day)] or milestones[day][:1]
            lead = "最多还差" if any(each.is_latest for each in decisive) else "还差"
            what = "，并且".join(each.words for each in decisive)
            text = f"{lead} {(day - as_of).days} 天{what}（{date_text(day)}）"
            return Remedy(decisive[0].fact, Change.BY_TIME, text, day)
    return None


@dataclass(frozen=True, slots=True)
class _Course:
    """One business through time."""

    rule: Rule
    facts: Facts
    as_of: date
    dictionary: FactDictionary
    size_standard: SizeStandard | None

    def facts_on(self, day: date) -> Facts:
        """Return the facts on a later day, with what is derived from them."""
        passed = full_months(self.as_of, day)
        moved = {fact_id: self._moved(fact_id, value, passed) for fact_id, value in self.facts.items()}
        return derive(moved, day, self.size_standard).facts

    def _moved(self, fact_id: str, value: Value, passed: int) -> Value:
        fact = self.dictionary[fact_id]
        months = _MONTHS_PER_UNIT.get(fact.unit or "")
        if fact.changes is not Change.BY_TIME or months is None or not isinstance(value, (int, float)):
            return value
        if fact.type is FactType.NUMBER:
            return round(value + passed / months, _DECIMALS)
        return value + passed // months

    def is_eligible(self, known: Facts, day: date) -> bool:
        return decide(self.rule, known, day, self.dictionary) is Verdict.ELIGIBLE

    def decides(self, milestone: _Milestone, day: date) -> bool:
        """Would the rule still say no, had only this not happened on the day?"""
        if not milestone.fact:
            return True
        before = self.facts_on(day - timedelta(days=1))[milestone.fact]
        return not self.is_eligible({**self.facts_on(day), milestone.fact: before}, day)

    def milestones(self) -> dict[date, list[_Milestone]]:
        """Return the days on which something the rule asks for changes by itself."""
        found: dict[date, list[_Milestone]] = {}
        opens_on = self.rule.window.opens_on
        if opens_on is not None and opens_on > self.as_of:
            found[opens_on] = [_Milestone("", "开始执行")]
        by_fact: dict[str, list[Leaf]] = {}
        for leaf in leaves_of(self.rule.condition):
            by_fact.setdefault(leaf.fact, []).append(leaf)
        for fact_id, leaves in by_fact.items():
            for day, milestone in self._milestones_of(self.dictionary[fact_id], leaves):
                if day > self.as_of:
                    found.setdefault(day, []).append(milestone)
        return found

    def _milestones_of(self, fact: Fact, leaves: list[Leaf]) -> Iterator[tuple[date, _Milestone]]:
        months_per_unit = _MONTHS_PER_UNIT.get(fact.unit or "")
        value = self.facts.get(fact.id)
        start, is_exact = self.as_of, False
        founded = self.facts.get(ESTABLISHED_ON)
        if fact.id == MONTHS_SINCE_ESTABLISHED and value is None and isinstance(founded, date):
            value, start, is_exact = 0, founded, True
        if (
            fact.changes is not Change.BY_TIME
            or months_per_unit is None
            or not isinstance(value, (int, float))
        ):
            return
        for low, is_open in _steps(fact, leaves):
            months = round((low - value) * months_per_unit, _DECIMALS)
            whole = math.floor(months) + 1 if is_open else math.ceil(months)
            if whole >= 0 and start.year + whole // 12 < LATEST_YEAR:
                words = _words(fact, low, is_open)
                yield date_reaching(start, whole), _Milestone(fact.id, words, not is_exact)


def _steps(fact: Fact, leaves: list[Leaf]) -> Iterator[tuple[int | float, bool]]:
    """Yield the lower bounds of the value classes, and whether the bound itself is not enough."""
    for each in value_classes(fact, leaves):
        if each.span is not None and each.span.low is not None:
            yield each.span.low, each.span.is_low_open


def _words(fact: Fact, low: int | float, is_open: bool) -> str:
    verb = "超过" if is_open else "满"
    if fact.id != MONTHS_SINCE_ESTABLISHED:
        return f"“{fact.label}”{verb} {amount_text(low, fact.unit)}"
    return f"{verb} {low // 12} 年" if low % 12 == 0 else f"{verb} {low} 个月"
