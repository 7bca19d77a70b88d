"""Condition trees: ``all`` ``any`` ``not`` over leaves ``{fact, op, value}``, read strictly."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import count

from huiqi.core.rules.errors import RuleError, named, shown
from huiqi.core.rules.facts import Fact, FactDictionary, FactType, Value

DEEPEST = 32
MOST_NODES = 10_000
_LEAF_KEYS = {"fact", "op", "value", "clause"}


class Op(StrEnum):
    """What a leaf asks of its fact."""

    EQ = "eq"
    NE = "ne"
    IN = "in"
    NOT_IN = "not_in"
    GT = "gt"
    GE = "ge"
    LT = "lt"
    LE = "le"
    BETWEEN = "between"
    EXISTS = "exists"
    HAS_ANY = "has_any"


_ORDERED = (Op.GT, Op.GE, Op.LT, Op.LE, Op.BETWEEN)
_LISTED = (Op.IN, Op.NOT_IN)
OPS_BY_TYPE: Mapping[FactType, frozenset[Op]] = {
    FactType.NUMBER: frozenset({Op.EQ, Op.NE, *_ORDERED, *_LISTED, Op.EXISTS}),
    FactType.INTEGER: frozenset({Op.EQ, Op.NE, *_ORDERED, *_LISTED, Op.EXISTS}),
    FactType.MONEY: frozenset({Op.EQ, Op.NE, *_ORDERED, Op.EXISTS}),
    FactType.BOOL: frozenset({Op.EQ, Op.NE, Op.EXISTS}),
    FactType.DATE: frozenset({Op.EQ, *_ORDERED, Op.EXISTS}),
    FactType.ENUM: frozenset({Op.EQ, Op.NE, *_LISTED, Op.EXISTS}),
    FactType.SET: frozenset({Op.HAS_ANY, Op.EXISTS}),
    FactType.CODE: frozenset({Op.EQ, Op.NE, *_LISTED, Op.EXISTS}),
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One question of one fact.

    ``value`` is a tuple for in, not_in, has_any and between (lower, upper, both included), a bool for
    exists, a single value otherwise. ``clause`` is the 1-based number of the sentence in the item's
    ``conditions_text`` that this leaf expresses; it is a reference, not part of the leaf's meaning.
    """

    fact: str
    op: Op
    value: Value | tuple[Value, ...]
    clause: int | None = field(default=None, compare=False)

    @property
    def values(self) -> tuple[Value, ...]:
        """The value as a tuple, whatever the operator."""
        return self.value if isinstance(self.value, tuple) else (self.value,)


