"""Multi-valued decision diagrams of three-valued functions: equal functions are the same node.

A diagram is a number: one of the three terminals, or a node that asks one variable and has one child for
each place of it. Nodes ask their variables in one order, are never kept twice and never ask in vain, so two
functions are equal exactly when their numbers are (R. E. Bryant, Graph-Based Algorithms for Boolean Function
Manipulation, 1986).
"""

from collections.abc import Iterable, Sequence

Diagram = int
FALSE, TRUE, UNKNOWN = 0, 1, 2
TERMINAL_OF = {False: FALSE, True: TRUE, None: UNKNOWN}
_TERMINALS = 3
_BELOW_ALL = 1 << 30
BUDGET = 400_000


class DiagramTooLargeError(Exception):
    """A function needs more edges than the budget allows."""


class Diagrams:
    """Makes and keeps the diagrams of one set of ordered variables, numbered from 0."""

    def __init__(self, budget: int = BUDGET) -> None:
        self._budget = self._left = budget
        self._variables: list[int] = [_BELOW_ALL] * _TERMINALS
        self._children: list[tuple[Diagram, ...]] = [()] * _TERMINALS
        self._numbers: dict[tuple[int, tuple[Diagram, ...]], Diagram] = {}
        self._combined: dict[tuple[int, Diagram, Diagram], Diagram] = {}
        self._negated: dict[Diagram, Diagram] = {FALSE: TRUE, TRUE: FALSE, UNKNOWN: UNKNOWN}

    def renew(self) -> None:
        """Start the budget afresh, for the next function."""
        self._left = self._budget

    def node(self, variable: int, children: Iterable[Diagram]) -> Diagram:
        """Return the diagram that asks ``variable``; its children ask later variables only.

        A variable without places has no values to ask for: the function is unknown.
        """
        edges = tuple(children)
        if not edges:
            return UNKNOWN
        if all(edge == edges[0] for edge in edges):
            return edges[0]
        number = self._numbers.get((variable, edges))
        if number is None:
            self.spend(len(edges))
            number = len(self._variables)
            self._variables.append(variable)
            self._children.append(edges)
            self._numbers[variable, edges] = number
        return number

    def spend(self, edges: int) -> None:
        """Take some work off the budget; raises DiagramTooLargeError once it is used up."""
        self._left -= edges
        if self._left < 0:
            raise DiagramTooLargeError

    def all_of(self, parts: Iterable[Diagram]) -> Diagram:
        """Kleene conjunction."""
        return self._fold(FALSE, TRUE, parts)

    def any_of(self, parts: Iterable[Diagram]) -> Diagram:
        """Kleene disjunction."""
        return self._fold(TRUE, FALSE, parts)

    def _fold(self, deciding: Diagram, neutral: Diagram, parts: Iterable[Diagram]) -> Diagram:
        result = neutral
        for part in parts:
            result = self._combine(deciding, neutral, result, part)
        return result

    def _combine(self, deciding: Diagram, neutral: Diagram, one: Diagram, other: Diagram) -> Diagram:
        if deciding in (one, other):
            return deciding
        if one in (neutral, other):
            return other
        if other == neutral:
            return one
        key = (deciding, min(one, other), max(one, other))
        result = self._combined.get(key)
        if result is None:
            variable, pairs = self._split(one, other)
            self.spend(len(pairs))
            result = self.node(variable, (self._combine(deciding, neutral, *pair) for pair in pairs))
            self._combined[key] = result
        return result

    def _split(self, one: Diagram, other: Diagram) -> tuple[int, Sequence[tuple[Diagram, Diagram]]]:
        """Return the first variable either asks, and the pair of functions left at each of its places."""
        variable = min(self._variables[one], self._variables[other])
        left = self._children[one] if self._variables[one] == variable else ()
        right = self._children[other] if self._variables[other] == variable else ()
        width = len(left or right)
        return variable, list(zip(left or (one,) * width, right or (other,) * width, strict=True))

    def negation(self, diagram: Diagram) -> Diagram:
        """Swap true and false; unknown stays."""
        result = self._negated.get(diagram)
        if result is None:
            children = (self.negation(child) for child in self._children[diagram])
            result = self._negated[diagram] = self.node(self._variables[diagram], children)
        return result

    def at(self, diagram: Diagram, variable: int, place: int) -> Diagram:
        """Return the function left once ``variable`` has taken ``place``."""
        known: dict[Diagram, Diagram] = {}

        def restrict(each: Diagram) -> Diagram:
            if self._variables[each] > variable:
                return each
            if self._variables[each] == variable:
                return self._children[each][place]
            if each not in known:
                known[each] = self.node(self._variables[each], map(restrict, self._children[each]))
            return known[each]

        return restrict(diagram)

    def can_be(self, diagram: Diagram, terminal: Diagram) -> bool:
        """Say whether some values lead to ``terminal``."""
        return terminal in self._below(diagram)

    def asked(self, diagram: Diagram) -> frozenset[int]:
        """Return the variables on which the function depends."""
        return frozenset(self._variables[each] for each in self._below(diagram) if each >= _TERMINALS)

    def _below(self, diagram: Diagram) -> set[Diagram]:
        seen, waiting = {diagram}, [diagram]
        while waiting:
            fresh = set(self._children[waiting.pop()]) - seen
            seen |= fresh
            waiting.extend(fresh)
        return seen

    def overturns(self, before: Diagram, after: Diagram) -> bool:
        """Say whether for some values ``before`` is decided and ``after`` says something else."""
        seen, waiting = {(before, after)}, [(before, after)]
        while waiting:
            one, other = waiting.pop()
            if one in (other, UNKNOWN):
                continue
            if one < _TERMINALS and other < _TERMINALS:
                return True
            fresh = set(self._split(one, other)[1]) - seen
            seen |= fresh
            waiting.extend(fresh)
        return False
