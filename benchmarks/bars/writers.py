"""Bars on writing: many processes write to one SQLite file, none is refused and none starves."""

from benchmarks.bars import Figure, bar
from benchmarks.writers import OURS, WRITERS, measure

LONGEST_SECONDS = 0.5


@bar(
    f"{WRITERS} processes writing to one SQLite file, errors and worst wait",
    f"0 errors, 0 lost, ≤ {LONGEST_SECONDS} s with and without 2 ms of work",
    source="B1, the fair writer lock",
)
def nobody_starves() -> Figure:
    runs = measure()
    ours = [run for run in runs if run.name == OURS]
    is_met = all(
        run.errors == 0 and run.lost == 0 and run.worst_seconds <= LONGEST_SECONDS and run.attempts
        for run in ours
    )
    others = "; ".join(f"{run.name} {run.work_ms} ms: {run.told}" for run in runs if run.name != OURS)
    told = "; ".join(f"{run.work_ms} ms: {run.told}" for run in ours)
    return Figure(f"{told} (beside it: {others})", is_met=is_met)
