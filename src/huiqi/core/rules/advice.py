"""What would change a verdict: for a no, single changes that suffice; for a not-known, what to answer."""

from dataclasses import dataclass
from datetime import date

from huiqi.core.rules.conditions import Leaf, leaves_of
from huiqi.core.rules.derivation import derive, inputs_to_ask
from huiqi.core.rules.evaluation import Verdict, decide
from huiqi.core.rules.facts import Change, Fact, FactDictionary, Facts, Value
from huiqi.core.rules.remedies import Remedy, nearest_targets, remedy_text
from huiqi.core.rules.rule import Rule, WindowState
from huiqi.core.rules.settling import settle
from huiqi.core.rules.waiting import earliest_by_time
from huiqi.core.standards.size_class import SizeStandard


@dataclass(frozen=True, slots=True)
class Advice:
    """What would help.

    ``remedies`` are changes each of which alone makes an ineligible rule eligible (差一点 where there is
    one). ``questions`` is the smallest set of unknown facts for which some answers make an unknown rule
    eligible, in dictionary order; ``is_exact`` is false where it was found greedily; ``is_possible`` is
    false where no answers at all would. ``asks`` are the facts to put to the owner for them: what a derived
    fact is computed from instead of the derived fact itself.
    """

    remedies: tuple[Remedy, ...] = ()
    questions: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    is_exact: bool = True
    is_possible: bool = True

    @property
    def is_near(self) -> bool:
        """差一点: some single change would suffice."""
        return bool(self.remedies)


def advise(
    rule: Rule,
    facts: Facts,
    as_of: date,
    dictionary: FactDictionary,
    size_standard: SizeStandard | None = None,
    known: Facts | None = None,
) -> Advice:
    """Say what would change the verdict of ``rule`` for a business.

    ``facts`` are the given ones, not yet derived: a change is followed through what is derived from it.
    ``known`` are the same with what is derived from them, where the caller has many rules to ask about.
    """
    known = derive(facts, as_of, size_standard).facts if known is None else known
    verdict = decide(rule, known, as_of, dictionary)
    if verdict is Verdict.ELIGIBLE:
        return Advice()
    if verdict is Verdict.INELIGIBLE:
        return Advice(remedies=_remedies(_Case(rule, facts, as_of, dictionary, size_standard), known))
    settling = settle(rule.condition, known, dictionary)
    asks = [each for fact in settling.facts for each in inputs_to_ask(fact, known, size_standard)]
    return Advice(
        questions=settling.facts,
        asks=tuple(dict.fromkeys(asks)),
        is_exact=settling.is_exact,
        is_possible=settling.is_possible,
    )


@dataclass(frozen=True, slots=True)
class _Case:
    rule: Rule
    facts: Facts
    as_of: date
    dictionary: FactDictionary
    size_standard: SizeStandard | None

    def would_be_eligible(self, fact: str, value: Value) -> bool:
        changed = derive({**self.facts, fact: value}, self.as_of, self.size_standard).facts
        return decide(self.rule, changed, self.as_of, self.dictionary) is Verdict.ELIGIBLE


def _remedies(case: _Case, known: Facts) -> tuple[Remedy, ...]:
    waiting = earliest_by_time(case.rule, case.facts, case.as_of, case.dictionary, case.size_standard)
    found = [waiting] if waiting else []
    if case.rule.window.state(case.as_of) is WindowState.OPEN:
        found += _single_changes(case, known)
    return tuple(found)


def _single_changes(case: _Case, known: Facts) -> list[Remedy]:
    by_fact: dict[str, list[Leaf]] = {}
    for leaf in leaves_of(case.rule.condition):
        by_fact.setdefault(leaf.fact, []).append(leaf)
    found = []
    for fact_id in sorted(by_fact, key=case.dictionary.position):
        fact, value = case.dictionary[fact_id], known.get(fact_id)
        remedy = None
        if fact.changes is Change.BY_OWNER and value is not None:
            remedy = _owner_remedy(case, fact, value, by_fact[fact_id])
        elif fact.changes is Change.BY_TIME and isinstance(value, bool):
            remedy = _undated_remedy(case, fact, value)
        found += [remedy] if remedy else []
    return found


def _undated_remedy(case: _Case, fact: Fact, value: bool) -> Remedy | None:
    """A state that passes with time, but nobody knows the day."""
    if not case.would_be_eligible(fact.id, not value):
        return None
    text = f"等“{fact.label}”的情况过去" if value else f"等到“{fact.label}”"
    return Remedy(fact.id, Change.BY_TIME, text, None)


def _owner_remedy(case: _Case, fact: Fact, value: Value, leaves: list[Leaf]) -> Remedy | None:
    targets = [
        target
        for target in nearest_targets(fact, value, leaves, case.as_of)
        if case.would_be_eligible(fact.id, target.value)
    ]
    return Remedy(fact.id, Change.BY_OWNER, remedy_text(fact, value, targets), None) if targets else None
