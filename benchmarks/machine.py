"""The machine a figure was measured on, as far as the figure depends on it: no host name, no path."""

import os
import platform
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import django
import numpy

BYTES_PER_GIB = 2**30


def description() -> dict[str, str]:
    """Label and value, in the order they are shown."""
    return {
        "Processor": _processor(),
        "Cores": str(os.cpu_count()),
        "Memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / BYTES_PER_GIB:.0f} GiB",
        "System": _system(),
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "Libraries": f"Django {django.__version__}, NumPy {numpy.__version__}",
        "Databases": f"SQLite {sqlite3.sqlite_version}",
    }


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        for line in facts.read_text(encoding="utf-8").splitlines():
            label, _, value = line.partition(":")
            if label.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return f"{platform.system()} {platform.release()}"


def processor_seconds() -> float:
    """Processor time so far of every process this one has started and their own, as long as they live.

    What a page costs in it does not depend on who else uses the machine. Linux only.
    """
    parents: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):  # gone while we looked
                fields = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                parents[int(entry.name)], ticks[int(entry.name)] = (
                    int(fields[1]),
                    sum(map(int, fields[11:13])),
                )
    return sum(ticks[each] for each in ticks if _descends(each, parents)) / os.sysconf("SC_CLK_TCK")


def _descends(process: int, parents: Mapping[int, int]) -> bool:
    while process in parents:
        process = parents[process]
        if process == os.getpid():
            return True
    return False
