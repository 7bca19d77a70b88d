"""Bars on strangers: every kind of hostile input on every way into the site, and what it leaves behind."""

import re
import sys
from pathlib import Path

from benchmarks.bars import Figure, bar
from benchmarks.clean_clone import ROOT, run

FEWEST_KINDS = 60


@bar(
    "kinds of hostile input on every form, address, cookie and header, no 500 and no row",
    f"all of ≥ {FEWEST_KINDS}",
    source="B1, hostile input",
    limit_minutes=20,
)
def kinds() -> Figure:
    pytest = str(Path(sys.executable).with_name("pytest"))
    tried = "test_a_request_of_a_strange_shape or test_every_way_in_stands or test_a_lie_on_the_wire"
    output = run([pytest, "tests/hostile", "-k", tried], cwd=ROOT, may_fail=True)
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|error)", output)}
    stood, all_of_them = counts.get("passed", 0), sum(counts.values())
    return Figure(f"{stood} of {all_of_them}", is_met=FEWEST_KINDS <= stood == all_of_them)
