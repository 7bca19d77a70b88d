"""The tree as the architecture tests read it: parsed files and the full names they refer to."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

PACKAGE = "src/huiqi"


@dataclass(frozen=True)
class Source:
    """One Python file. `place` is its path from the root, with slashes."""

    path: Path
    place: str

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.place)

    @cached_property
    def imports(self) -> list[tuple[str, int]]:
        """Full names of what is imported, each with its line."""
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found += [(alias.name, node.lineno) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                found += [(f"{node.module or '.'}.{alias.name}", node.lineno) for alias in node.names]
        return found

    @cached_property
    def references(self) -> list[tuple[str, int]]:
        """Full dotted names of what is used, through whatever alias, each with its line; builtins too."""
        aliases = dict(self._aliases())
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Name | ast.Attribute):
                dotted = _dotted(node)
                if dotted:
                    head, dot, rest = dotted.partition(".")
                    found.append((aliases.get(head, head) + dot + rest, node.lineno))
        return found

    def _aliases(self) -> Iterator[tuple[str, str]]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    head = alias.name.partition(".")[0]
                    yield (alias.asname, alias.name) if alias.asname else (head, head)
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    yield alias.asname or alias.name, f"{node.module or '.'}.{alias.name}"


def python_files(root: Path, folder: str = PACKAGE) -> list[Source]:
    """Every Python file of a folder except migrations, which are written by Django."""
    return [
        _source(path, path.relative_to(root).as_posix(), path.stat().st_mtime_ns)
        for path in sorted((root / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def room_of(place: str) -> str | None:
    """The room a file belongs to, as `services/policy/library`, `foundation/clock` or `portal`."""
    parts = place.removeprefix(f"{PACKAGE}/").split("/")
    depth = {"services": 3, "foundation": 2}.get(parts[0], 1)
    return "/".join(parts[:depth]) if len(parts) > depth else None


@cache
def _source(path: Path, place: str, changed_at: int) -> Source:
    """Parsed once for every state of the file, which `changed_at` tells apart."""
    return Source(path, place)


def _dotted(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = _dotted(node.value)
        return f"{base}.{node.attr}" if base else None
    return None
