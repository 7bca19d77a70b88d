"""Bars on the pages: every one, on a phone and on a desktop, in every mode, in a real browser."""

from benchmarks.bars import Figure, bar
from benchmarks.passing import passing

FAULTS = "A2, must show: axe 0, console 0, external requests 0"
ALONE = "A2, deliver 5: keyboard only"


@bar(
    "axe (WCAG 2.2 AA), targets, console, requests to elsewhere, every page and mode",
    "0 faults",
    source=FAULTS,
    limit_minutes=20,
)
def faults() -> Figure:
    passed, failed = passing("tests/journeys/test_every_page.py", "no_fault")
    return Figure(f"{passed} of {passed + failed} checks without a fault", is_met=failed == 0 < passed)


@bar("by keyboard alone: search, item, questions, results", "all steps pass", source=ALONE)
def keyboard() -> Figure:
    passed, failed = passing("tests/journeys", "keyboard")
    return Figure(f"{passed} of {passed + failed} steps", is_met=failed == 0 < passed)
