"""Parts of a condition tree that a constant could stand for.

A node is dead when a constant in its place leaves the tree the same function. Nodes are tried from the top
down, the last of a group first, and a dead one is taken out before the next is tried. So everything
reported of one tree can be taken out together, and nothing dead is left; of two equal leaves the second is
reported, and inside a group found dead nothing more is looked for.

The tree is walked three times: for nodes that can be one thing only; for nodes whose removal changes no
verdict of anybody, whatever is known of them; for nodes whose removal changes no verdict once the facts are
known. Law written as cases (不超过 5000 万元的…；超过 5000 万元的…) has such nodes and is right as it
stands.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from huiqi.core.rules.conditions import All, AnyOf, Condition, Leaf, Not
from huiqi.core.rules.linting.diagrams import FALSE, TRUE, Diagram
from huiqi.core.rules.linting.space import Space


class DeadKind(StrEnum):
    """Why a node is dead.

    NEVER and ALWAYS: by itself. IMPOSSIBLE: it contradicts what stands around it, nobody eligible meets it.
    SWALLOWED: whoever meets it is eligible without it. IMPLIED: the conditions beside it ask for more.
    COVERED: other branches make it needless, as in law written as cases.
    """

    NEVER = "never"
    ALWAYS = "always"
    IMPOSSIBLE = "impossible"
    SWALLOWED = "swallowed"
    IMPLIED = "implied"
    COVERED = "covered"


@dataclass(frozen=True, slots=True)
class DeadNode:
    """A node that a constant could stand for."""

    condition: Condition
    path: str
    kind: DeadKind


def find_dead(condition: Condition, path: str, known: Space, partial: Space) -> list[DeadNode]:
    """Return the dead nodes of a tree that is neither never nor always true.

    ``known`` is the space of complete facts but for those asked to exist, ``partial`` that of all gaps.
    """
    constants: dict[str, Diagram] = {}
    found: list[DeadNode] = []
    for search in (_OneThingOnly(known), _Idle(partial), _Covered(known)):
        search.run(condition, path, constants)
        found += search.found
        constants |= search.constants
    return found


def children_of(group: All | AnyOf, path: str) -> list[tuple[Condition, str]]:
    """Return the children of a group with their paths."""
    word = "all" if isinstance(group, All) else "any"
    return [(child, f"{path}/{word}[{number}]") for number, child in enumerate(group.children)]


def walk(condition: Condition, path: str) -> Iterator[tuple[str, Condition]]:
    """Yield every node with its path, a parent before its children."""
    yield path, condition
    match condition:
        case Not(child):
            yield from walk(child, f"{path}/not")
        case All() | AnyOf():
            for child, where in children_of(condition, path):
                yield from walk(child, where)
        case Leaf():
            pass


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a node stands: what the tree becomes with a diagram there, and what else must hold beside it.

    Under an odd number of ``not`` it is the node's being false that helps a business.
    """

    put: Callable[[Diagram], Diagram]
    beside: Diagram = TRUE
    is_negated: bool = False
    is_root: bool = False

    @property
    def refusing(self) -> Diagram:
        """The constant that closes this branch."""
        return TRUE if self.is_negated else FALSE

    @property
    def granting(self) -> Diagram:
        """The constant that asks nothing here."""
        return FALSE if self.is_negated else TRUE


