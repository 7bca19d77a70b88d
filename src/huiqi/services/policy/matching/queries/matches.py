"""What a visitor's answers match, each with its reasons and with what to do next."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from huiqi.catalogue.items import BenefitType, Item, LoanTerms
from huiqi.catalogue.paths import shipped_path
from huiqi.catalogue.standards import load_size_standard
from huiqi.core.rules.advice import Advice, advise
from huiqi.core.rules.conditions import All
from huiqi.core.rules.derivation import Derived, derive
from huiqi.core.rules.evaluation import Verdict, evaluate
from huiqi.core.rules.explanation import Explanation, FactSource, explain
from huiqi.core.rules.facts import CodeSystem, Fact
from huiqi.core.rules.remedies import Remedy
from huiqi.core.rules.rule import WindowState
from huiqi.core.rules.wording import date_text, day_text, question_and_remark
from huiqi.core.standards.size_class import SizeStandard
from huiqi.foundation.look.queries import STANDARDS_FOLDER, code_name, divisions
from huiqi.foundation.parameters.queries import read_once
from huiqi.services.policy.library.queries import ItemCard, Library, applies_in, card_of, nearness
from huiqi.services.policy.matching.domain import (
    CHANGE_WORDS,
    HONOURS,
    Blame,
    Group,
    blamed,
    group_of,
)
from huiqi.services.policy.matching.queries.answers import Answers, Registered


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition that makes a no: what it asks, what we hold, where that came from, and the sentence it
    expresses (all sentences of the item where nobody has said which).
    """

    rule_text: str
    is_excluded: bool
    fact_id: str
    fact_label: str
    value_text: str
    source_text: str
    clauses: tuple[str, ...]
    change_text: str
    is_correctable: bool


@dataclass(frozen=True, slots=True)
class Match:
    """One item for one visitor.

    ``next_question`` is the fact to ask first and ``questions`` how many answers are needed at least, for
    an unknown verdict; ``is_reachable`` is false where no answers would make it a yes. ``met_share`` is the
    part of its conditions known to hold, 0 to 1; ``is_about_titles`` where it gives a title (专精特新) or
    still asks for one (高企). ``loan`` holds the bank's terms where the item is a loan product.
    """

    card: ItemCard
    group: Group
    reasons: tuple[Reason, ...] = ()
    remedies: tuple[str, ...] = ()
    next_question: Fact | None = None
    next_text: str = ""
    questions: int = 0
    is_exact: bool = True
    is_reachable: bool = True
    manual_checks: tuple[str, ...] = ()
    is_about_titles: bool = False
    met_share: float = 0.0
    loan: LoanTerms | None = None


@dataclass(frozen=True, slots=True)
class Matches:
    """All items of the chain of the visitor's place, grouped."""

    groups: Mapping[Group, tuple[Match, ...]]

    def count(self, group: Group) -> int:
        return len(self.groups[group])

    @property
    def total(self) -> int:
        return sum(len(matches) for matches in self.groups.values())


@dataclass(frozen=True, slots=True)
class MatchDetail:
    """One item for one visitor, with the whole tree and everything that is still to be asked."""

    match: Match
    item: Item
    explanation: Explanation
    asks: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """Who is asking, in words, empty where it was not told; the days of the answers, oldest first; and what
    the register told of it.
    """

    place: str
    words: tuple[str, ...]
    days: tuple[date, ...]
    registered: Registered | None = None


@lru_cache(maxsize=1)
def size_standard() -> SizeStandard:
    """The 2017 standard by which a size class is derived (自测)."""
    return load_size_standard(shipped_path() / STANDARDS_FOLDER)


def profile_of(answers: Answers, library: Library) -> Profile:
    """The registration in words: place, kind of business, trade."""
    facts, place = answers.facts, answers.place
    words = []
    if isinstance(kind := facts.get("entity_type"), str):
        words.append(library.dictionary["entity_type"].label_of(kind))
    if isinstance(trade := facts.get("industry_code"), str):
        words.append(code_name(CodeSystem.INDUSTRY, trade))
    division = divisions().get(place) if place else None
    seen = answers.registered if answers.told_by_register else None
    return Profile(division.name if division else "", tuple(words), answers.days, seen)


@read_once()
def matches_for(answers: Answers, library: Library, as_of: date) -> Matches:
    """Every item from the nation down to the visitor's county, none of another place; no place, no match."""
    groups: dict[Group, list[Match]] = {group: [] for group in Group}
    case = Case(answers, library, as_of)
    for item, verdict in case.verdicts():
        match, _ = case.match(item, verdict)
        groups[match.group].append(match)
    for group, matches in groups.items():
        matches.sort(key=_by_effort if group is Group.UNKNOWN else _by_nearness)
    return Matches({group: tuple(matches) for group, matches in groups.items()})


def tally_of(answers: Answers, library: Library, as_of: date) -> Mapping[Group, int]:
    """How many items stand in each group: those of ``matches_for``, without saying why."""
    case = Case(answers, library, as_of)
    counts = Counter(case.group(item, verdict) for item, verdict in case.verdicts())
    return {group: counts[group] for group in Group}


def detail_of(item_id: str, answers: Answers, library: Library, as_of: date) -> MatchDetail | None:
    """One item in full; None for an item that does not exist or does not apply where the visitor is."""
    found = library.items.get(item_id)
    if found is None or answers.place is None or not applies_in(found.item.region_code, answers.place):
        return None
    case = Case(answers, library, as_of)
    explanation = case.explain(found.item)
    match, asks = case.match(found.item, explanation.verdict)
    return MatchDetail(match, found.item, explanation, tuple(library.dictionary[fact] for fact in asks))


