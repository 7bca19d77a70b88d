"""States and the moves between them: one table a kind of case, checked when it is made.

An illegal move raises and says who may do what instead; nothing is ever silently left undone.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from huiqi.core.workflow.clocks import ClockRule


class MachineError(ValueError):
    """A table that cannot be followed: a mistake of whoever wrote it."""


class IllegalMoveError(ValueError):
    """A move that the table does not allow; the message is for people and says what may be done instead."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a case stands. In a final state it rests; ``waits_for`` names whom it waits for, where that is
    not the office that has it.
    """

    id: str
    label: str
    is_final: bool = False
    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class Transition:
    """One line of the table: in ``state`` one of ``roles`` may do ``action`` where ``guard`` holds, which
    leads to ``target``, stops and starts the named clocks and makes ``events`` happen.
    """

    state: str
    action: str
    roles: tuple[str, ...]
    target: str
    guard: str = ""
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a table, each with how it is said: a guard as what must be so (写明原因)."""

    actions: Mapping[str, str]
    roles: Mapping[str, str]
    guards: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Machine:
    """A table of transitions. MachineError when made of anything that cannot be followed to an end."""

    id: str
    label: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    words: Vocabulary
    clocks: tuple[ClockRule, ...] = ()
    starts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        faults = [*_names(self), *_doubles(self), *_ends(self)]
        if faults:
            raise MachineError(f"{self.id}: {'; '.join(faults)}")

    @property
    def initial(self) -> State:
        """The first state of the table."""
        return self.states[0]

    def state(self, state_id: str) -> State:
        """The state of this id; MachineError for one the table does not have."""
        found = next((state for state in self.states if state.id == state_id), None)
        if found is None:
            raise MachineError(f"{self.id}: no state {state_id}")
        return found

    def clock(self, rule_id: str) -> ClockRule:
        """The clock of this id; MachineError for one the table does not have."""
        found = next((rule for rule in self.clocks if rule.id == rule_id), None)
        if found is None:
            raise MachineError(f"{self.id}: no clock {rule_id}")
        return found

    def moves_from(self, state_id: str, role: str = "") -> tuple[Transition, ...]:
        """What may be done in a state, by ``role`` or, where it is empty, by anybody."""
        return tuple(
            each for each in self.transitions if each.state == state_id and (not role or role in each.roles)
        )

    def apply(self, state_id: str, action: str, role: str, held: Set[str] = frozenset()) -> Transition:
        """The transition that ``role`` makes by ``action``; ``held`` are the guards that hold now.

        IllegalMoveError, with words for people, where the table does not allow it.
        """
        here = self.state(state_id)
        found = next((each for each in self.moves_from(state_id) if each.action == action), None)
        if found is None:
            what = self.words.actions.get(action, "办这一步")
            raise IllegalMoveError(f"现在是“{here.label}”，不能{what}。{self.next_words(state_id)}")
        if role not in found.roles:
            raise IllegalMoveError(
                f"您现在的身份不能{self.words.actions[action]}。{self.next_words(state_id)}"
            )
        if found.guard and found.guard not in held:
            raise IllegalMoveError(
                f"还不能{self.words.actions[action]}：要先{self.words.guards[found.guard]}。填过的都还在。"
            )
        return found

    def next_words(self, state_id: str) -> str:
        """Who may do what next, as a sentence."""
        moves = self.moves_from(state_id)
        if not moves:
            return f"“{self.state(state_id).label}”以后没有下一步。"
        said = [
            f"{_list(self.words.roles, each.roles)}可以{self.words.actions[each.action]}" for each in moves
        ]
        return f"接下来{'；'.join(said)}。"

    def read_aloud(self) -> tuple[str, ...]:
        """The whole table, a sentence a line."""
        return tuple(self._sentence(each) for each in self.transitions)

    def _sentence(self, each: Transition) -> str:
        said = (
            f"“{self.state(each.state).label}”时，{_list(self.words.roles, each.roles)}"
            f"可以{self.words.actions[each.action]}"
        )
        if each.guard:
            said += f"（要先{self.words.guards[each.guard]}）"
        said += f"，之后是“{self.state(each.target).label}”"
        ends = [f"“{self.clock(name).label}”停止计时" for name in each.stops]
        begins = [f"“{self.clock(name).label}”开始计时：{self.clock(name).length}" for name in each.starts]
        events = [self.words.events[name] for name in each.events]
        return "；".join([said, *ends, *begins, *events]) + "。"


def _list(words: Mapping[str, str], ids: Iterable[str]) -> str:
    return "、".join(words[each] for each in ids)


def _names(machine: Machine) -> list[str]:
    """Every name that is used and nowhere declared, and every name declared twice."""
    states = [state.id for state in machine.states]
    clocks = [rule.id for rule in machine.clocks]
    faults = [] if states else ["no states"]
    faults += [f"{name} is there twice" for name in _twice(states) + _twice(clocks)]
    used: list[tuple[str, Iterable[str], Iterable[str]]] = [("clock", machine.starts, clocks)]
    for each in machine.transitions:
        used += [
            ("state", (each.state, each.target), states),
            ("action", (each.action,), machine.words.actions),
            ("role", each.roles, machine.words.roles),
            ("guard", filter(None, (each.guard,)), machine.words.guards),
            ("clock", (*each.starts, *each.stops), clocks),
            ("event", each.events, machine.words.events),
        ]
        if not each.roles:
            faults.append(f"nobody may {each.action} in {each.state}")
    return faults + [
        f"unknown {kind} {name}" for kind, names, known in used for name in names if name not in known
    ]


def _doubles(machine: Machine) -> list[str]:
    pairs = [f"{each.state}.{each.action}" for each in machine.transitions]
    return [f"two transitions for {pair}" for pair in _twice(pairs)]


def _ends(machine: Machine) -> list[str]:
    """States nothing leads to, states nothing leads out of, and clocks that never run."""
    if not machine.states:
        return []
    reached = _closure({machine.states[0].id}, [(each.state, each.target) for each in machine.transitions])
    finals = {state.id for state in machine.states if state.is_final}
    ending = _closure(finals, [(each.target, each.state) for each in machine.transitions])
    started = {name for each in machine.transitions for name in each.starts} | set(machine.starts)
    return [
        *(f"nothing leads to {state.id}" for state in machine.states if state.id not in reached),
        *(f"{state.id} never comes to an end" for state in machine.states if state.id not in ending),
        *(f"nothing starts the clock {rule.id}" for rule in machine.clocks if rule.id not in started),
    ]


def _closure(begin: Set[str], steps: list[tuple[str, str]]) -> set[str]:
    """Everything that can be reached from ``begin``."""
    found, waiting = set(begin), list(begin)
    while waiting:
        here = waiting.pop()
        new = {target for origin, target in steps if origin == here} - found
        found |= new
        waiting += new
    return found


def _twice(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})
