"""Rules on what is kept: who may point at whose table, and that tables do not leave their room."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import Source, python_files, room_of

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
UNSAID = "what is not said"


def foreign_keys_point_down(root: Path) -> list[str]:
    """A table may point at tables of its own room or of a foundation room below it, and at no others."""
    order = _foundation_order()
    return [
        f"{source.place}:{line} points at {target}"
        for source in python_files(root)
        if (room := room_of(source.place)) and "models" in source.place
        for target, line in _targets(source)
        if not _may_point(room, target, order)
    ]


def queries_hand_out_no_open_querysets(root: Path) -> list[str]:
    """What a public query returns is said in its annotation, and it is a value, not a question half asked."""
    return [
        f"{source.place}:{node.lineno} {node.name} returns {returned}"
        for source in python_files(root)
        if room_of(source.place) and re.search(r"/queries(/|\.py$)", source.place)
        for node in source.tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and any(word in (returned := _returned(node)) for word in ("QuerySet", UNSAID))
    ]


def _targets(source: Source) -> Iterator[tuple[str, int]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and _last_name(node.func) in RELATIONS:
            named = [keyword.value for keyword in node.keywords if keyword.arg == "to"]
            target = (node.args[:1] or named)[0]
            text = target.value if isinstance(target, ast.Constant) else ast.unparse(target)
            yield str(text), node.lineno


def _may_point(room: str, target: str, order: dict[str, int]) -> bool:
    label, dot, _ = target.partition(".")
    if not dot or label == room.rpartition("/")[2]:
        return True  # a class of this file or this room: what it may import, the contracts decide
    if target == "settings.AUTH_USER_MODEL":
        label = "accounts"
    return label in order and order.get(room.removeprefix("foundation/"), -1) < order[label]


def _foundation_order() -> dict[str, int]:
    """Foundation rooms with their floor, counted from the top; rooms above the foundation are not in it."""
    project = tomllib.loads(Path(__file__).parents[2].joinpath("pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c.get("containers") == ["huiqi.foundation"])
    return {name.strip(" ()"): floor for floor, layer in enumerate(layers) for name in layer.split("|")}


def _returned(node: ast.FunctionDef) -> str:
    return ast.unparse(node.returns) if node.returns else UNSAID


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
