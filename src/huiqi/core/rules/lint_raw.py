"""Every fault of a raw condition tree: where the parser stops at the first, lint goes on."""

from collections.abc import Mapping

from huiqi.core.rules.conditions import DEEPEST, parse_condition
from huiqi.core.rules.errors import RuleError
from huiqi.core.rules.facts import FactDictionary
from huiqi.core.rules.lint_findings import Code, Finding, error

_CODE_OF_PLACE = {"fact": Code.UNKNOWN_FACT, "op": Code.WRONG_OPERATOR}


def lint_raw_tree(
    item_id: str, raw: object, dictionary: FactDictionary, path: str = "conditions"
) -> tuple[Finding, ...]:
    """Return all faults of a raw tree, one at most for each leaf; empty exactly where it can be parsed."""
    faults: list[RuleError] = []
    _collect(raw, dictionary, path, 1, faults)
    return tuple(_finding(item_id, fault) for fault in faults)


def _finding(item_id: str, fault: RuleError) -> Finding:
    code = _CODE_OF_PLACE.get(fault.path.rpartition("/")[2], Code.MALFORMED)
    return error(code, item_id, fault.path, fault.message)


def _collect(raw: object, dictionary: FactDictionary, path: str, depth: int, faults: list[RuleError]) -> None:
    children = _children(raw, path)
    if depth > DEEPEST:
        faults.append(RuleError(path, f"条件套得太深（超过 {DEEPEST} 层），请拆成几个政策事项"))
    elif children:
        for child, where in children:
            _collect(child, dictionary, where, depth + 1, faults)
    else:
        try:
            parse_condition(raw, dictionary, path)
        except RuleError as fault:
            faults.append(fault)


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
