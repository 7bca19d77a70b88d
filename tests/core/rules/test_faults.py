"""All faults of a raw tree at once."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from huiqi.core.rules.conditions import DEEPEST, parse_condition
from huiqi.core.rules.errors import RuleError
from huiqi.core.rules.faults import faults_of
from tests.core.rules.sample import DICTIONARY, raw_trees

GOOD = {"fact": "employees", "op": "ge", "value": 5}


def found(raw: object) -> list[str]:
    return [fault.path for fault in faults_of(raw, DICTIONARY)]


def test_every_fault_is_named_with_its_place() -> None:
    tree = {
        "all": [
            {"fact": "employes", "op": "ge", "value": 5},
            GOOD,
            {"any": [{"fact": "honours", "op": "eq", "value": "srdi"}, {"not": {**GOOD, "op": "≥"}}]},
            {"fact": "employees", "op": "ge", "value": "10"},
            {"all": []},
            {"all": [GOOD], "any": [GOOD]},
            "employees",
        ]
    }  # fmt: skip
    assert found(tree) == [
        "conditions/all[0]/fact",
        "conditions/all[2]/any[0]/op",
        "conditions/all[2]/any[1]/not/op",
        "conditions/all[3]/value",
        "conditions/all[4]/all",
        "conditions/all[5]",
        "conditions/all[6]",
    ]


def broken(tree: Any, faults: list[str], path: str = "conditions") -> Any:
    """Misspell the fact of every leaf of a tree and note where."""
    if "fact" in tree:
        faults.append(f"{path}/fact")
        return {**tree, "fact": "nothing"}
    ((kind, content),) = tree.items()
    if kind == "not":
        return {"not": broken(content, faults, f"{path}/not")}
    return {kind: [broken(child, faults, f"{path}/{kind}[{n}]") for n, child in enumerate(content)]}


@given(raw_trees(exists=True))
def test_no_misspelt_fact_is_passed_over(tree: Any) -> None:
    faults: list[str] = []
    wrong = broken(tree, faults)
    assert found(wrong) == faults
    assert found(tree) == []


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just(GOOD),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.sampled_from(["all", "any", "not", "fact", "op", "value"]), below, max_size=3)
    ),
    max_leaves=8,
)


@given(plain)
def test_there_are_faults_exactly_where_the_parser_refuses(raw: object) -> None:
    try:
        parse_condition(raw, DICTIONARY)
        is_refused = False
    except RuleError:
        is_refused = True
    assert bool(found(raw)) == is_refused


def test_a_tree_too_deep_or_going_in_circles_is_one_fault() -> None:
    deep: Any = GOOD
    for _ in range(10_000):
        deep = {"not": deep}
    circle: dict[str, Any] = {"all": [GOOD]}
    circle["all"].append(circle)
    for tree in (deep, circle):
        (path,) = found(tree)
        assert path.startswith("conditions/")


def test_a_tree_that_refers_to_itself_many_times_is_given_up_in_time() -> None:
    tree: Any = {"fact": "nothing", "op": "ge", "value": 5}
    for _ in range(DEEPEST - 1):
        tree = {"all": [tree, tree]}
    assert found(tree)
