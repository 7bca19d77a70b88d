"""Bars on cases: the desk of an officer with two hundred of them, among a hundred thousand."""

import functools

from benchmarks.bars import Figure, bar
from benchmarks.cases import CASES, Result, measure
from tests.support.postgres import private_cluster

SOURCE = "B1, cases"
LONGEST_OWN_MS, LONGEST_OFFICE_MS = 100, 600


@bar(f"an officer's desk among {CASES:,} cases, PostgreSQL, p95", f"≤ {LONGEST_OWN_MS} ms", source=SOURCE)
def own_desk() -> Figure:
    told = _result()
    return Figure(f"{told.own_p95:.0f} ms (p50 {told.own_p50:.0f})", is_met=told.own_p95 <= LONGEST_OWN_MS)


@bar(f"the desk of the whole office, {CASES:,} cases, p95", f"≤ {LONGEST_OFFICE_MS} ms", source=SOURCE)
def office_desk() -> Figure:
    told = _result()
    text = f"{told.office_p95:.0f} ms (p50 {told.office_p50:.0f})"
    return Figure(text, is_met=told.office_p95 <= LONGEST_OFFICE_MS)


@functools.cache
def _result() -> Result:
    with private_cluster() as url:
        return measure(url)
