"""Which rules are the same condition: exact within 20 distinct leaves, by canonical form beyond.

Exact means: the same answer for all values of all facts (the joint partition of both rules). A rule with
more distinct leaves, or one whose diagram grows beyond the budget, is compared by the way it is written, and
only with others of that kind.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from huiqi.core.rules.conditions import Leaf, Op, leaves_of
from huiqi.core.rules.facts import FactDictionary
from huiqi.core.rules.linting.diagrams import Diagram, DiagramTooLargeError
from huiqi.core.rules.linting.findings import Code, Finding, warning
from huiqi.core.rules.linting.forms import Form, canonical_form
from huiqi.core.rules.linting.space import Knowledge, Space
from huiqi.core.rules.rule import Rule

ATOM_LIMIT = 20


def lint_sameness(rules: Sequence[Rule], dictionary: FactDictionary) -> tuple[Finding, ...]:
    """Find rules whose condition equals an earlier one's; the message says whether the windows do too.

    Leave out rules that are never or always true: they are all alike and have a finding of their own.
    """
    pairs = _Comparison(rules, dictionary).pairs()
    places = {id(rule): place for place, rule in enumerate(rules)}
    return tuple(pair.finding() for pair in sorted(pairs, key=lambda pair: places[id(pair.later)]))


def _atoms(rule: Rule) -> frozenset[Leaf]:
    return frozenset(leaves_of(rule.condition))


@dataclass(frozen=True, slots=True)
class _Pair:
    earlier: Rule
    later: Rule
    is_exact: bool

    def finding(self) -> Finding:
        windows = "执行期也相同" if self.earlier.window == self.later.window else "执行期不同"
        by_form = f"条件多于 {ATOM_LIMIT} 个或组合太多，只比对了写法"
        method = "按所有取值推理得出" if self.is_exact else by_form
        message = (
            f"与 {self.earlier.id} 的条件相同，{windows}（{method}）。"
            "若是同一事项请合并，若不是请核对有没有漏写条件"
        )
        return warning(Code.SAME_RULE, self.later.id, "conditions", message)


class _Comparison:
    """Sorts rules into ever smaller groups; those beyond the limits are compared by form at the end."""

    def __init__(self, rules: Sequence[Rule], dictionary: FactDictionary) -> None:
        self._dictionary = dictionary
        self._small = [rule for rule in rules if len(_atoms(rule)) <= ATOM_LIMIT]
        self._by_form = [rule for rule in rules if len(_atoms(rule)) > ATOM_LIMIT]

    def pairs(self) -> list[_Pair]:
        exact = [
            pair
            for alike in self._groups_by_support()
            for agreeing in self._groups_by_diagram(alike)
            for pair in self._pairs_in(agreeing)
        ]
        return [*exact, *self._pairs_by_form()]

    def _groups_by_support(self) -> list[list[Rule]]:
        """Group rules by the facts they depend on, so that only rules that may be the same are compared."""
        groups: dict[frozenset[str], list[Rule]] = {}
        for rule in self._small:
            try:
                space = Space(_atoms(rule), self._dictionary, Knowledge.FULL)
                groups.setdefault(space.support(space.diagram(rule.condition)), []).append(rule)
            except DiagramTooLargeError:
                self._by_form.append(rule)
        return [group for group in groups.values() if len(group) > 1]

    def _groups_by_diagram(self, rules: Sequence[Rule]) -> list[list[Rule]]:
        """Group rules that agree wherever every fact is present: one diagram a rule, no pairs."""
        groups: dict[Diagram, list[Rule]] = {}
        try:
            space = Space((leaf for rule in rules for leaf in _atoms(rule)), self._dictionary, Knowledge.FULL)
        except DiagramTooLargeError:
            self._by_form.extend(rules)
            return []
        for rule in rules:
            space.diagrams.renew()
            try:
                groups.setdefault(space.diagram(rule.condition), []).append(rule)
            except DiagramTooLargeError:
                self._by_form.append(rule)
        return list(groups.values())

    def _pairs_in(self, rules: Sequence[Rule]) -> Iterator[_Pair]:
        """Pair each rule with the first of its group that it also equals where facts are absent."""
        firsts: list[Rule] = []
        for rule in rules:
            same = next((first for first in firsts if self._agree(first, rule)), None)
            if same is None:
                firsts.append(rule)
            else:
                yield _Pair(same, rule, is_exact=True)

    def _agree(self, one: Rule, other: Rule) -> bool:
        """Compare two rules of a group where the facts whose presence they ask for are absent."""
        leaves = _atoms(one) | _atoms(other)
        if all(leaf.op is not Op.EXISTS for leaf in leaves):
            return True
        try:
            space = Space(leaves, self._dictionary, Knowledge.PRESENCE)
            return space.diagram(one.condition) == space.diagram(other.condition)
        except DiagramTooLargeError:
            return self._form(one) == self._form(other)

    def _pairs_by_form(self) -> Iterator[_Pair]:
        groups: dict[Form, list[Rule]] = {}
        for rule in self._by_form:
            groups.setdefault(self._form(rule), []).append(rule)
        for first, *others in groups.values():
            for rule in others:
                yield _Pair(first, rule, is_exact=False)

    def _form(self, rule: Rule) -> Form:
        return canonical_form(rule.condition, self._dictionary)
