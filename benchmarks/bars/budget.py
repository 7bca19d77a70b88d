"""Bars on what a page costs an owner with a slow line; the whole table is docs/reference/budget.md."""

import functools

from benchmarks.bars import Figure, bar
from benchmarks.budget import Budget, measure

LOOK = "A2, deliver 4"
TABLE = "A2, must show: budget table"
LARGEST_FIRST_PAGE = 100_000
FIRST_VERDICT_SECONDS = 10.0
MINUTES = 20


@bar("the first page, everything it loads", "≤ 100 kB gz", source=LOOK, limit_minutes=MINUTES)
def first_page() -> Figure:
    home = next(page for page in _budget().pages if page.name == "home")
    text = f"{home.first.size / 1000:.1f} kB in {home.first.requests} requests, painted after"
    return Figure(f"{text} {home.first.paint_ms / 1000:.1f} s", is_met=home.first.size <= LARGEST_FIRST_PAGE)


@bar("the heaviest of all pages, first visit", "≤ 100 kB gz", source=TABLE, limit_minutes=MINUTES)
def heaviest() -> Figure:
    pages = _budget().pages
    page = max(pages, key=lambda each: each.first.size)
    slowest = max(each.first.paint_ms for each in pages) / 1000
    text = (
        f"{page.name} {page.first.size / 1000:.1f} kB; slowest largest paint of {len(pages)} {slowest:.1f} s"
    )
    return Figure(text, is_met=page.first.size <= LARGEST_FIRST_PAGE)


@bar("requests that leave the origin, all pages", "0", source=TABLE, limit_minutes=MINUTES)
def elsewhere() -> Figure:
    count = sum(page.elsewhere for page in _budget().pages)
    return Figure(str(count), is_met=count == 0)


@bar(
    "home to first verdict at 400 kbit/s, 400 ms",
    f"≤ {FIRST_VERDICT_SECONDS:g} s",
    source=LOOK,
    limit_minutes=MINUTES,
)
def first_verdict() -> Figure:
    seconds = _budget().first_verdict_s
    return Figure(f"{seconds:.1f} s", is_met=seconds <= FIRST_VERDICT_SECONDS)


@functools.cache
def _budget() -> Budget:
    return measure()
