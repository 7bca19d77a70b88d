"""Lint of rules: every defect that can be proved from the rules and the dictionary alone.

Nothing is sampled: a finding about values holds for the whole value space of the facts (see space.py for
what counts as a value), and where that was too much to work out the finding says so.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from huiqi.core.rules.facts import FactDictionary
from huiqi.core.rules.linting.findings import Code, Finding, Severity, error, warning
from huiqi.core.rules.linting.sameness import lint_sameness
from huiqi.core.rules.linting.tiers import lint_tiers
from huiqi.core.rules.linting.trees import lint_tree
from huiqi.core.rules.rule import Rule, Window, WindowState
from huiqi.core.rules.wording import date_text

__all__ = [
    "Code",
    "Finding",
    "Severity",
    "error",
    "lint_rules",
    "lint_tiers",
    "warning",
]

_CONSTANT = (Code.NEVER_TRUE, Code.ALWAYS_TRUE)


def lint_rules(rules: Iterable[Rule], dictionary: FactDictionary, as_of: date) -> tuple[Finding, ...]:
    """Return the findings of all rules, rule by rule in the given order, sameness last.

    ``as_of`` is the day against which windows are judged.
    """
    kept = tuple(rules)
    findings = list(_id_findings([rule.id for rule in kept]))
    distinct: list[Rule] = []
    for rule in kept:
        found = lint_tree(rule.id, rule.condition, dictionary)
        findings += [*found, *_window_findings(rule.id, rule.window, as_of)]
        if not any(finding.code in _CONSTANT for finding in found):
            distinct.append(rule)
    return (*findings, *lint_sameness(distinct, dictionary))


def _id_findings(ids: Sequence[str]) -> tuple[Finding, ...]:
    """Find ids used more than once."""
    return tuple(
        error(Code.DUPLICATE_ID, item_id, "id", f"编号 {item_id} 用了 {count} 次，每个事项要有自己的编号")
        for item_id, count in Counter(ids).items()
        if count > 1
    )


def _window_findings(item_id: str, window: Window, as_of: date) -> list[Finding]:
    opens_on, closes_on = window.opens_on, window.closes_on
    if opens_on is not None and closes_on is not None and opens_on > closes_on:
        message = (
            f"执行期从 {date_text(opens_on)} 起，却到 {date_text(closes_on)} 止，没有一天有效；请核对两个日期"
        )
        return [error(Code.NEVER_OPEN, item_id, "effective_to", message)]
    if closes_on is not None and window.state(as_of) is WindowState.CLOSED:
        message = f"执行期已于 {date_text(closes_on)} 结束；若有延期文件请改日期，若只作存档可以不改"
        return [warning(Code.EXPIRED_WINDOW, item_id, "effective_to", message)]
    return []