@dataclass(frozen=True, slots=True)
class All:
    """True when every child is."""

    children: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True when one child is."""

    children: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """True when its child is false; unknown stays unknown."""

    child: "Condition"


Condition = Leaf | All | AnyOf | Not


def parse_condition(raw: object, dictionary: FactDictionary, path: str = "conditions") -> Condition:
    """Read a condition tree; raises RuleError with the path of the first fault.

    A tree deeper than 32 levels or of more than 10,000 nodes is refused: no published rule needs it, and it
    bounds the recursion, also where one sub-tree is written once and referred to many times.
    """
    return _parse_node(raw, dictionary, path, 1, count(1))


def _parse_node(
    raw: object, dictionary: FactDictionary, path: str, depth: int, counted: Iterator[int]
) -> Condition:
    if next(counted) > MOST_NODES:
        raise RuleError(_shortened(path), f"条件太多（超过 {MOST_NODES} 条），请拆成几个政策事项")
    if depth > DEEPEST:
        raise RuleError(_shortened(path), f"条件套得太深（超过 {DEEPEST} 层），请拆成几个政策事项")
    if not isinstance(raw, Mapping) or not raw:
        raise RuleError(path, f"条件应是 all、any、not 或 {{fact, op, value}}，现在是 {shown(raw)}")
    if "fact" in raw:
        return _parse_leaf(raw, dictionary, path)
    if len(raw) != 1:
        raise RuleError(path, f"一个节点只能有 all、any、not 中的一个，现在有：{named(raw)}")
    kind, content = next(iter(raw.items()))
    if kind == "not":
        return Not(_parse_node(content, dictionary, f"{path}/not", depth + 1, counted))
    if kind not in ("all", "any"):
        raise RuleError(path, f"不认识的节点 {shown(kind)}，只能是 all、any、not 或带 fact 的条件")
    if not isinstance(content, list) or not content:
        raise RuleError(f"{path}/{kind}", f"{kind} 下面要有至少一条条件，写成列表")
    children = tuple(
        _parse_node(child, dictionary, f"{path}/{kind}[{number}]", depth + 1, counted)
        for number, child in enumerate(content)
    )
    return All(children) if kind == "all" else AnyOf(children)


def _shortened(path: str) -> str:
    return path if len(path) <= 80 else path[:77] + "…"


def _parse_leaf(raw: Mapping[object, object], dictionary: FactDictionary, path: str) -> Leaf:
    unknown = [key for key in raw if key not in _LEAF_KEYS]
    if unknown:
        raise RuleError(path, f"条件里有不认识的字段：{named(unknown)}，请删去")
    missing = "、".join(key for key in ("op", "value") if key not in raw)
    if missing:
        raise RuleError(path, f"条件缺少 {missing}，请补上")
    fact = dictionary.get(raw["fact"]) if isinstance(raw["fact"], str) else None
    if fact is None:
        raise RuleError(f"{path}/fact", f"事实字典里没有 {shown(raw['fact'])}，请对照 facts.yaml 改正名称")
    op = _parse_op(raw["op"], fact, f"{path}/op")
    value = _parse_value(raw["value"], op, fact, f"{path}/value")
    return Leaf(fact.id, op, value, _parse_clause(raw.get("clause"), f"{path}/clause"))


def _parse_op(raw: object, fact: Fact, path: str) -> Op:
    allowed = "、".join(op for op in Op if op in OPS_BY_TYPE[fact.type])
    op = next((op for op in Op if op.value == raw), None)
    if op is None:
        raise RuleError(path, f"没有 {shown(raw)} 这种比较，“{fact.label}”可用：{allowed}")
    if op not in OPS_BY_TYPE[fact.type]:
        raise RuleError(path, f"“{fact.label}”是 {fact.type} 型，不能用 {op}，可用：{allowed}")
    return op


def _parse_clause(raw: object, path: str) -> int | None:
    if raw is None:
        return None
    if isinstance(raw, bool) or not isinstance(raw, int) or raw < 1:
        raise RuleError(path, "clause 要写 conditions_text 里的序号，从 1 起")
    return raw


def _parse_value(raw: object, op: Op, fact: Fact, path: str) -> Value | tuple[Value, ...]:
    if op is Op.EXISTS:
        if not isinstance(raw, bool):
            raise RuleError(path, f"exists 的值要写 true 或 false，现在是 {shown(raw)}")
        return raw
    if op is Op.BETWEEN:
        return _parse_bounds(raw, fact, path)
    if op in (Op.IN, Op.NOT_IN, Op.HAS_ANY):
        if not isinstance(raw, list) or not raw:
            raise RuleError(path, f"{op} 的值要写成不空的列表，现在是 {shown(raw)}")
        return _parse_members(raw, fact, path)
    return fact.parse_single(raw, path)


def _parse_members(raw: list[object], fact: Fact, path: str) -> tuple[Value, ...]:
    members: dict[Value, None] = {}
    for number, member in enumerate(raw):
        value = fact.parse_single(member, f"{path}[{number}]")
        if value in members:
            raise RuleError(f"{path}[{number}]", f"{shown(member)} 在列表里重复了，请删去一个")
        members[value] = None
    return tuple(members)


def _parse_bounds(raw: object, fact: Fact, path: str) -> tuple[Value, ...]:
    if not isinstance(raw, list) or len(raw) != 2:
        raise RuleError(path, f"between 的值要写 [下限, 上限]，现在是 {shown(raw)}")
    low, high = (fact.parse_single(member, f"{path}[{number}]") for number, member in enumerate(raw))
    if low > high:  # type: ignore[operator]  # both were read by one ordered fact type
        raise RuleError(path, f"下限 {shown(raw[0])} 大于上限 {shown(raw[1])}，请对调")
    return (low, high)


def condition_to_raw(condition: Condition) -> dict[str, object]:
    """Return the plain data a condition was read from."""
    match condition:
        case All(children):
            return {"all": [condition_to_raw(child) for child in children]}
        case AnyOf(children):
            return {"any": [condition_to_raw(child) for child in children]}
        case Not(child):
            return {"not": condition_to_raw(child)}
        case Leaf():
            return _leaf_to_raw(condition)


def _leaf_to_raw(leaf: Leaf) -> dict[str, object]:
    is_list = isinstance(leaf.value, tuple)
    value = [_plain(member) for member in leaf.values] if is_list else _plain(leaf.values[0])
    raw: dict[str, object] = {"fact": leaf.fact, "op": leaf.op.value, "value": value}
    if leaf.clause is not None:
        raw["clause"] = leaf.clause
    return raw


def _plain(value: Value) -> object:
    return value.isoformat() if isinstance(value, date) else value


def leaves_of(condition: Condition) -> Iterator[Leaf]:
    """Yield every leaf, left to right."""
    match condition:
        case All(children) | AnyOf(children):
            for child in children:
                yield from leaves_of(child)
        case Not(child):
            yield from leaves_of(child)
        case Leaf():
            yield condition


def facts_of(condition: Condition) -> frozenset[str]:
    """Return the ids of all facts a condition reads."""
    return frozenset(leaf.fact for leaf in leaves_of(condition))
