"""Random worlds: a dictionary, rules that speak it, and businesses whose values lie on and beside the rules'.

Pools are small on purpose, so that a value often equals a rule's, misses it by the least step, is coarser
than it or lacks.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from huiqi.core.rules.conditions import OPS_BY_TYPE, All, AnyOf, Condition, Leaf, Not, Op
from huiqi.core.rules.facts import Change, Choice, CodeSystem, Fact, FactDictionary, FactType, Value
from huiqi.core.rules.rule import Rule, Window

AS_OF = date(2026, 6, 30)
REGIONS = ("000000", "410000", "410800", "410825", "410823", "411500", "420000", "420100")
INDUSTRIES = ("H", "H62", "H6210", "H6291", "C", "C13", "C1310", "A0171")
NUMBERS = (0, -1.5, 0.1, 0.3, 0.1 + 0.2, 5, 5.0, math.nextafter(5, 6), math.nextafter(5, 0), 1e15, -0.0)
DAYS = (date.min, date(1969, 12, 31), date(2026, 6, 29), AS_OF, date(2026, 7, 1), date.max)
WINDOWS = (None, AS_OF - timedelta(1), AS_OF, AS_OF + timedelta(1))


@dataclass(frozen=True)
class World:
    dictionary: FactDictionary
    rules: list[Rule]
    businesses: list[dict[str, Value]]


def fact(fact_id: str, kind: FactType, codes: int = 0, system: CodeSystem | None = None) -> Fact:
    choices = tuple(Choice(f"{fact_id}_{number}", f"选项{number}") for number in range(codes))
    return Fact(fact_id, fact_id, kind, None, "某局", "", Change.NEVER, fact_id, choices, code_system=system)


@st.composite
def dictionaries(draw: st.DrawFn) -> FactDictionary:
    facts = [
        fact("flag", FactType.BOOL),
        fact("switch", FactType.BOOL),
        fact("persons", FactType.INTEGER),
        fact("yuan", FactType.MONEY),
        fact("ratio", FactType.NUMBER),
        fact("day", FactType.DATE),
        fact("kind", FactType.ENUM, draw(st.integers(1, 30))),
        fact("tags", FactType.SET, draw(st.sampled_from((1, 7, 8, 9, 17)))),
        fact("region", FactType.CODE, system=CodeSystem.REGION),
        fact("industry", FactType.CODE, system=CodeSystem.INDUSTRY),
    ]
    return FactDictionary({each.id: each for each in facts}, "test")


def single_values(of: Fact) -> st.SearchStrategy[Value]:
    """One value of a fact (for a set: one tag)."""
    match of.type:
        case FactType.BOOL:
            return st.booleans()
        case FactType.INTEGER:
            return st.integers(-2, 4)
        case FactType.MONEY:
            return st.sampled_from((-(10**15), -1, 0, 99_999, 100_000, 100_001, 2**31, 2**40, 10**15))
        case FactType.NUMBER:
            return st.sampled_from(NUMBERS)
        case FactType.DATE:
            return st.sampled_from(DAYS)
        case FactType.ENUM | FactType.SET:
            return st.sampled_from([choice.code for choice in of.choices])
        case FactType.CODE:
            return st.sampled_from(REGIONS if of.code_system is CodeSystem.REGION else INDUSTRIES)


def values(of: Fact) -> st.SearchStrategy[Value]:
    return st.frozensets(single_values(of), max_size=4) if of.type is FactType.SET else single_values(of)


@st.composite
def leaves(draw: st.DrawFn, dictionary: FactDictionary) -> Leaf:
    asked = draw(st.sampled_from(list(dictionary.values())))
    op = draw(st.sampled_from(sorted(OPS_BY_TYPE[asked.type])))
    one = single_values(asked)
    if op is Op.EXISTS:
        return Leaf(asked.id, op, draw(st.booleans()))
    if op is Op.BETWEEN:
        return Leaf(asked.id, op, tuple(sorted((draw(one), draw(one)))))
    if op in (Op.IN, Op.NOT_IN, Op.HAS_ANY):
        return Leaf(asked.id, op, tuple(draw(st.lists(one, min_size=1, max_size=5, unique=True))))
    return Leaf(asked.id, op, draw(one))


def conditions(dictionary: FactDictionary) -> st.SearchStrategy[Condition]:
    def grow(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(inner, min_size=1, max_size=4).map(tuple)
        return several.map(All) | several.map(AnyOf) | inner.map(Not)

    return st.recursive(leaves(dictionary), grow, max_leaves=12)


@st.composite
def rules(draw: st.DrawFn, dictionary: FactDictionary) -> list[Rule]:
    trees = draw(st.lists(conditions(dictionary), min_size=1, max_size=5))
    return [
        Rule(f"rule-{n}", Window(draw(st.sampled_from(WINDOWS)), draw(st.sampled_from(WINDOWS))), tree)
        for n, tree in enumerate(trees)
    ]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    dictionary = draw(dictionaries())
    business = st.fixed_dictionaries({}, optional={each.id: values(each) for each in dictionary.values()})
    businesses = draw(st.lists(business, min_size=1, max_size=12))
    return World(dictionary, draw(rules(dictionary)), businesses)
