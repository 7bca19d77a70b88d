"""The smallest set of unknown facts for which some answers make a rule eligible.

A tree is true exactly when enough of its *literals* are: a leaf that must be true, or, under a negation, a
leaf that must be false. Not known counts like not true, so the tree is a monotone function of its literals,
and an answer to a fact is the set of literals it makes true. Answers that make fewer of them true than
another answer to the same fact need no look.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from heapq import heappop, heappush
from itertools import combinations, count

from huiqi.core.rules.conditions import All, AnyOf, Condition, Leaf, Not, leaves_of
from huiqi.core.rules.facts import Fact, FactDictionary, Facts, Value
from huiqi.core.rules.spaces import states_of, value_classes

EXACT_LIMIT = 12
PATIENCE = 500_000  # leaves to look at: less than a tenth of a second

Answer = frozenset[int]  # the numbers of the literals an answer makes true
Answers = dict[str, Answer]  # by fact
Tree = int | tuple[bool, tuple["Tree", ...]]  # a literal, or (is it any, children)


@dataclass(frozen=True, slots=True)
class Settling:
    """The facts to ask, in dictionary order; none where no answers at all would make the rule eligible."""

    facts: tuple[str, ...]
    is_exact: bool
    is_possible: bool


class _OutOfPatienceError(Exception):
    """The search has looked at more leaves than it may."""


def settle(condition: Condition, facts: Facts, dictionary: FactDictionary) -> Settling:
    """Find the smallest set of unknown facts that could make ``condition`` true.

    A fact is unknown when it is absent, or a code known too coarsely for one of its leaves; facts are taken
    as independent of each other. Exact up to 12 unknown facts that can help, greedy beyond; ties fall to
    the dictionary's order. A tree that is a hard puzzle in itself (dozens of clauses that exclude one
    another) exhausts the patience of the search: it too is answered greedily and said to be.
    """
    puzzle = _Puzzle(condition, facts, dictionary)
    if len(puzzle.unknown) <= EXACT_LIMIT:
        with suppress(_OutOfPatienceError):
            smallest = puzzle.first(_all_choices(puzzle.unknown))
            return Settling(tuple(smallest or ()), True, smallest is not None)
    puzzle.renew_patience()
    return _settle_greedily(puzzle)


def _settle_greedily(puzzle: "_Puzzle") -> Settling:
    """Drop facts, last in the dictionary first, as long as the rest is seen to suffice.

    First with the answers found for all of them, which is quick, then with any answers.
    """
    chosen = puzzle.unknown
    with suppress(_OutOfPatienceError):
        answers = puzzle.first(_one_choice(chosen, puzzle.unknown))
        if answers is None:
            return Settling((), True, False)
        chosen = puzzle.needed(answers)
        for fact in reversed(chosen):
            fewer = tuple(other for other in chosen if other != fact)
            if puzzle.first(_one_choice(fewer, puzzle.unknown)) is not None:
                chosen = fewer
    return Settling(chosen, False, True)


@dataclass(frozen=True, slots=True)
class _Choices:
    """Some sets of facts to answer, best first; bit n of ``holding[fact]`` says that set n holds the fact."""

    sets: tuple[tuple[str, ...], ...]
    holding: Mapping[str, int]


def _one_choice(chosen: tuple[str, ...], facts: tuple[str, ...]) -> _Choices:
    return _Choices((chosen,), {fact: int(fact in chosen) for fact in facts})


def _all_choices(facts: tuple[str, ...]) -> _Choices:
    order, holding = _subsets(len(facts))
    sets = tuple(tuple(facts[place] for place in chosen) for chosen in order)
    return _Choices(sets, dict(zip(facts, holding, strict=True)))


@lru_cache(maxsize=EXACT_LIMIT + 1)
def _subsets(size: int) -> tuple[tuple[tuple[int, ...], ...], tuple[int, ...]]:
    """Return all subsets of so many places, small ones first, and for each place the subsets holding it."""
    order = [chosen for length in range(size + 1) for chosen in combinations(range(size), length)]
    holding = [0] * size
    for number, chosen in enumerate(order):
        for place in chosen:
            holding[place] |= 1 << number
    return tuple(order), tuple(holding)


@dataclass(frozen=True, slots=True)
class _Told:
    """What one fact does to a tree: ``now`` what is true of it already, and the answers worth a look."""

    now: Answer
    best: tuple[Answer, ...]


class _Shape:
    """One tree without any answers, its literals numbered."""

    def __init__(self, condition: Condition) -> None:
        self._numbers: dict[tuple[Leaf, bool], int] = {}
        self._untold: dict[Fact, _Told] = {}
        self.tree = self._compiled(condition, True)
        by_fact: dict[str, list[Leaf]] = {}
        for leaf in leaves_of(condition):
            by_fact.setdefault(leaf.fact, []).append(leaf)
        self.size = sum(map(len, by_fact.values()))
        self.leaves = {fact: tuple(dict.fromkeys(leaves)) for fact, leaves in by_fact.items()}
        self.count = len(self._numbers)
        self.literals: dict[str, list[int]] = {fact: [] for fact in by_fact}
        for (leaf, _), number in self._numbers.items():
            self.literals[leaf.fact].append(number)

    def _compiled(self, condition: Condition, wanted: bool) -> Tree:
        match condition:
            case Leaf():
                return self._numbers.setdefault((condition, wanted), len(self._numbers))
            case Not(child):
                return self._compiled(child, not wanted)
            case All(children):
                return (not wanted, tuple(self._compiled(child, wanted) for child in children))
            case AnyOf(children):
                return (wanted, tuple(self._compiled(child, wanted) for child in children))

    def told(self, fact: Fact, value: Value | None) -> _Told:
        """What the fact does. Where nobody has answered it is the same for all who ask, and kept."""
        if value is not None:
            return self._worked_out(fact, value)
        if fact not in self._untold:
            self._untold[fact] = self._worked_out(fact, None)
        return self._untold[fact]

    def _worked_out(self, fact: Fact, value: Value | None) -> _Told:
        leaves = self.leaves[fact.id]
        states = states_of(fact, leaves, value)
        now = self._made_true(leaves, states)
        if value is not None and None not in states:
            return _Told(now, ())
        classes = value_classes(fact, leaves, value)
        reachable = dict.fromkeys(self._made_true(leaves, each.states) for each in classes)
        useful = [each for each in reachable if not each <= now]
        return _Told(now, tuple(each for each in useful if not any(each < other for other in useful)))

    def _made_true(self, leaves: Sequence[Leaf], states: Sequence[bool | None]) -> Answer:
        pairs = [(leaf, state) for leaf, state in zip(leaves, states, strict=True) if state is not None]
        return frozenset(self._numbers[pair] for pair in pairs if pair in self._numbers)


@lru_cache(maxsize=1_024)
def _shape_of(condition: Condition) -> _Shape:
    """A catalogue has few trees, and each is asked about by everybody."""
    return _Shape(condition)


class _Puzzle:
    """One tree and what is known: which answers to which facts would make it true."""

    def __init__(self, condition: Condition, facts: Facts, dictionary: FactDictionary) -> None:
        self._shape = _shape_of(condition)
        self._settled: set[int] = set()
        self._answers: dict[str, tuple[Answer, ...]] = {}
        self.renew_patience()
        for fact_id in sorted(self._shape.leaves, key=dictionary.position):
            told = self._shape.told(dictionary[fact_id], facts.get(fact_id))
            self._settled |= told.now
            if told.best:
                self._answers[fact_id] = told.best
        self.unknown = tuple(self._answers)

    def first(self, choices: _Choices) -> Answers | None:
        """Return the first of the sets that suffices, with answers that do it; None where none does.

        While several answers to a fact are open it counts as giving all of them at once, so a set may be
        found too early and never too late; then the answers to one such fact are tried apart.
        """
        queue: list[tuple[int, int, list[int], Answers]] = []
        order = count()

        def consider(reached: list[int], decided: Answers) -> None:
            sufficing = _where_true(self._shape.tree, reached)
            if sufficing:
                best = (sufficing & -sufficing).bit_length() - 1
                heappush(queue, (best, -next(order), reached, decided))

        all_at_once = {fact: frozenset[int]().union(*answers) for fact, answers in self._answers.items()}
        certain = {fact: answers[0] for fact, answers in self._answers.items() if len(answers) == 1}
        consider(self._reached(choices, all_at_once), certain)
        while queue:
            number, _, reached, decided = heappop(queue)
            contested = [fact for fact in choices.sets[number] if fact not in decided]
            if not contested:
                return {fact: decided[fact] for fact in choices.sets[number]}
            fact = max(contested, key=lambda each: len(self._shape.literals[each]))
            self._spend(len(self._answers[fact]))
            for answer in self._answers[fact]:
                narrowed = self._narrowed(reached, fact, answer, choices.holding[fact])
                consider(narrowed, decided | {fact: answer})
        return None

    def renew_patience(self) -> None:
        """Let the next search look at as many leaves as the first."""
        self._patience = PATIENCE

    def _spend(self, looks: int) -> None:
        self._patience -= looks * self._shape.size
        if self._patience < 0:
            raise _OutOfPatienceError

    def needed(self, answers: Answers) -> tuple[str, ...]:
        """Return which of these answers already suffice, dropping the last in the dictionary first."""
        chosen = tuple(answers)
        for fact in reversed(chosen):
            fewer = tuple(other for other in chosen if other != fact)
            if _where_true(self._shape.tree, self._reached(_one_choice(fewer, self.unknown), answers)):
                chosen = fewer
        return chosen

    def _reached(self, choices: _Choices, answers: Answers) -> list[int]:
        """Return for each literal the sets, as bits, in which these answers make it true."""
        every = (1 << len(choices.sets)) - 1
        reached = [every if number in self._settled else 0 for number in range(self._shape.count)]
        for fact in self.unknown:
            reached = self._narrowed(reached, fact, answers.get(fact, frozenset()), choices.holding[fact])
        return reached

    def _narrowed(self, reached: list[int], fact: str, answer: Answer, holding: int) -> list[int]:
        """Return what is reached when ``fact``, in the sets holding it, gives this answer and no other."""
        narrowed = reached.copy()
        for number in self._shape.literals[fact]:
            narrowed[number] = narrowed[number] & ~holding | (holding if number in answer else 0)
        return narrowed


def _where_true(tree: Tree, reached: Sequence[int]) -> int:
    """Return the sets, as bits, in which the tree is true."""
    if isinstance(tree, int):
        return reached[tree]
    is_any, children = tree
    found = 0 if is_any else -1
    for child in children:
        below = reached[child] if isinstance(child, int) else _where_true(child, reached)
        found = found | below if is_any else found & below
    return found
