"""What to ask a visitor next: the question that settles most of what is still open where the visitor is."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from huiqi.catalogue.load import read_dictionary
from huiqi.catalogue.paths import FACTS_FILE, shipped_path
from huiqi.catalogue.questions import QUESTIONS_FILE, load_tick_lists
from huiqi.core.rules.asking import Asker, Question, TickList
from huiqi.core.rules.plan import Decider
from huiqi.core.rules.wording import question_and_remark
from huiqi.services.policy.library.queries import Library, applies_in
from huiqi.services.policy.matching.domain import TRADE
from huiqi.services.policy.matching.queries.answers import Answers
from huiqi.services.policy.matching.queries.matches import size_standard
from huiqi.services.policy.matching.queries.trades import finer_trades

LIST_SCREEN = "list-"  # tells a tick-list from a fact among the screens passed


@dataclass(frozen=True, slots=True)
class TickScreen:
    """A tick-list as it stands for one visitor: the facts to show, and those that apply."""

    ticks: TickList
    facts: tuple[str, ...]
    ticked: frozenset[str]


@lru_cache(maxsize=1)
def tick_lists() -> dict[str, TickList]:
    """The tick-lists shipped with the catalogue, by id."""
    folder = shipped_path()
    dictionary = read_dictionary(folder / FACTS_FILE)
    return {each.id: each for each in load_tick_lists(folder / QUESTIONS_FILE, dictionary)}


def next_question(answers: Answers, library: Library, as_of: date) -> Question | None:
    """What to ask next; None where nothing is left that would settle an item, or the place is not known. A
    trade told too coarsely for an item still open is asked more closely first: one tap, and often many items.
    """
    if finer_trades(answers, library, as_of):
        return Question((TRADE,))
    rules = _rules_at(answers.place, library)
    return _asker(library.decider).next_question(answers.facts, as_of, rules, answers.asked)


def question_text(question: Question | None, library: Library) -> str:
    """As the owner is asked, without the remark; empty where there is nothing to ask."""
    if question is None:
        return ""
    if question.ticks:
        return question.ticks.text
    return question_and_remark(library.dictionary[question.facts[0]].question)[0]


def tick_screen(list_id: str, answers: Answers, library: Library, as_of: date) -> TickScreen:
    """The facts of a list that still matter; gone back to, also those answered or skipped."""
    ticks = tick_lists()[list_id]
    rules = _rules_at(answers.place, library)
    wanted = _asker(library.decider).wanted(answers.facts, as_of, rules, answers.asked)
    if f"{LIST_SCREEN}{list_id}" in answers.trail:
        wanted |= answers.facts.keys() | answers.asked.present | answers.asked.skipped
    facts = tuple(fact for fact in ticks.ticks if fact in wanted)
    ticked = {fact for fact in facts if fact in answers.asked.present or answers.facts.get(fact)}
    return TickScreen(ticks, facts, frozenset(ticked))


def screen_of(question: Question) -> str:
    """The name of the screen that asks a question."""
    return f"{LIST_SCREEN}{question.ticks.id}" if question.ticks else question.facts[0]


def _rules_at(place: str | None, library: Library) -> list[int]:
    if place is None:
        return []
    items = enumerate(library.items.values())
    return [number for number, each in items if applies_in(each.item.region_code, place)]


@lru_cache(maxsize=2)
def _asker(decider: Decider) -> Asker:
    """One for each library: what it learns of the items serves every visitor."""
    return Asker(decider, tuple(tick_lists().values()), size_standard())
