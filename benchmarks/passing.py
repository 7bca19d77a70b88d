"""Tests as a measurement: how many of those a bar stands on pass."""

import re
import sys
from pathlib import Path

from benchmarks.clean_clone import ROOT, run


def passing(place: str, words: str = "") -> tuple[int, int]:
    """How many tests of a folder or file passed, and how many did not; an error counts as a failure."""
    pytest = str(Path(sys.executable).with_name("pytest"))
    thorough = ["env", "HUIQI_THOROUGH=1"]  # with every text and example, which make test leaves out
    output = run([*thorough, pytest, place, "-k", words], cwd=ROOT, may_fail=True)
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|error)", output)}
    return counts.get("passed", 0), counts.get("failed", 0) + counts.get("error", 0)
