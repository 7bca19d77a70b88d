"""Which question comes next: never one that is known, always one that helps, until nothing is left."""

from collections.abc import Callable
from datetime import date
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.catalogue.load import load_catalogue
from huiqi.catalogue.paths import shipped_path
from huiqi.catalogue.questions import QUESTIONS_FILE, load_tick_lists
from huiqi.catalogue.standards import load_size_standard
from huiqi.core.rules.asking import Asked, Asker, Question, TickList
from huiqi.core.rules.conditions import Leaf, Op, facts_of
from huiqi.core.rules.derivation import derive, inputs_to_ask
from huiqi.core.rules.dictionary import parse_dictionary
from huiqi.core.rules.evaluation import Verdict
from huiqi.core.rules.facts import FactType, Value
from huiqi.core.rules.plan import Decider, compile_plan
from huiqi.core.rules.rule import Rule, Window
from huiqi.core.rules.spaces import value_classes

DAY = date(2026, 11, 23)
CATALOGUE = load_catalogue()
DICTIONARY = CATALOGUE.dictionary
SIZES = load_size_standard(shipped_path() / "standards")
LISTS = load_tick_lists(shipped_path() / QUESTIONS_FILE, DICTIONARY)
DECIDER = Decider(compile_plan((item.rule for item in CATALOGUE.items.values()), DICTIONARY))
RULES = DECIDER.plan.rules
EVERY_RULE = range(len(RULES))
ASKER = Asker(DECIDER, LISTS, SIZES)
FORM = ("region_code", "entity_type", "industry_code", "established_on")
# Codes that exist: the size standard speaks of each of them, by its table or by leaving it out.
TRADES = ("A0171", "B0610", "C1419", "E4710", "F5212", "F5110", "H6210", "I6510", "J6610", "L7291", "P8310")
Reply = Callable[[Question, dict[str, Value], Asked], Asked]


@cache
def _answers_to(fact_id: str) -> tuple[Value, ...]:
    """An answer of every class the catalogue tells apart; those of sets tag by tag."""
    fact = DICTIONARY[fact_id]
    if fact_id == "industry_code":
        return TRADES
    if fact.type is FactType.SET:
        return (frozenset(), fact.codes, *(frozenset({code}) for code in sorted(fact.codes)))
    leaves = [leaf for leaf in DECIDER.plan.leaves if leaf.fact == fact_id]
    return tuple(each.representative for each in value_classes(fact, leaves))


def businesses(min_size: int = 0) -> st.SearchStrategy[dict[str, Value]]:
    """Businesses of which a part is known."""
    asked = sorted({leaf.fact for leaf in DECIDER.plan.leaves} - {"months_since_established", "region_code"})
    values = {fact: st.sampled_from(_answers_to(fact)) for fact in asked}
    return st.fixed_dictionaries({"region_code": st.just("410825")}, optional=values)


def unknown_rules(facts: dict[str, Value]) -> list[int]:
    verdicts = DECIDER.decide(derive(facts, DAY, SIZES).facts, DAY).verdicts
    return [rule for rule in EVERY_RULE if verdicts[rule] is Verdict.UNKNOWN]


def readable(facts: dict[str, Value]) -> set[str]:
    """Facts open rules read, and those from which one they read is derived."""
    read = {fact for rule in unknown_rules(facts) for fact in facts_of(RULES[rule].condition)}
    known = derive(facts, DAY, SIZES).facts
    return {each for fact in read for each in inputs_to_ask(fact, known, SIZES)}


@given(businesses(), st.sets(st.sampled_from(sorted(DICTIONARY)), max_size=20))
@settings(max_examples=60)
def test_a_question_is_about_nothing_known_or_skipped_and_about_what_an_open_rule_reads(
    facts: dict[str, Value], skipped: set[str]
) -> None:
    question = ASKER.next_question(facts, DAY, EVERY_RULE, Asked(frozenset(skipped)))
    if question is not None:
        asked = set(question.facts)
        assert not asked & (facts.keys() | skipped)
        assert asked <= readable(facts)
        assert (question.ticks is not None) == (len(asked) > 1)
        assert question.ticks is None or asked <= question.ticks.ticks.keys()


