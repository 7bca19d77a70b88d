"""Bars on rights: everybody tries every page with what is theirs and what is others', and slips are seen."""

import functools
import re
import sys

from benchmarks.bars import Figure, bar
from benchmarks.clean_clone import ROOT, run

SOURCE = "B1, people and rights"
FEWEST_SLIPS = 20


@bar("the permission walk: pages × methods × roles × relations", "0 surprises", source=SOURCE)
def walk() -> Figure:
    combinations, surprises, _, _ = _told()
    return Figure(
        f"{combinations:,} combinations, {surprises} surprises", is_met=combinations > 0 == surprises
    )


@bar("slips in rights and filters that the walk sees", f"all of ≥ {FEWEST_SLIPS}", source=SOURCE)
def slips() -> Figure:
    _, _, seen, made = _told()
    return Figure(f"{seen} of {made}", is_met=seen == made >= FEWEST_SLIPS)


@functools.cache
def _told() -> tuple[int, ...]:
    output = run([sys.executable, "-m", "tests.walk"], cwd=ROOT, may_fail=True)
    last = output.strip().splitlines()[-1]
    return tuple(int(each) for each in re.findall(r"\d+", last))
