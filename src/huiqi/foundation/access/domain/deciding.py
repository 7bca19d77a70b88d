"""Reading the table, and deciding by it."""

from collections.abc import Iterable, Set
from dataclasses import dataclass

from huiqi.foundation.access.domain.words import EVERYONE, RELATIONS, ROLES, SIGNED_IN, VERBS, VISITOR


class RuleError(ValueError):
    """A line of the table that says nothing that can be decided by."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``role`` may do ``verb`` to what it has ``relation`` to, in one of ``states``; empty means in any."""

    role: str
    verb: str
    relation: str
    states: frozenset[str] = frozenset()


class Rights:
    """What the table allows: deny first."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._by_verb: dict[str, list[Rule]] = {}
        for rule in self.rules:
            self._by_verb.setdefault(rule.verb, []).append(rule)

    def may(self, role: str, verb: str, relations: Set[str], state: str = "") -> bool:
        """Whether somebody who has these relations to a thing in this state may do ``verb`` to it."""
        return any(
            rule.relation in relations and (not rule.states or state in rule.states)
            for rule in self._of(role, verb)
        )

    def may_ever(self, role: str, verb: str) -> bool:
        """Whether there is anything at all that ``role`` may do ``verb`` to: who may open the page."""
        return bool(self._of(role, verb))

    def relations(self, role: str, verb: str) -> frozenset[str]:
        """The relations that let ``role`` do ``verb``, in whatever state: what a list is filtered by."""
        return frozenset(rule.relation for rule in self._of(role, verb))

    def roles(self, verb: str) -> frozenset[str]:
        """Who may do ``verb`` at all."""
        return frozenset(rule.role for rule in self._by_verb.get(verb, []))

    def _of(self, role: str, verb: str) -> list[Rule]:
        is_signed_in = role in ROLES and role != VISITOR
        meant = {role, EVERYONE, SIGNED_IN} if is_signed_in else {role, EVERYONE}
        return [rule for rule in self._by_verb.get(verb, []) if rule.role in meant]


def read_rules(table: str) -> tuple[Rule, ...]:
    """The rules of a table: a rule a line, columns apart by spaces, states joined by ``|``.

    RuleError for a word nobody declared, and for a line that is there twice.
    """
    rules: list[Rule] = []
    for line in filter(None, map(str.strip, table.splitlines())):
        rule = _read_rule(line)
        if any((rule.role, rule.verb, rule.relation) == (old.role, old.verb, old.relation) for old in rules):
            raise RuleError(f"there twice: {line}")
        rules.append(rule)
    return tuple(rules)


def _read_rule(line: str) -> Rule:
    words = line.split()
    if len(words) not in (3, 4):
        raise RuleError(f"role, verb, relation and states are wanted: {line}")
    role, verb, relation = words[:3]
    for word, known in ((role, ROLES), (verb, VERBS), (relation, RELATIONS)):
        if word not in known:
            raise RuleError(f"nobody declared {word}: {line}")
    return Rule(role, verb, relation, frozenset(words[3].split("|")) if len(words) == 4 else frozenset())
