"""The smallest set of unknown facts for which some answers make a rule eligible."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from huiqi.core.rules.conditions import All, AnyOf, Condition, Leaf, Not, leaves_of
from huiqi.core.rules.evaluation import leaf_state
from huiqi.core.rules.facts import FactDictionary, Facts
from huiqi.core.rules.spaces import ValueClass, value_classes

EXACT_LIMIT = 12
TRUE, FALSE, UNKNOWN = 1, 2, 4
_MASK_OF = {True: TRUE, False: FALSE, None: UNKNOWN}
LeafMasks = Mapping[Leaf, int]


@dataclass(frozen=True, slots=True)
class Settling:
    """The facts to ask, in dictionary order; none where no answers at all would make the rule eligible."""

    facts: tuple[str, ...]
    is_exact: bool
    is_possible: bool


def settle(condition: Condition, facts: Facts, dictionary: FactDictionary) -> Settling:
    """Find the smallest set of unknown facts that could make ``condition`` true.

    Exact up to 12 unknown facts, greedy beyond; ties fall to the dictionary's order.
    """
    search = _Search(condition, facts, dictionary)
    unknown = search.unknown
    if not search.is_satisfiable(unknown):
        return Settling((), True, False)
    if len(unknown) > EXACT_LIMIT:
        return Settling(search.shrink(unknown), False, True)
    return Settling(next(search.smallest_first()), True, True)


class _Search:
    def __init__(self, condition: Condition, facts: Facts, dictionary: FactDictionary) -> None:
        self.condition = condition
        self.by_fact: dict[str, list[Leaf]] = {}
        for leaf in dict.fromkeys(leaves_of(condition)):
            self.by_fact.setdefault(leaf.fact, []).append(leaf)
        self.known: dict[Leaf, int] = {
            leaf: _MASK_OF[leaf_state(leaf, dictionary[fact_id], facts.get(fact_id))]
            for fact_id, leaves in self.by_fact.items()
            for leaf in leaves
        }
        gaps = (fact_id for fact_id, leaves in self.by_fact.items() if self._is_open(fact_id, leaves, facts))
        self.unknown = tuple(sorted(gaps, key=dictionary.position))
        self.classes: dict[str, tuple[ValueClass, ...]] = {
            fact_id: value_classes(dictionary[fact_id], self.by_fact[fact_id]) for fact_id in self.unknown
        }

    def _is_open(self, fact_id: str, leaves: Sequence[Leaf], facts: Facts) -> bool:
        """A fact is open when it is absent, or known too coarsely for one of its leaves."""
        return fact_id not in facts or any(self.known[leaf] == UNKNOWN for leaf in leaves)

    def smallest_first(self) -> Iterator[tuple[str, ...]]:
        """Yield sets that suffice, smallest first, ties in dictionary order."""
        needed = [fact for fact in self.unknown if not self._may_hold(self._without(fact))]
        others = [fact for fact in self.unknown if fact not in needed]
        for size in range(len(others) + 1):
            for extra in combinations(others, size):
                chosen = tuple(fact for fact in self.unknown if fact in needed or fact in extra)
                if self.is_satisfiable(chosen):
                    yield chosen

    def shrink(self, chosen: tuple[str, ...]) -> tuple[str, ...]:
        """Drop facts, last in the dictionary first, as long as the rest suffices."""
        for fact in reversed(chosen):
            fewer = tuple(other for other in chosen if other != fact)
            if self.is_satisfiable(fewer):
                chosen = fewer
        return chosen

    def is_satisfiable(self, chosen: Sequence[str]) -> bool:
        """Can answers to ``chosen`` alone make the condition true?"""
        return self._assign(list(chosen), self._free(chosen))

    def _without(self, fact: str) -> dict[Leaf, int]:
        return self._free([other for other in self.unknown if other != fact])

    def _free(self, chosen: Sequence[str]) -> dict[Leaf, int]:
        masks = dict(self.known)
        for fact in chosen:
            for place, leaf in enumerate(self.by_fact[fact]):
                masks[leaf] = 0
                for each in self.classes[fact]:
                    masks[leaf] |= _MASK_OF[each.states[place]]
        return masks

    def _may_hold(self, masks: LeafMasks) -> bool:
        return bool(possible_states(self.condition, masks) & TRUE)

    def _assign(self, remaining: list[str], masks: dict[Leaf, int]) -> bool:
        possible = possible_states(self.condition, masks)
        if not possible & TRUE or possible == TRUE:
            return possible == TRUE
        if not remaining:
            return False
        fact, rest = remaining[0], remaining[1:]
        for each in self.classes[fact]:
            fixed = zip(self.by_fact[fact], (_MASK_OF[state] for state in each.states), strict=True)
            if self._assign(rest, masks | dict(fixed)):
                return True
        return False


def possible_states(condition: Condition, masks: LeafMasks) -> int:
    """Return every state the tree may take when each leaf may take those of its mask.

    Leaves are taken as independent, so the answer may be too wide and is never too narrow.
    """
    match condition:
        case Leaf():
            return masks[condition]
        case Not(child):
            return _swapped(possible_states(child, masks))
        case All(children):
            return _combined([possible_states(child, masks) for child in children])
        case AnyOf(children):
            return _swapped(_combined([_swapped(possible_states(child, masks)) for child in children]))


def _swapped(mask: int) -> int:
    return mask & UNKNOWN | (FALSE if mask & TRUE else 0) | (TRUE if mask & FALSE else 0)


def _combined(masks: Sequence[int]) -> int:
    """Kleene ``all`` over sets of states."""
    result = TRUE if all(mask & TRUE for mask in masks) else 0
    if any(mask & FALSE for mask in masks):
        result |= FALSE
    if all(mask & (TRUE | UNKNOWN) for mask in masks) and any(mask & UNKNOWN for mask in masks):
        result |= UNKNOWN
    return result