class Case:
    """One visitor on one day: the given facts, and those derived from them."""

    def __init__(self, answers: Answers, library: Library, as_of: date) -> None:
        self.answers, self.library, self.as_of = answers, library, as_of
        self.derived: Derived = derive(answers.facts, as_of, size_standard())
        tested = FactSource("由上面的情况算出，自测", as_of, is_derived=True)
        self.sources = answers.sources() | dict.fromkeys(self.derived.derived, tested)

    def verdicts(self) -> list[tuple[Item, Verdict]]:
        place, library = self.answers.place, self.library
        if place is None:
            return []
        decided = library.decider.decide(self.derived.facts, self.as_of).verdicts
        pairs = zip(library.items.values(), decided, strict=True)
        return [(each.item, verdict) for each, verdict in pairs if applies_in(each.item.region_code, place)]

    def group(self, item: Item, verdict: Verdict) -> Group:
        """Where the item is shown."""
        advice = self._advice(item) if verdict is Verdict.INELIGIBLE else None
        return group_of(verdict, advice, has_manual_checks=bool(item.manual_checks))

    def _advice(self, item: Item) -> Advice:
        return advise(
            item.rule,
            self.answers.facts,
            self.as_of,
            self.library.dictionary,
            size_standard(),
            known=self.derived.facts,
        )

    def match(self, item: Item, verdict: Verdict) -> tuple[Match, tuple[str, ...]]:
        """The match, and the facts still to be asked for it."""
        advice = Advice() if verdict is Verdict.ELIGIBLE else self._advice(item)
        group = group_of(verdict, advice, has_manual_checks=bool(item.manual_checks))
        asks = advice.asks if advice.is_possible else ()
        next_question = self.library.dictionary[asks[0]] if asks else None
        match = Match(
            card=card_of(item, self.as_of),
            group=group,
            reasons=self._reasons(item) if verdict is Verdict.INELIGIBLE else (),
            remedies=tuple(_remedy_text(remedy) for remedy in advice.remedies),
            next_question=next_question,
            next_text=question_and_remark(next_question.question)[0] if next_question else "",
            questions=len(asks),
            is_exact=advice.is_exact,
            is_reachable=advice.is_possible,
            manual_checks=item.manual_checks,
            is_about_titles=item.benefit.type is BenefitType.RECOGNITION or HONOURS in asks,
            met_share=self._met_share(item) if verdict is Verdict.UNKNOWN else 0.0,
            loan=item.loan,
        )
        return match, asks

    def _met_share(self, item: Item) -> float:
        """Alternatives count as the one condition they are, an excluded case as met once it is ruled out."""
        parts = item.condition.children if isinstance(item.condition, All) else (item.condition,)
        facts, dictionary = self.derived.facts, self.library.dictionary
        return sum(evaluate(part, facts, dictionary) is True for part in parts) / len(parts)

    def explain(self, item: Item) -> Explanation:
        return explain(
            item.rule,
            self.derived.facts,
            self.as_of,
            self.library.dictionary,
            sources=self.sources,
            clauses=item.conditions_text,
            code_name=code_name,
        )

    def _reasons(self, item: Item) -> tuple[Reason, ...]:
        """Why not. A closed window decides alone; the tree is then beside the point."""
        if item.window.state(self.as_of) is not WindowState.OPEN:
            return ()
        return tuple(_reason(blame, item, self.answers) for blame in blamed(self.explain(item).root))


def _reason(blame: Blame, item: Item, answers: Answers) -> Reason:
    leaf = blame.leaf
    return Reason(
        rule_text=leaf.rule_text,
        is_excluded=blame.is_excluded,
        fact_id=leaf.fact.id,
        fact_label=leaf.fact.label,
        value_text=leaf.value_text,
        source_text=_source_text(leaf.source),
        clauses=(leaf.clause,) if leaf.clause else item.conditions_text,
        change_text=CHANGE_WORDS[leaf.fact.changes],
        is_correctable=leaf.fact.id in answers.facts,
    )


def _remedy_text(remedy: Remedy) -> str:
    """The words of the remedy, its day with the weekday beside it."""
    if remedy.on is None:
        return remedy.text
    return remedy.text.replace(f"（{date_text(remedy.on)}）", f"，到 {day_text(remedy.on)}")


def _source_text(source: FactSource | None) -> str:
    if source is None:
        return "您还没有填写"
    if source.is_declared or source.is_derived or source.observed_on is None:
        return source.department
    return f"{source.department}，{date_text(source.observed_on)}"


def _by_nearness(match: Match) -> tuple[bool, int, int, str]:
    """What is in force before what is over; then the most local, then the largest sum."""
    card = match.card
    is_over = card.window is not WindowState.OPEN
    return (is_over, -nearness(card.region_code), -(card.amount_yuan or 0), card.id)


def _by_effort(match: Match) -> tuple[bool, int, bool, float, tuple[bool, int, int, str]]:
    """Fewest questions first, what no answers would reach last. Among as many questions: what is about
    titles (专精特新, 高企) last, few shops have one; then the largest share of conditions already met; then
    the order of the other groups.
    """
    nearness_key = _by_nearness(match)
    return (not match.is_reachable, match.questions, match.is_about_titles, -match.met_share, nearness_key)
