"""Rules on what a file may touch: the clock, chance, files, and other code by name."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import PACKAGE, Source, python_files

CORE = f"{PACKAGE}/core/"
# Of the standard library, what reaches outside the program or differs from run to run.
IMPURE_MODULES = {
    *("asyncio", "builtins", "fileinput", "ftplib", "getpass", "glob", "http", "importlib", "io", "logging"),
    *("multiprocessing", "os", "pathlib", "platform", "random", "secrets", "select", "shelve", "shutil"),
    *("signal", "smtplib", "socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time"),
    *("urllib", "uuid", "zoneinfo"),
}
IMPURE_BUILTINS = {"open", "input", "print", "eval", "exec", "compile", "globals", "breakpoint", "__import__"}
CLOCKS = {
    *("datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today"),
    *("time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime"),
    *("django.utils.timezone.now", "django.utils.timezone.localdate", "django.utils.timezone.localtime"),
    "django.db.models.functions.Now",
}
CLOCK_ARGUMENTS = {"auto_now", "auto_now_add"}
BACK_DOORS = {
    *("importlib.import_module", "__import__", "django.utils.module_loading.import_string"),
    *("runpy.run_module", "runpy.run_path"),
}
TABLES_BY_LABEL = (".get_model", ".get_models", ".get_registered_model", ".all_models")


def core_uses_only_the_standard_library(root: Path) -> list[str]:
    return [
        f"{source.place}:{line} imports {name}"
        for source in _inside(root, CORE)
        for name, line in source.imports
        if not name.startswith("huiqi.core") and name.partition(".")[0] not in sys.stdlib_module_names
    ]


def core_knows_no_clock_no_chance_and_no_files(root: Path) -> list[str]:
    broken = []
    for source in _inside(root, CORE):
        modules = [(name, line) for name, line in source.imports if name.partition(".")[0] in IMPURE_MODULES]
        used = [(name, line) for name, line in source.references if name in IMPURE_BUILTINS | CLOCKS]
        broken += [f"{source.place}:{line} uses {name}" for name, line in modules + used]
    return broken


def only_the_clock_room_reads_the_time(root: Path) -> list[str]:
    """Measuring a duration (`time.perf_counter`) is no reading of the clock."""
    broken = []
    for source in python_files(root):
        if source.place.startswith(f"{PACKAGE}/foundation/clock/"):
            continue
        found = [(name, line) for name, line in source.references if name in CLOCKS]
        found += list(_clock_arguments(source))
        broken += [f"{source.place}:{line} reads the clock by {name}" for name, line in found]
    return broken


def only_the_demo_city_uses_chance(root: Path) -> list[str]:
    return [
        f"{source.place}:{line} uses {name}"
        for source in python_files(root)
        if not source.place.startswith(f"{PACKAGE}/demo/")
        for name, line in source.imports + source.references
        if name.startswith(("random.", "numpy.random")) or name == "random"
    ]


def code_is_never_reached_by_a_string(root: Path) -> list[str]:
    roof = (f"{PACKAGE}/config/", f"{PACKAGE}/cli/")
    return [
        f"{source.place}:{line} uses {name}"
        for source in python_files(root)
        if not source.place.startswith(roof)
        for name, line in source.references
        if name in BACK_DOORS or name.endswith(TABLES_BY_LABEL)
    ]


def _inside(root: Path, prefix: str) -> list[Source]:
    return [source for source in python_files(root) if source.place.startswith(prefix)]


def _clock_arguments(source: Source) -> Iterator[tuple[str, int]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.keyword) and node.arg in CLOCK_ARGUMENTS:
            yield node.arg, node.value.lineno
