"""Bars on search: that owners find what they mean in their own words, and at once."""

import functools
from collections.abc import Callable

from benchmarks.bars import Figure, bar
from benchmarks.search import FIRST, Result, measure
from tests.support.postgres import private_cluster

SEARCH = "A2, must show: search"
SPEED = "A2, deliver 6"
RECALL = 0.85
MRR = 0.85
P95_MS = 50.0
DATABASES = ("SQLite", "PostgreSQL")


@bar(f"60 searches of owners, recall@{FIRST}", f"≥ {RECALL:.2f}", source=SEARCH)
def recall() -> Figure:
    return _both(lambda result: f"{result.recall:.3f}", lambda result: result.recall >= RECALL)


@bar("60 searches of owners, mean reciprocal rank", f"≥ {MRR:.2f}", source=SEARCH)
def mean_reciprocal_rank() -> Figure:
    return _both(lambda result: f"{result.mrr:.3f}", lambda result: result.mrr >= MRR)


@bar("60 searches of owners, empty pages", "0", source=SEARCH)
def no_empty_page() -> Figure:
    return _both(lambda result: str(result.empty), lambda result: result.empty == 0)


@bar("search over the catalogue × 100, p95", f"≤ {P95_MS:g} ms", source=SPEED)
def speed() -> Figure:
    return _both(
        lambda result: f"{result.p95_ms:.1f} ms over {result.items:,} items",
        lambda result: result.p95_ms <= P95_MS,
    )


def _both(told: Callable[[Result], str], is_met: Callable[[Result], bool]) -> Figure:
    results = [(name, _result(name)) for name in DATABASES]
    text = ", ".join(f"{told(result)} on {name}" for name, result in results)
    return Figure(text, is_met=all(is_met(result) for _, result in results))


@functools.cache
def _result(database: str) -> Result:
    if database == "SQLite":
        return measure()
    with private_cluster() as url:
        return measure(url)
