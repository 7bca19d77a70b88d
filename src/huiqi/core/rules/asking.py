"""Which question to ask next: the one expected to settle most of the rules still open.

A rule is settled when it is a yes or a no. The chance that a question settles it is summed over the classes
of its answers, each class of answers a rule tells apart being taken as likely as the others. A rule that
stays open counts for the part of its open questions that is answered, so that rules which need several
answers are not put off for ever.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product

from huiqi.core.rules.derivation import derive, inputs_to_ask
from huiqi.core.rules.evaluation import Verdict, kleene_all, kleene_any, kleene_not
from huiqi.core.rules.facts import Facts, FactType, Value
from huiqi.core.rules.plan import Decider, Decision, NodeKind
from huiqi.core.rules.spaces import States, states_of, value_classes
from huiqi.core.standards.size_class import SizeStandard

_LEAST_GAIN = 1e-9

_Outcome = tuple[float, dict[int, bool | None]]  # how likely, and the states of the leaves then


@dataclass(frozen=True, slots=True)
class TickList:
    """Facts asked together on one screen: yes/no facts, and numbers of which most have none.

    What is not ticked is a no, or a 0. A ticked number is still to be asked for by itself.
    """

    id: str
    text: str
    ticks: Mapping[str, str]  # by fact, the words beside its box


@dataclass(frozen=True, slots=True)
class Question:
    """What to put on one screen: one fact, or those facts of a tick-list that still matter."""

    facts: tuple[str, ...]
    ticks: TickList | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Facts not to be asked (``skipped``), and numbers known to be more than 0 (``present``)."""

    skipped: frozenset[str] = frozenset()
    present: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Open:
    """A rule still open: what each fact that matters is learnt from, and in how many questions."""

    rule: int
    inputs: Mapping[str, frozenset[str]]
    every: frozenset[str]  # all of them together
    steps: int


