"""How verdicts are grouped for people, which facts are asked first, and why a verdict is a no."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from huiqi.core.rules.advice import Advice
from huiqi.core.rules.evaluation import Verdict
from huiqi.core.rules.explanation import ExplainedLeaf, ExplainedNode
from huiqi.core.rules.facts import Change
from huiqi.core.rules.plan import NodeKind

REGION = "region_code"
TRADE = "industry_code"
HONOURS = "honours"
REGISTRATION = (REGION, "entity_type", TRADE, "established_on")
OPTIONAL = (
    "is_operating",
    "taxpayer_type",
    "monthly_sales_cny",
    "annual_revenue_cny",
    "employees",
    "social_insurance_headcount",
)


class Group(StrEnum):
    """The five groups of the results, in the order shown; 差一点 is a mark on a no, no fourth verdict."""

    ELIGIBLE = "eligible"
    TO_CHECK = "to-check"
    NEAR = "near"
    UNKNOWN = "unknown"
    INELIGIBLE = "ineligible"


@dataclass(frozen=True, slots=True)
class GroupWords:
    """``meaning`` stands above the group, ``says`` on the page of one item."""

    label: str
    icon: str
    meaning: str
    says: str


GROUP_WORDS: Mapping[Group, GroupWords] = {
    Group.ELIGIBLE: GroupWords("符合", "tick", "按您填的情况，条件都满足。", "按您填的情况，条件都满足。"),
    Group.TO_CHECK: GroupWords(
        "还需核实",
        "eye",
        "能自动判断的条件都满足，还有几条要工作人员看材料。",
        "能自动判断的条件都满足，下面几条要工作人员看材料才能定。",
    ),
    Group.NEAR: GroupWords("差一点", "up", "只差一条，而且这一条可以改变。", "现在还不符合，只差一条。"),
    Group.UNKNOWN: GroupWords(
        "还需确认", "question", "再回答几个问题就能知道。", "还缺您的情况，答了下面的问题就知道。"
    ),
    Group.INELIGIBLE: GroupWords(
        "不符合", "dash", "每一项都写明是哪一条不满足。", "有条件不满足，写在下面。"
    ),
}


def group_of(verdict: Verdict, advice: Advice | None, has_manual_checks: bool) -> Group:
    """Where a verdict is shown. ``advice`` is needed for anything but a yes."""
    if verdict is Verdict.ELIGIBLE:
        return Group.TO_CHECK if has_manual_checks else Group.ELIGIBLE
    if verdict is Verdict.UNKNOWN:
        return Group.UNKNOWN
    return Group.NEAR if advice is not None and advice.is_near else Group.INELIGIBLE


@dataclass(frozen=True, slots=True)
class Blame:
    """A leaf that makes a no. ``is_excluded`` where the leaf holds and must not."""

    leaf: ExplainedLeaf
    is_excluded: bool


def blamed(node: ExplainedNode) -> Iterator[Blame]:
    """The leaves because of which a node is false, left to right."""
    yield from _deciding(node, is_excluded=False)


def _deciding(node: ExplainedNode, *, is_excluded: bool) -> Iterator[Blame]:
    """Leaves that bring ``node`` to the state it has; below a ``not`` the holding ones are to blame."""
    if node.leaf is not None:
        yield Blame(node.leaf, is_excluded)
    elif node.kind is NodeKind.NOT:
        yield from _deciding(node.children[0], is_excluded=not is_excluded)
    else:
        for child in node.children:
            if child.state is node.state:
                yield from _deciding(child, is_excluded=is_excluded)


CHANGE_WORDS: Mapping[Change, str] = {
    Change.BY_OWNER: "这一条您可以想办法改变，但只改这一条还不够。",
    Change.BY_TIME: "这一条只随时间变化，单等这一条还不够。",
    Change.NEVER: "这一条眼下改变不了。",
}