class _Search:
    """One walk over a tree; ``given`` constants by path stand for what earlier walks have taken out."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.found: list[DeadNode] = []
        self.constants: dict[str, Diagram] = {}
        self._given: Mapping[str, Diagram] = {}
        self._whole: Diagram = FALSE

    def run(self, condition: Condition, path: str, given: Mapping[str, Diagram]) -> None:
        self._given = given
        self._whole = self._diagram(condition, path)
        self._prune(condition, path, _Place(lambda part: part, is_root=True))

    def judge(self, own: Diagram, place: _Place) -> tuple[DeadKind, Diagram] | None:
        """Return why a node is dead and the constant to put there, None while it lives."""
        raise NotImplementedError

    def fits(self, constant: Diagram, place: _Place) -> bool:
        """Say whether the tree stays the same with the constant in the node's place."""
        return place.put(constant) == self._whole

    def never_meets(self, own: Diagram, place: _Place, *, is_met: bool) -> bool:
        """Say whether the node is never met (or never missed) where all beside it holds."""
        diagrams = self.space.diagrams
        asked = own if is_met != place.is_negated else diagrams.negation(own)
        return self.space.is_never_true(diagrams.all_of((place.beside, asked)))

    def _diagram(self, condition: Condition, path: str) -> Diagram:
        if path in self._given:
            return self._given[path]
        diagrams = self.space.diagrams
        match condition:
            case Leaf():
                return self.space.diagram(condition)
            case Not(child):
                return diagrams.negation(self._diagram(child, f"{path}/not"))
            case All():
                return diagrams.all_of(self._diagram(*child) for child in children_of(condition, path))
            case AnyOf():
                return diagrams.any_of(self._diagram(*child) for child in children_of(condition, path))

    def _prune(self, condition: Condition, path: str, place: _Place) -> Diagram:
        """Note what is dead in a sub-tree; return the diagram of what is left of it."""
        if path in self._given:
            return self._given[path]
        judged = None if place.is_root else self.judge(self._diagram(condition, path), place)
        if judged is not None:
            kind, self.constants[path] = judged
            self.found.append(DeadNode(condition, path, kind))
            return self.constants[path]
        match condition:
            case Leaf():
                return self.space.diagram(condition)
            case Not(child):
                negation = self.space.diagrams.negation
                inner = _Place(lambda part: place.put(negation(part)), place.beside, not place.is_negated)
                return negation(self._prune(child, f"{path}/not", inner))
            case All() | AnyOf():
                return self._prune_group(condition, path, place)

    def _prune_group(self, group: All | AnyOf, path: str, place: _Place) -> Diagram:
        combine = self.space.diagrams.all_of if isinstance(group, All) else self.space.diagrams.any_of
        children = children_of(group, path)
        before = [combine(())]
        for child, where in children:
            before.append(combine((before[-1], self._diagram(child, where))))
        after = before[0]
        for number in range(len(children) - 1, -1, -1):
            inner = self._inner(group, place, combine((before[number], after)))
            after = combine((self._prune(*children[number], inner), after))
        return after

    def _inner(self, group: All | AnyOf, place: _Place, others: Diagram) -> _Place:
        """Return the place of one child, given what its siblings amount to."""
        diagrams = self.space.diagrams
        combine = diagrams.all_of if isinstance(group, All) else diagrams.any_of
        beside = place.beside
        if isinstance(group, AnyOf if place.is_negated else All):
            required = diagrams.negation(others) if place.is_negated else others
            beside = diagrams.all_of((beside, required))
        return _Place(lambda part: place.put(combine((part, others))), beside, place.is_negated)


class _OneThingOnly(_Search):
    def judge(self, own: Diagram, place: _Place) -> tuple[DeadKind, Diagram] | None:
        if self.space.is_never_true(own) and self.fits(FALSE, place):
            return DeadKind.NEVER, FALSE
        if own == TRUE:
            return DeadKind.ALWAYS, TRUE
        if self.never_meets(own, place, is_met=True) and self.fits(place.refusing, place):
            return DeadKind.IMPOSSIBLE, place.refusing
        return None


class _Idle(_Search):
    def judge(self, own: Diagram, place: _Place) -> tuple[DeadKind, Diagram] | None:
        if self.fits(place.refusing, place):
            return DeadKind.SWALLOWED, place.refusing
        if self.fits(place.granting, place):
            is_implied = self.never_meets(own, place, is_met=False)
            return DeadKind.IMPLIED if is_implied else DeadKind.COVERED, place.granting
        return None


class _Covered(_Search):
    def judge(self, own: Diagram, place: _Place) -> tuple[DeadKind, Diagram] | None:
        del own
        for constant in (place.refusing, place.granting):
            if self.fits(constant, place):
                return DeadKind.COVERED, constant
        return None
