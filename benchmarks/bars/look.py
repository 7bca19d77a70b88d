"""Bars on the pages: every one, on a phone and on a desktop, in every mode, in a real browser."""

import re
import sys
from pathlib import Path

from benchmarks.bars import Figure, bar
from benchmarks.clean_clone import ROOT, run

FAULTS = "A2, must show: axe 0, console 0, external requests 0"
ALONE = "A2, deliver 5: keyboard only"


@bar(
    "axe (WCAG 2.2 AA), targets, console, requests to elsewhere, every page and mode",
    "0 faults",
    source=FAULTS,
    limit_minutes=20,
)
def faults() -> Figure:
    passed, failed = _journeys("test_every_page.py", "no_fault")
    return Figure(f"{passed} of {passed + failed} checks without a fault", is_met=failed == 0 < passed)


@bar("by keyboard alone: search, item, questions, results", "all steps pass", source=ALONE)
def keyboard() -> Figure:
    passed, failed = _journeys("", "keyboard")
    return Figure(f"{passed} of {passed + failed} steps", is_met=failed == 0 < passed)


def _journeys(name: str, words: str) -> tuple[int, int]:
    """How many journeys passed and failed; an error counts as a failure."""
    pytest = str(Path(sys.executable).with_name("pytest"))
    output = run([pytest, f"tests/journeys/{name}", "-k", words], cwd=ROOT, may_fail=True)
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|error)", output)}
    return counts.get("passed", 0), counts.get("failed", 0) + counts.get("error", 0)