class Asker:
    """Chooses questions for one catalogue; made once, used for every request."""

    def __init__(
        self,
        decider: Decider,
        tick_lists: Sequence[TickList] = (),
        size_standard: SizeStandard | None = None,
    ) -> None:
        self.plan, self._decider = decider.plan, decider
        self._size_standard = size_standard
        self._list_of = {fact: each for each in tick_lists for fact in each.ticks}
        self._leaves = [tuple(sorted(set(self._leaves_below(root)))) for root in self.plan.roots]
        self._outcomes: dict[tuple[int, str, bool], tuple[_Outcome, ...]] = {}

    def next_question(
        self, facts: Facts, as_of: date, rules: Iterable[int], asked: Asked | None = None
    ) -> Question | None:
        """The question to ask about ``rules`` (places in the plan); None where nothing is left to ask.

        ``facts`` are the given ones, not yet derived. Ties fall to the dictionary's order.
        """
        found, decision = self._still_open(facts, as_of, rules, asked or Asked())
        best, most = None, 0.0
        for question in self._questions(found, asked or Asked()):
            told = frozenset(question.facts)
            touched = (each for each in found if not told.isdisjoint(each.every))
            gain = sum(self._gain(each, question, decision) for each in touched)
            if gain > most + _LEAST_GAIN:
                best, most = question, gain
        return best

    def wanted(
        self, facts: Facts, as_of: date, rules: Iterable[int], asked: Asked | None = None
    ) -> frozenset[str]:
        """Every fact whose answer may still help to settle one of the rules."""
        found, _ = self._still_open(facts, as_of, rules, asked or Asked())
        return frozenset[str]().union(*(each.every for each in found))

    def _still_open(
        self, facts: Facts, as_of: date, rules: Iterable[int], asked: Asked
    ) -> tuple[list[_Open], Decision]:
        known = derive(facts, as_of, self._size_standard).facts
        decision = self._decider.decide(known, as_of)
        unsettled = (rule for rule in rules if decision.verdicts[rule] is Verdict.UNKNOWN)

        @cache
        def inputs_of(fact: str) -> frozenset[str]:
            return frozenset(inputs_to_ask(fact, known, self._size_standard))

        told = asked.skipped.union(known)
        return [self._open(rule, decision, inputs_of, told, asked) for rule in unsettled], decision

    def _open(
        self,
        rule: int,
        decision: Decision,
        inputs_of: Callable[[str], frozenset[str]],
        told: frozenset[str],
        asked: Asked,
    ) -> _Open:
        """Leave out facts of which some part is skipped or known: no answer would settle them."""
        inputs: dict[str, frozenset[str]] = {}
        for fact in dict.fromkeys(self._mattering(self.plan.roots[rule], decision)):
            if told.isdisjoint(inputs_of(fact)):
                inputs[fact] = inputs_of(fact)
        every = frozenset(fact for wanted in inputs.values() for fact in wanted)
        return _Open(rule, inputs, every, len({self._screen(fact, asked) for fact in every}))

    def _screen(self, fact: str, asked: Asked) -> str:
        """What shows the fact: its tick-list or itself."""
        ticks = None if fact in asked.present else self._list_of.get(fact)
        return fact if ticks is None else f"list {ticks.id}"

    def _questions(self, found: Sequence[_Open], asked: Asked) -> Iterator[Question]:
        position = self.plan.dictionary.position
        wanted = frozenset[str]().union(*(each.every for each in found))
        screens: dict[str, list[str]] = {}
        for fact in sorted(wanted, key=position):
            screens.setdefault(self._screen(fact, asked), []).append(fact)
        for facts in screens.values():
            is_list = len(facts) > 1
            yield Question(tuple(facts), self._list_of[facts[0]] if is_list else None)

    def _gain(self, each: _Open, question: Question, decision: Decision) -> float:
        """How far the question is expected to bring a rule that it touches: 1 settles it."""
        told = frozenset(question.facts)
        learnt = [fact for fact, inputs in each.inputs.items() if inputs <= told]
        is_list = question.ticks is not None
        chance = self._chance(
            each.rule, [self._outcomes_of(each.rule, fact, is_list) for fact in learnt], decision
        )
        return chance + (1 - chance) / each.steps

    def _chance(self, rule: int, outcomes: Sequence[tuple[_Outcome, ...]], decision: Decision) -> float:
        """How likely the rule is settled by learning facts of these outcomes, taken as independent."""
        settled = 0.0
        for combination in product(*outcomes):
            weight, states = 1.0, {}
            for share, changed in combination:
                weight *= share
                states.update(changed)
            if weight and self._state(self.plan.roots[rule], decision, states) is not None:
                settled += weight
        return settled

    def _outcomes_of(self, rule: int, fact: str, is_ticked: bool) -> tuple[_Outcome, ...]:
        key = (rule, fact, is_ticked)
        if key not in self._outcomes:
            self._outcomes[key] = tuple(self._weigh(rule, fact, is_ticked))
        return self._outcomes[key]

    def _weigh(self, rule: int, fact_id: str, is_ticked: bool) -> Iterator[_Outcome]:
        """The classes of a fact that a rule tells apart. Of a ticked number only the 0 is learnt."""
        fact = self.plan.dictionary[fact_id]
        places = [place for place in self._leaves[rule] if self.plan.leaves[place].fact == fact_id]
        leaves = [self.plan.leaves[place] for place in places]
        is_number = is_ticked and fact.type is not FactType.BOOL

        def states(value: Value) -> States:
            return (None,) * len(leaves) if is_number and value != 0 else states_of(fact, leaves, value)

        values = [each.representative for each in value_classes(fact, leaves)] + [0] * is_number
        classes = dict.fromkeys(states(value) for value in values)
        for each in classes:
            yield 1 / len(classes), dict(zip(places, each, strict=True))

    def _leaves_below(self, place: int) -> Iterator[int]:
        node = self.plan.nodes[place]
        if node.kind is NodeKind.LEAF:
            yield node.children[0]
        else:
            for child in node.children:
                yield from self._leaves_below(child)

    def _mattering(self, place: int, decision: Decision) -> Iterator[str]:
        """The unknown facts in the branches that leave a node open."""
        if self._state(place, decision, {}) is not None:
            return
        node = self.plan.nodes[place]
        if node.kind is NodeKind.LEAF:
            yield self.plan.leaves[node.children[0]].fact
        else:
            for child in node.children:
                yield from self._mattering(child, decision)

    def _state(self, place: int, decision: Decision, changed: Mapping[int, bool | None]) -> bool | None:
        node = self.plan.nodes[place]
        if node.kind is NodeKind.LEAF:
            leaf = node.children[0]
            return changed[leaf] if leaf in changed else decision.leaf_states[leaf]
        states = (self._state(child, decision, changed) for child in node.children)
        if node.kind is NodeKind.NOT:
            return kleene_not(next(states))
        return kleene_any(states) if node.kind is NodeKind.ANY else kleene_all(states)
