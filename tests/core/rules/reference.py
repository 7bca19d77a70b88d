"""An independent reading of the published logic, on plain data, for comparison.

States are numbers: 1 true, 0 false, one half unknown. ``all`` is then the minimum, ``any`` the maximum and
``not`` the distance from 1.
"""

import re
from typing import Any

UNKNOWN = 0.5


def state(tree: dict[str, Any], facts: dict[str, Any], types: dict[str, str]) -> float:
    """Return the state of a tree over the plain facts of a business."""
    for kind, content in tree.items():
        if kind == "all":
            return min(state(child, facts, types) for child in content)
        if kind == "any":
            return max(state(child, facts, types) for child in content)
        if kind == "not":
            return 1 - state(content, facts, types)
    return _leaf(tree["op"], facts.get(tree["fact"]), tree["value"], tree["fact"], types[tree["fact"]])


def _leaf(op: str, given: Any, asked: Any, fact_id: str, kind: str) -> float:
    if op == "exists":
        return float(asked is (given is not None))
    if given is None:
        return UNKNOWN
    if op == "ne":
        return 1 - _leaf("eq", given, asked, fact_id, kind)
    if op == "not_in":
        return 1 - _leaf("in", given, asked, fact_id, kind)
    if op == "in":
        return max(_leaf("eq", given, member, fact_id, kind) for member in asked)
    if kind == "code":
        return _code(given, asked, fact_id)
    if op == "has_any":
        return float(bool(set(given) & set(asked)))
    if op == "between":
        return float(sorted([*asked, given])[1] == given)
    smaller, equal = given < asked, given == asked
    return float(
        {"eq": equal, "lt": smaller, "le": smaller or equal, "ge": not smaller, "gt": not (smaller or equal)}[
            op
        ]
    )


def _code(given: str, asked: str, fact_id: str) -> float:
    if fact_id != "industry_code":
        given, asked = (re.sub("(00)+$", "", code) for code in (given, asked))
    if given.startswith(asked):
        return 1.0
    return UNKNOWN if asked.startswith(given) else 0.0
