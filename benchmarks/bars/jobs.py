"""Bars on the outbox: jobs are written down and done fast enough that nobody waits for them."""

import functools

from benchmarks.bars import Figure, bar
from benchmarks.jobs import JOBS, Result, measure
from benchmarks.passing import passing
from tests.support.postgres import private_cluster

SOURCE = "B1, outbox"
DATABASES = ("SQLite", "PostgreSQL")
LEAST_ENQUEUED, LEAST_RUN = 300, 100


@bar(f"{JOBS:,} jobs written down, a transaction each", f"≥ {LEAST_ENQUEUED} a second", source=SOURCE)
def enqueued() -> Figure:
    told = [(name, _result(name)) for name in DATABASES]
    text = ", ".join(f"{each.enqueued_per_second:,.0f}/s on {name}" for name, each in told)
    return Figure(text, is_met=all(each.enqueued_per_second >= LEAST_ENQUEUED for _, each in told))


@bar(f"{JOBS:,} jobs done by one worker, each effect once", f"≥ {LEAST_RUN} a second", source=SOURCE)
def done() -> Figure:
    told = [(name, _result(name)) for name in DATABASES]
    text = ", ".join(f"{each.run_per_second:,.0f}/s on {name}" for name, each in told)
    is_met = all(each.run_per_second >= LEAST_RUN and each.effects == each.jobs for _, each in told)
    return Figure(text, is_met=is_met)


@bar("a worker killed with -9 in every kind of job: done once, none lost", "all pass", source=SOURCE)
def killed() -> Figure:
    passed, failed = passing("tests/faults/test_killed_worker.py")
    return Figure(f"{passed} of {passed + failed} checks", is_met=passed > 0 == failed)


@functools.cache
def _result(database: str) -> Result:
    if database == "SQLite":
        return measure()
    with private_cluster() as url:
        return measure(url)
