"""Which rules are the same condition: exact within 20 distinct leaves, by canonical form beyond.

Exact means: the same answer for all values of all facts (the joint partition of both rules). A rule with
more distinct leaves, or one whose diagram grows beyond the budget, is compared by the way it is written.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from huiqi.core.rules.conditions import Leaf, Op, leaves_of
from huiqi.core.rules.diagrams import DiagramTooLargeError
from huiqi.core.rules.facts import FactDictionary
from huiqi.core.rules.lint_findings import Code, Finding, warning
from huiqi.core.rules.lint_forms import canonical_form
from huiqi.core.rules.lint_space import Knowledge, Space
from huiqi.core.rules.rule import Rule

ATOM_LIMIT = 20
_Groups = Iterable[Sequence[Rule]]


def lint_sameness(rules: Sequence[Rule], dictionary: FactDictionary) -> tuple[Finding, ...]:
    """Find rules whose condition equals an earlier one's; the message says whether the windows do too.

    Leave out rules that are never or always true: they are all alike and have a finding of their own.
    """
    small = [rule for rule in rules if len(_atoms(rule)) <= ATOM_LIMIT]
    groups, unsettled = _groups_by_diagram(small, dictionary)
    large = [rule for rule in rules if len(_atoms(rule)) > ATOM_LIMIT]
    pairs = [
        *_pairs_by_diagram(groups, dictionary),
        *_pairs_by_form([*large, *unsettled], dictionary),
    ]
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


def _groups_by_diagram(rules: Sequence[Rule], dictionary: FactDictionary) -> tuple[_Groups, list[Rule]]:
    """Group rules that agree wherever every fact is present; return those beyond the budget apart.

    One space over the leaves of all rules makes this one diagram a rule, and no comparison in pairs.
    """
    leaves = [leaf for rule in rules for leaf in leaves_of(rule.condition)]
    space = Space(leaves, dictionary, Knowledge.FULL)
    groups: dict[Hashable, list[Rule]] = {}
    unsettled = []
    for rule in rules:
        space.diagrams.renew()
        try:
            groups.setdefault(space.diagram(rule.condition), []).append(rule)
        except DiagramTooLargeError:
            unsettled.append(rule)
    return groups.values(), unsettled


def _pairs_by_diagram(groups: _Groups, dictionary: FactDictionary) -> Iterator[_Pair]:
    """Pair each rule with the first of its group that it also equals where facts are absent."""
    for group in groups:
        firsts: list[Rule] = []
        for rule in group:
            same = next((first for first in firsts if _agree(first, rule, dictionary)), None)
            if same is None:
                firsts.append(rule)
            else:
                yield _Pair(same, rule, is_exact=True)


def _agree(one: Rule, other: Rule, dictionary: FactDictionary) -> bool:
    """Compare two rules of a group where the facts whose presence they ask for are absent."""
    leaves = _atoms(one) | _atoms(other)
    if all(leaf.op is not Op.EXISTS for leaf in leaves):
        return True
    space = Space(leaves, dictionary, Knowledge.PRESENCE)
    try:
        return space.diagram(one.condition) == space.diagram(other.condition)
    except DiagramTooLargeError:
        return canonical_form(one.condition, dictionary) == canonical_form(other.condition, dictionary)


def _pairs_by_form(rules: Sequence[Rule], dictionary: FactDictionary) -> Iterator[_Pair]:
    groups: dict[Hashable, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(canonical_form(rule.condition, dictionary), []).append(rule)
    for first, *others in groups.values():
        for rule in others:
            yield _Pair(first, rule, is_exact=False)
