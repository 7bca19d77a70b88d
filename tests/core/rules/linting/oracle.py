"""What lint should find, by trying every business: an independent reading for small trees.

A tree is judged with the independent evaluator of reference.py over every business whose facts can differ
for trees made of the sample's members.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Any

from tests.core.rules import reference
from tests.core.rules.sample import TYPES, Raw

EVERY_VALUE: dict[str, list[Any]] = {
    "entity_type": ["individual", "company", "farm"],
    "region_code": ["410825", "410823", "410899", "419999", "320199", "329999", "999999"],
    "industry_code": ["H6210", "H6299", "H6199", "H9999", "F5211", "F5299", "F9999", "A0111"],
    "established_on": ["2023-12-30", "2023-12-31", "2024-01-01", "2024-02-28", "2024-02-29", "2024-03-01",
                       "2024-03-02", "2025-06-29", "2025-06-30", "2025-07-01"],
    "is_operating": [True, False],
    "honours": [list(tags) for n in range(4) for tags in combinations(["high_tech", "srdi", "famous"], n)],
    "employees": [0, 1, 4, 5, 6, 18, 19, 20, 21, 299, 300, 301],
    "research_ratio_pct": [0, 1, 2.9, 2.95, 3, 3.2, 3.5, 50, 100],
}  # fmt: skip
COARSE = {"region_code": ["000000", "410000", "410800", "320000", "320100"],
          "industry_code": ["H", "H62", "H621", "F", "F52", "F521"]}  # fmt: skip


def businesses(trees: list[Raw], gaps: str) -> Iterator[Raw]:
    """Every business, as far as the facts of the trees go.

    ``gaps``: none, those of facts some tree asks ``exists`` of ("asked"), or any, coarse codes among them.
    """
    fact_ids = sorted({leaf["fact"] for tree in trees for leaf in leaves(tree)})
    asked = {leaf["fact"] for tree in trees for leaf in leaves(tree) if leaf["op"] == "exists"}
    spaces = []
    for fact_id in fact_ids:
        space = list(EVERY_VALUE[fact_id])
        if gaps == "any":
            space += [None, *COARSE.get(fact_id, [])]
        elif gaps == "asked" and fact_id in asked:
            space.append(None)
        spaces.append(space)
    for values in product(*spaces):
        yield {fact: value for fact, value in zip(fact_ids, values, strict=True) if value is not None}


def leaves(tree: Raw) -> Iterator[Raw]:
    """Every leaf of a tree."""
    yield from (node for _, node in nodes(tree) if "fact" in node)


def nodes(tree: Raw, path: str = "conditions") -> Iterator[tuple[str, Raw]]:
    """Every node of a tree with its path."""
    yield path, tree
    for kind, content in tree.items():
        if kind == "not":
            yield from nodes(content, f"{path}/not")
        elif kind in ("all", "any"):
            for number, child in enumerate(content):
                yield from nodes(child, f"{path}/{kind}[{number}]")


class Table:
    """All that businesses can make of the leaves of some trees: each distinct row of leaf states once."""

    def __init__(self, trees: list[Raw], gaps: str) -> None:
        self._leaves = list({repr(leaf): leaf for tree in trees for leaf in leaves(tree)}.values())
        self._rows = {
            tuple(reference.state(leaf, each, TYPES) for leaf in self._leaves)
            for each in businesses(trees, gaps)
        }
        self._places = {repr(leaf): place for place, leaf in enumerate(self._leaves)}

    def function(self, tree: Raw, constants: Mapping[str, float] | None = None) -> tuple[float, ...]:
        """The state of a tree in every row; ``constants`` by path stand in for nodes."""
        return tuple(self._state(tree, "conditions", row, constants or {}) for row in self._rows)

    def _state(self, tree: Raw, path: str, row: tuple[float, ...], constants: Mapping[str, float]) -> float:
        if path in constants:
            return constants[path]
        for kind, content in tree.items():
            if kind == "not":
                return 1 - self._state(content, f"{path}/not", row, constants)
            if kind in ("all", "any"):
                states = [
                    self._state(child, f"{path}/{kind}[{number}]", row, constants)
                    for number, child in enumerate(content)
                ]
                return min(states) if kind == "all" else max(states)
        return row[self._places[repr(tree)]]

    def replaceable(self, tree: Raw, constants: Mapping[str, float] | None = None) -> set[str]:
        """The paths of nodes below the root that a constant can replace, beside those already replaced."""
        given = dict(constants or {})
        whole = self.function(tree, given)
        return {
            path
            for path, _ in nodes(tree)
            if path != "conditions" and not any(is_within(path, done) for done in given)
            if any(self.function(tree, {**given, path: constant}) == whole for constant in (1.0, 0.0))
        }


def is_within(path: str, outer: str) -> bool:
    """Say whether a path leads to a node or to something inside it."""
    return path == outer or path.startswith(f"{outer}/")
