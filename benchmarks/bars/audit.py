"""Bars on the audit log: many writers at once, every entry sealed soon, and the whole chain verified."""

import functools

from benchmarks.audit import Result, measure
from benchmarks.bars import Figure, bar
from benchmarks.passing import passing
from tests.support.postgres import private_cluster

SOURCE = "B1, audit"
WRITERS, ENTRIES, TOGETHER = 8, 12_500, 10
PACE, PACED_ENTRIES = 500, 1_500
LONGEST_LAG_SECONDS = 1.0
DATABASES = ("SQLite", "PostgreSQL")


@bar(f"{WRITERS} writers, {WRITERS * ENTRIES:,} audit entries, all sealed", "all, none broken", source=SOURCE)
def all_sealed() -> Figure:
    told = [(name, _result(name)) for name in DATABASES]
    text = ", ".join(
        f"{each.sealed:,} at {each.per_second:,.0f}/s on {name}, waiting {each.lag_p50:.1f} s for the seal"
        for name, each in told
    )
    is_met = all(each.broken == each.locked == 0 and each.sealed == each.entries + 1 for _, each in told)
    return Figure(text, is_met=is_met)


@bar(
    f"wait of an entry for its seal, {WRITERS} writers of {PACE:,} a second, median",
    f"≤ {LONGEST_LAG_SECONDS:g} s",
    source=SOURCE,
)
def lag() -> Figure:
    told = [(name, _measured(name, PACED_ENTRIES, 1, PACE)) for name in DATABASES]
    text = ", ".join(f"{each.lag_p50:.2f} s (worst {each.lag_max:.2f}) on {name}" for name, each in told)
    return Figure(text, is_met=all(each.lag_p50 <= LONGEST_LAG_SECONDS for _, each in told))


@bar("ways to change, delete, swap or insert a row of the log, each found and named", "all", source=SOURCE)
def tampering() -> Figure:
    named, missed = passing("tests/foundation/audit/test_tampering.py", "found_and_named")
    return Figure(f"{named} of {named + missed}", is_met=named > 0 == missed)


@functools.cache
def _result(database: str) -> Result:
    return _measured(database, ENTRIES, TOGETHER)


def _measured(database: str, entries: int, together: int, pace: int = 0) -> Result:
    if database == "SQLite":
        return measure("", WRITERS, entries, together, pace)
    with private_cluster() as url:
        return measure(url, WRITERS, entries, together, pace)
