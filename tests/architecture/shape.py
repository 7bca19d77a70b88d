"""Rules on the shape of files: how long they are, how they are called, what is left lying in them."""

import ast
import re
from pathlib import Path

from tests.architecture.sources import Source, python_files

FOLDERS = ("src", "tests", "benchmarks")
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
EXCUSE = "# long because"
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base"}
NAMED_BY_DJANGO = {"src/huiqi/foundation/storage/sqlite/base.py"}  # where it looks for a database backend
WRITTEN_BY_HAND = {".py", ".html", ".css", ".js", ".md", ".yaml", ".yml", ".toml", ".sh", ".json", ".txt"}
NOT_OURS = {".git", ".venv", "node_modules", "vendor", "dist", "build", "reports"}
LEFTOVERS = re.compile(
    r"\b(?:TOD[O]|FIXM[E]|XX[X]|HAC[K])\b"  # notes to oneself
    r"|breakpoint\(\)|\bpdb\.set_trace"
    r"|(?<![\w.~])/(?:home|Users|root)/\w"  # somebody's own machine
)
PLANTED_ON_PURPOSE = "plants.py"


def files_stay_under_400_lines(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root).as_posix()} has {count} lines"
        for folder in FOLDERS
        for suffix in ("*.py", "*.html")
        for path in sorted((root / folder).rglob(suffix))
        if "migrations" not in path.parts
        and (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    ]


def functions_stay_under_40_lines(root: Path) -> list[str]:
    """Docstrings are not counted; `# long because …` on the first line excuses a function."""
    return [
        f"{source.place}:{node.lineno} {node.name} has {count} lines"
        for folder in FOLDERS
        for source in python_files(root, folder)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (count := _lines(node)) > LONGEST_FUNCTION
        and not _is_excused(source, node)
    ]


def no_module_has_an_empty_name(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root).as_posix()} says nothing about what is in it"
        for folder in FOLDERS
        for path in sorted((root / folder).rglob("*"))
        if path.stem in EMPTY_NAMES and (path.is_dir() or path.suffix == ".py")
        if path.relative_to(root).as_posix() not in NAMED_BY_DJANGO and NOT_OURS.isdisjoint(path.parts)
    ]


def nothing_is_left_lying_about(root: Path) -> list[str]:
    broken = []
    for path in sorted(_written_files(root)):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if found := LEFTOVERS.search(line):
                broken.append(f"{path.relative_to(root).as_posix()}:{number} {found.group()}")
    return broken


def _written_files(root: Path) -> list[Path]:
    return [
        path
        for path in root.rglob("*")
        if path.suffix in WRITTEN_BY_HAND
        and path.is_file()
        and path.name != PLANTED_ON_PURPOSE
        and not any(part in NOT_OURS or part.endswith("_cache") for part in path.relative_to(root).parts)
    ]


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    whole = (node.end_lineno or node.lineno) - node.lineno + 1
    if ast.get_docstring(node) is None:
        return whole
    docstring = node.body[0]
    return whole - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)


def _is_excused(source: Source, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return EXCUSE in source.text.splitlines()[node.lineno - 1]
