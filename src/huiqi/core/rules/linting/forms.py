"""The canonical form of a condition: how it is written, without what makes no difference in writing.

``not`` is pushed down to the leaves, groups of one kind are flattened, order and repetition dropped, and
operators of one meaning written in one way. Conditions of one form are the same rule; the reverse need not
hold, since the form does not reason about values.
"""

from collections.abc import Hashable
from datetime import date

from huiqi.core.rules.conditions import All, AnyOf, Condition, Leaf, Not, Op
from huiqi.core.rules.evaluation import significant_code
from huiqi.core.rules.facts import Fact, FactDictionary, FactType, Value

Form = tuple[Hashable, ...]
_NEGATIONS = frozenset({Op.NE, Op.NOT_IN, Op.GT, Op.GE})
_GROUPS = ("all", "any")


def canonical_form(condition: Condition, dictionary: FactDictionary, *, is_negated: bool = False) -> Form:
    """Return the form of a condition, or of its negation."""
    match condition:
        case Not(child):
            return canonical_form(child, dictionary, is_negated=not is_negated)
        case All(children) | AnyOf(children):
            kind = _GROUPS[isinstance(condition, AnyOf) != is_negated]
            return _group(
                kind, [canonical_form(each, dictionary, is_negated=is_negated) for each in children]
            )
        case Leaf():
            return _leaf_form(condition, dictionary[condition.fact], is_negated)


def _group(kind: str, forms: list[Form]) -> Form:
    parts: set[Hashable] = set()
    for form in forms:
        parts |= form[1] if form[0] == kind and isinstance(form[1], frozenset) else {form}
    if len(parts) == 1:
        (single,) = parts
        return single if isinstance(single, tuple) else (single,)
    return (kind, frozenset(parts))


def _leaf_form(leaf: Leaf, fact: Fact, is_negated: bool) -> Form:
    if leaf.op is Op.BETWEEN:
        low, high = leaf.values
        ends = (Leaf(fact.id, Op.GE, low), Leaf(fact.id, Op.LE, high))
        return _group(_GROUPS[is_negated], [_leaf_form(end, fact, is_negated) for end in ends])
    if leaf.op is Op.EXISTS:
        return ("exists", fact.id, (leaf.value is True) != is_negated)
    is_positive = (leaf.op in _NEGATIONS) == is_negated
    if leaf.op in (Op.GT, Op.LE):
        return ("upto", fact.id, leaf.values[0], is_positive)
    if leaf.op in (Op.GE, Op.LT):
        return _below_form(fact, leaf.values[0], is_positive)
    return _membership_form(leaf, fact, is_positive)


def _below_form(fact: Fact, bound: Value, is_positive: bool) -> Form:
    """Write 少于 13 as 不超过 12 wherever values are whole."""
    if isinstance(bound, date) and bound > date.min:
        return ("upto", fact.id, date.fromordinal(bound.toordinal() - 1), is_positive)
    if fact.type in (FactType.INTEGER, FactType.MONEY) and isinstance(bound, int):
        return ("upto", fact.id, bound - 1, is_positive)
    return ("below", fact.id, bound, is_positive)


def _membership_form(leaf: Leaf, fact: Fact, is_positive: bool) -> Form:
    members: frozenset[Value] = frozenset(leaf.values)
    if fact.type is FactType.CODE:
        members = frozenset(significant_code(str(code), fact.code_system) for code in members)
    space: frozenset[Value] = frozenset((False, True)) if fact.type is FactType.BOOL else fact.codes
    if not is_positive and fact.type in (FactType.BOOL, FactType.ENUM):
        members, is_positive = space - members, True
    return ("among", fact.id, members, is_positive)
