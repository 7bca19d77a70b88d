"""Rules on templates: whose they are, who uses them, and that somebody does."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import PACKAGE, python_files, room_of

SHARED_ROOM = "foundation/look"
USED_BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
BY_TAG = re.compile(r"{%\s*(?:extends|include)\s+([^\s%]+)")
BY_COMPONENT = re.compile(r"<c-([a-z0-9][a-z0-9.\-]*)")
NO_TEMPLATE = {"vars", "slot"}  # cotton's own tags


def rooms_use_only_their_own_templates(root: Path) -> list[str]:
    """A room may use its own templates and the look's; a name nobody owns is a mistake too."""
    owners = {name: room_of(place) for name, place in _templates(root)}
    broken = []
    for place, name in _uses(root):
        owner = owners.get(name)
        if owner is None:
            broken.append(f"{place} uses {name}, which does not exist")
        elif owner not in (room_of(place), SHARED_ROOM):
            broken.append(f"{place} uses {name} of {owner}")
    return broken


def every_template_is_used(root: Path) -> list[str]:
    used = {name for _, name in _uses(root)} | USED_BY_DJANGO
    return [f"{place} is used by nobody" for name, place in _templates(root) if name not in used]


def _templates(root: Path) -> Iterator[tuple[str, str]]:
    """Names by which Django finds templates, each with its place in the tree."""
    for path in sorted((root / PACKAGE).rglob("templates/**/*.*")):
        if path.is_file():
            place = path.relative_to(root).as_posix()
            yield place.rpartition("/templates/")[2], place


def _uses(root: Path) -> Iterator[tuple[str, str]]:
    for source in python_files(root):
        for node in ast.walk(source.tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and node.value.endswith(".html")
            ):
                yield source.place, node.value
    for _, place in _templates(root):
        text = (root / place).read_text(encoding="utf-8")
        for name in BY_TAG.findall(text):
            yield place, name.strip("\"'")
        for component in BY_COMPONENT.findall(text):
            if component not in NO_TEMPLATE:
                yield place, f"cotton/{component.replace('.', '/').replace('-', '_')}.html"