def walk(facts: dict[str, Value], reply: Reply) -> tuple[dict[str, Value], list[Question]]:
    """Ask until nothing is left."""
    known, asked, questions = dict(facts), Asked(), []
    while question := ASKER.next_question(known, DAY, EVERY_RULE, asked):
        questions.append(question)
        assert len(questions) <= 2 * len(DICTIONARY)
        asked = reply(question, known, asked)
    return known, questions


@given(businesses(), st.data())
@settings(max_examples=25)
def test_whoever_answers_everything_ends_with_nothing_open(
    facts: dict[str, Value], data: st.DataObject
) -> None:
    def answer(question: Question, known: dict[str, Value], asked: Asked) -> Asked:
        present = set(asked.present)
        for fact in question.facts:
            value = data.draw(st.sampled_from(_answers_to(fact)), label=fact)
            is_number = question.ticks is not None and DICTIONARY[fact].type is not FactType.BOOL
            if is_number and value != 0:
                present.add(fact)
            else:
                known[fact] = value
        return Asked(present=frozenset(present))

    known, questions = walk(facts, answer)
    assert unknown_rules(known) == []
    single = [question.facts[0] for question in questions if question.ticks is None]
    assert len(single) == len(set(single))


@given(businesses())
@settings(max_examples=15)
def test_whoever_skips_everything_is_asked_everything_once(facts: dict[str, Value]) -> None:
    _, questions = walk(
        facts, lambda question, _, asked: Asked(asked.skipped | frozenset(question.facts), asked.present)
    )
    asked = [fact for question in questions for fact in question.facts]
    assert len(asked) == len(set(asked))


@given(businesses())
@settings(max_examples=20)
def test_the_same_answers_lead_to_the_same_question(facts: dict[str, Value]) -> None:
    fresh = Asker(DECIDER, LISTS, SIZES)
    assert fresh.next_question(facts, DAY, EVERY_RULE) == ASKER.next_question(facts, DAY, EVERY_RULE)


@given(businesses())
@settings(max_examples=30)
def test_what_is_asked_is_among_what_is_wanted_and_nothing_is_wanted_when_nothing_is_asked(
    facts: dict[str, Value],
) -> None:
    question, wanted = ASKER.next_question(facts, DAY, EVERY_RULE), ASKER.wanted(facts, DAY, EVERY_RULE)
    assert wanted >= set(question.facts) if question else not wanted


def small(*trees: Leaf, lists: tuple[TickList, ...] = ()) -> Asker:
    raw = [
        {"id": fact, "label": fact, "type": kind, "source_dept": "某局", "minimum": low}
        for fact, kind, low in (("a", "bool", None), ("b", "bool", None), ("n", "integer", 0))
    ]
    dictionary = parse_dictionary({"facts": raw})
    rules = [Rule(f"r{number}", Window(), tree) for number, tree in enumerate(trees)]
    return Asker(Decider(compile_plan(rules, dictionary)), lists)


A, B, N = Leaf("a", Op.EQ, True), Leaf("b", Op.EQ, True), Leaf("n", Op.GE, 3)


def test_what_settles_more_rules_is_asked_first_and_ties_fall_to_the_dictionary() -> None:
    assert small(A, B, B).next_question({}, DAY, range(3)) == Question(("b",))
    assert small(B, A).next_question({}, DAY, range(2)) == Question(("a",))


def test_a_ticked_number_is_asked_for_by_itself_and_a_rule_elsewhere_asks_nothing() -> None:
    ticks = TickList("have", "有没有？", {"a": "甲", "n": "丙"})
    asker = small(A, N, B, lists=(ticks,))
    assert asker.next_question({}, DAY, [0, 1]) == Question(("a", "n"), ticks)
    assert asker.next_question({"a": True}, DAY, [0, 1], Asked(present=frozenset("n"))) == Question(("n",))
    assert asker.next_question({"a": True}, DAY, [0]) is None
