"""What is wrong inside one condition tree, decided over all values its facts can take."""

from collections.abc import Iterator, Sequence

from huiqi.core.rules.conditions import All, AnyOf, Condition, Leaf, Op
from huiqi.core.rules.facts import FactDictionary
from huiqi.core.rules.linting.dead import DeadKind, DeadNode, children_of, find_dead, walk
from huiqi.core.rules.linting.diagrams import TRUE, DiagramTooLargeError
from huiqi.core.rules.linting.findings import Code, Finding, error, warning
from huiqi.core.rules.linting.space import Knowledge, Space
from huiqi.core.rules.wording import leaf_text

_CHECK = "请删去，或核对数值、“并且”“或者”有没有写错"
_DEAD_WORDS = {
    DeadKind.NEVER: "不可能成立。请改正数值，或删去",
    DeadKind.ALWAYS: "总是成立，等于没写。请改正数值，或删去",
    DeadKind.IMPOSSIBLE: f"与别的条件矛盾，没有人能靠它符合{{others}}。{_CHECK}",
    DeadKind.SWALLOWED: f"是多余的：靠它符合的人，不靠它也符合{{others}}。{_CHECK}",
    DeadKind.IMPLIED: f"是多余的：同时要求的条件已经更严{{others}}。{_CHECK}",
    DeadKind.COVERED: (
        "可以不写：事实齐全时，有没有它结论都一样{others}。若是照原文分档写的可以保留，否则请删去或核对数值"
    ),
}


def lint_tree(
    item_id: str, condition: Condition, dictionary: FactDictionary, path: str = "conditions"
) -> tuple[Finding, ...]:
    """Find what never or always holds, what is dead (see lint_dead), and where ``exists`` decides.

    Exact over the value space of lint_space; a tree beyond the budget of the diagrams gets one
    ``too_complex`` warning and no other.
    """
    try:
        return tuple(_Linter(item_id, condition, dictionary, path).findings())
    except DiagramTooLargeError:
        message = "条件之间的组合太多，没有查完有无多余或矛盾；请拆成几个事项，或人工核对"
        return (warning(Code.TOO_COMPLEX, item_id, path, message),)


class _Linter:
    def __init__(self, item_id: str, condition: Condition, dictionary: FactDictionary, path: str) -> None:
        self.item_id, self.condition, self.dictionary, self.path = item_id, condition, dictionary, path
        self.leaves = _located_leaves(condition, path)
        self.space = Space(self.leaves.values(), dictionary, Knowledge.PRESENCE)
        self.whole = self.space.diagram(condition)

    def findings(self) -> Iterator[Finding]:
        if self.space.is_never_true(self.whole):
            message = f"{self._reason('不可能成立')}，没有人能符合；请核对数值"
            yield error(Code.NEVER_TRUE, self.item_id, self.path, message)
        elif self.whole == TRUE:
            message = f"{self._reason('总是成立')}，等于没有条件；请核对数值"
            yield error(Code.ALWAYS_TRUE, self.item_id, self.path, message)
        else:
            yield from self._dead_findings()
            yield from self._presence_findings()

    def _reason(self, outcome: str) -> str:
        paths = self._culprits(self.condition, self.path)
        return f"{'、'.join(paths)} {'合起来' if len(paths) > 1 else ''}{outcome}"

    def _culprits(self, condition: Condition, path: str) -> list[str]:
        """Return the paths of a part of the tree, as small as can be, that alone makes it constant."""
        is_always = self.whole == TRUE
        if not isinstance(condition, AnyOf if is_always else All):
            return [path]
        kept = children_of(condition, path)
        for each in tuple(kept):
            fewer = [other for other in kept if other is not each]
            if self._is_enough([child for child, _ in fewer], is_always):
                kept = fewer
        return self._culprits(*kept[0]) if len(kept) == 1 else [where for _, where in kept]

    def _is_enough(self, children: Sequence[Condition], is_always: bool) -> bool:
        diagrams = [self.space.diagram(child) for child in children]
        if is_always:
            return self.space.diagrams.any_of(diagrams) == TRUE
        return self.space.is_never_true(self.space.diagrams.all_of(diagrams))

    def _dead_findings(self) -> list[Finding]:
        partial = Space(self.leaves.values(), self.dictionary, Knowledge.PARTIAL)
        dead = find_dead(self.condition, self.path, self.space, partial)
        order = {path: place for place, (path, _) in enumerate(walk(self.condition, self.path))}
        return [self._dead_finding(each) for each in sorted(dead, key=lambda each: order[each.path])]

    def _dead_finding(self, dead: DeadNode) -> Finding:
        is_leaf = isinstance(dead.condition, Leaf)
        name = "这一组条件"
        if isinstance(dead.condition, Leaf):
            name = f"“{leaf_text(dead.condition, self.dictionary[dead.condition.fact])}”"
        message = name + _DEAD_WORDS[dead.kind].format(others=self._others(dead))
        make = warning if dead.kind is DeadKind.COVERED else error
        return make(Code.DEAD_LEAF if is_leaf else Code.DEAD_BRANCH, self.item_id, dead.path, message)

    def _others(self, dead: DeadNode) -> str:
        """Point at the other leaves of the same facts, where the cause usually lies."""
        inside = _located_leaves(dead.condition, dead.path)
        facts = {leaf.fact for leaf in inside.values()}
        others = [path for path, leaf in self.leaves.items() if leaf.fact in facts and path not in inside]
        return f"（请对照 {'、'.join(others)}）" if others else ""

    def _presence_findings(self) -> Iterator[Finding]:
        asked: dict[str, str] = {}
        for path, leaf in self.leaves.items():
            if leaf.op is Op.EXISTS:
                asked.setdefault(leaf.fact, path)
        for fact_id, path in asked.items():
            if self.space.presence_decides(self.whole, fact_id):
                message = (
                    f"仅凭有没有提供“{self.dictionary[fact_id].label}”就会定结论：没提供时已有结论，"
                    "提供后可能翻转。请改为直接比较它的值，或确认这正是本意"
                )
                yield warning(Code.EXISTS_DECIDES, self.item_id, path, message)


def _located_leaves(condition: Condition, path: str) -> dict[str, Leaf]:
    """Return every leaf by its path, left to right."""
    return {where: node for where, node in walk(condition, path) if isinstance(node, Leaf)}
