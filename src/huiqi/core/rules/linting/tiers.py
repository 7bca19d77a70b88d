"""What is wrong in the tiers of a benefit (amounts by condition, the first that matches wins)."""

from collections.abc import Sequence

from huiqi.core.rules.conditions import All, AnyOf, Condition, Not, leaves_of
from huiqi.core.rules.facts import FactDictionary
from huiqi.core.rules.linting.diagrams import DiagramTooLargeError
from huiqi.core.rules.linting.findings import Code, Finding, error, warning
from huiqi.core.rules.linting.space import Knowledge, Space
from huiqi.core.rules.linting.trees import lint_tree


def lint_tiers(
    item_id: str, condition: Condition, tiers: Sequence[Condition], dictionary: FactDictionary
) -> tuple[Finding, ...]:
    """Lint the ``when`` of each tier as a tree of its own, then whether an eligible business can get to it.

    ``condition`` is the item's own; leave out an item that is never true, whose tiers are all out of reach.
    """
    findings: list[Finding] = []
    for number, when in enumerate(tiers):
        path = f"benefit/tiers[{number}]/when"
        found = lint_tree(item_id, when, dictionary, path)
        findings += found or _unreachable(item_id, condition, tiers[: number + 1], dictionary, path)
    return tuple(findings)


def _unreachable(
    item_id: str, condition: Condition, tiers: Sequence[Condition], dictionary: FactDictionary, path: str
) -> list[Finding]:
    *earlier, when = tiers
    passed = (Not(AnyOf(tuple(earlier))),) if earlier else ()
    reached = All((condition, when, *passed))
    try:
        space = Space(leaves_of(reached), dictionary, Knowledge.PRESENCE)
        if not space.is_never_true(space.diagram(reached)):
            return []
    except DiagramTooLargeError:
        message = "条件之间的组合太多，没有查出这一档能不能轮到；请人工核对"
        return [warning(Code.TOO_COMPLEX, item_id, path, message)]
    message = "轮不到这一档：符合条件的都落在前面的档里，或到不了这一档；请核对数值和先后次序"
    return [error(Code.UNREACHABLE_TIER, item_id, path, message)]
