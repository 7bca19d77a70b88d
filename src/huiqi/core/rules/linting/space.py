"""The values a set of leaves can tell apart, as variables of decision diagrams.

A fact becomes one variable over its value classes; a set becomes one variable for each tag a leaf names.
Facts are taken as independent (months since establishment and the date of establishment are two facts), and
any complete code of the right form counts as a code.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from huiqi.core.rules.conditions import All, AnyOf, Condition, Leaf, Not, Op
from huiqi.core.rules.evaluation import significant_code
from huiqi.core.rules.facts import CodeSystem, Fact, FactDictionary, FactType
from huiqi.core.rules.linting.diagrams import FALSE, TERMINAL_OF, TRUE, UNKNOWN, Diagram, Diagrams
from huiqi.core.rules.spaces import States, states_of, value_classes

# A code known only to its province, city; section, division, group.
_COARSE_LENGTHS = {CodeSystem.REGION: (0, 2, 4), CodeSystem.INDUSTRY: (1, 3, 4)}


class Knowledge(StrEnum):
    """Which gaps the facts may have.

    FULL: none. PRESENCE: a fact that some leaf asks ``exists`` of may be absent; in every other fact a tree
    is monotone, so what it says without a value it says of each value. PARTIAL: any fact may be absent, and
    a code known too coarsely.
    """

    FULL = "full"
    PRESENCE = "presence"
    PARTIAL = "partial"


class Space:
    """The joint value space of some leaves, and the diagrams of conditions made of these leaves.

    Raises DiagramTooLargeError where the leaves of one fact alone are beyond the budget.
    """

    def __init__(self, leaves: Iterable[Leaf], dictionary: FactDictionary, knowledge: Knowledge) -> None:
        self.diagrams = Diagrams()
        self._knowledge = knowledge
        self._presence: dict[str, tuple[int, int]] = {}
        self._facts: list[str] = []  # the fact of each variable
        self._leaves: dict[Leaf, Diagram] = {}
        by_fact: dict[str, list[Leaf]] = {}
        for leaf in dict.fromkeys(leaves):
            by_fact.setdefault(leaf.fact, []).append(leaf)
        for fact_id in sorted(by_fact, key=dictionary.position):
            self.diagrams.renew()
            self._add(dictionary[fact_id], by_fact[fact_id])
        self.diagrams.renew()

    def diagram(self, condition: Condition) -> Diagram:
        """Return the diagram of a condition; raises DiagramTooLargeError beyond the budget."""
        match condition:
            case Leaf():
                return self._leaves[condition]
            case Not(child):
                return self.diagrams.negation(self.diagram(child))
            case All(children):
                return self.diagrams.all_of(self.diagram(child) for child in children)
            case AnyOf(children):
                return self.diagrams.any_of(self.diagram(child) for child in children)

    def is_never_true(self, diagram: Diagram) -> bool:
        """Say whether no values at all make it true."""
        return not self.diagrams.can_be(diagram, TRUE)

    def support(self, diagram: Diagram) -> frozenset[str]:
        """Return the facts on which a function depends."""
        return frozenset(self._facts[variable] for variable in self.diagrams.asked(diagram))

    def presence_decides(self, diagram: Diagram, fact_id: str) -> bool:
        """Say whether learning a fact that may be absent can change what was decided without it."""
        variable, absent = self._presence[fact_id]
        without = self.diagrams.at(diagram, variable, absent)
        return any(
            self.diagrams.overturns(without, self.diagrams.at(diagram, variable, place))
            for place in range(absent)
        )

    def _add(self, fact: Fact, leaves: Sequence[Leaf]) -> None:
        is_asked = self._knowledge is Knowledge.PRESENCE and any(leaf.op is Op.EXISTS for leaf in leaves)
        may_be_absent = is_asked or self._knowledge is Knowledge.PARTIAL
        if fact.type is FactType.SET:
            self._add_set(fact, leaves, may_be_absent)
        else:
            self._add_single(fact, leaves, may_be_absent)

    def _add_single(self, fact: Fact, leaves: Sequence[Leaf], may_be_absent: bool) -> None:
        values = sum(len(leaf.values) for leaf in leaves)
        self.diagrams.spend(values * values // 5)  # to cut values into classes takes the square of them
        places: list[States] = [each.states for each in value_classes(fact, leaves)]
        places = [states for states in places if None not in states]  # a code too coarse is no value
        if self._knowledge is Knowledge.PARTIAL:
            places += _coarse_places(fact, leaves)
        variable = self._new_variable(fact)
        if may_be_absent:
            self._presence[fact.id] = (variable, len(places))
            places.append(states_of(fact, leaves, None))
        for number, leaf in enumerate(leaves):
            children = (TERMINAL_OF[states[number]] for states in places)
            self._leaves[leaf] = self.diagrams.node(variable, children)

    def _add_set(self, fact: Fact, leaves: Sequence[Leaf], may_be_absent: bool) -> None:
        presence = self._new_variable(fact)
        if may_be_absent:
            self._presence[fact.id] = (presence, 1)
        named = {tag for leaf in leaves if leaf.op is not Op.EXISTS for tag in leaf.values}
        tags = {
            choice.code: self.diagrams.node(self._new_variable(fact), (FALSE, TRUE))
            for choice in fact.choices
            if choice.code in named
        }
        for leaf in leaves:
            if leaf.op is Op.EXISTS:
                known, absent = TERMINAL_OF[leaf.value is True], TERMINAL_OF[leaf.value is False]
            else:
                known, absent = self.diagrams.any_of(tags[str(tag)] for tag in leaf.values), UNKNOWN
            self._leaves[leaf] = self.diagrams.node(presence, (known, absent) if may_be_absent else (known,))

    def _new_variable(self, fact: Fact) -> int:
        self._facts.append(fact.id)
        return len(self._facts) - 1


def _coarse_places(fact: Fact, leaves: Sequence[Leaf]) -> list[States]:
    """Return what the leaves say of each coarse code above the codes they name."""
    if fact.code_system is None:
        return []
    return list(
        dict.fromkeys(states_of(fact, leaves, code) for code in _coarse_codes(fact.code_system, leaves))
    )


def _coarse_codes(system: CodeSystem, leaves: Sequence[Leaf]) -> Iterator[str]:
    for leaf in leaves:
        for named in leaf.values if leaf.op is not Op.EXISTS else ():
            code = significant_code(str(named), system)
            for length in _COARSE_LENGTHS[system]:
                if length < len(code):
                    yield code[:length].ljust(6, "0") if system is CodeSystem.REGION else code[:length]
