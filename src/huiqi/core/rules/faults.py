"""Every fault of a raw condition tree: where the parser stops at the first, this goes on."""

from collections.abc import Mapping

from huiqi.core.rules.conditions import DEEPEST, parse_condition
from huiqi.core.rules.errors import RuleError
from huiqi.core.rules.facts import FactDictionary

MOST_NODES = 10_000  # visited in search of further faults; no published rule has a hundred


def faults_of(raw: object, dictionary: FactDictionary, path: str = "conditions") -> tuple[RuleError, ...]:
    """Return the faults of a raw tree, one at most for each leaf; empty exactly where it can be parsed."""
    try:
        parse_condition(raw, dictionary, path)
    except RuleError as first:
        faults = _Faults(dictionary)
        faults.collect(raw, path, 1)
        return tuple({fault.path: fault for fault in (first, *faults.found)}.values())
    return ()


class _Faults:
    def __init__(self, dictionary: FactDictionary) -> None:
        self.found: list[RuleError] = []
        self._dictionary = dictionary
        self._visited = 0

    def collect(self, raw: object, path: str, depth: int) -> None:
        """Note the faults of a sub-tree, as far as the limits on depth and size allow."""
        self._visited += 1
        if depth > DEEPEST or self._visited > MOST_NODES:
            return
        children = _children(raw, path)
        for child, where in children:
            self.collect(child, where, depth + 1)
        if not children:
            try:
                parse_condition(raw, self._dictionary, path)
            except RuleError as fault:
                self.found.append(fault)


def _children(raw: object, path: str) -> list[tuple[object, str]]:
    """Return the children of a well-formed group with their paths; none for anything else."""
    if not isinstance(raw, Mapping) or len(raw) != 1:
        return []
    ((kind, content),) = raw.items()
    if kind == "not":
        return [(content, f"{path}/not")]
    if kind in ("all", "any") and isinstance(content, list):
        return [(child, f"{path}/{kind}[{number}]") for number, child in enumerate(content)]
    return []
