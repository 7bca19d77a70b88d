"""Searches of owners against what should come first, and the speed of a search over a large catalogue.

`python -m benchmarks.search [--database URL] [--each]`. Sixty searches lie in search_queries.yaml, written
before the index and looked at while it was made better; sixty more in search_queries_held_out.yaml, written
from the items by someone who had not read the search, and never tuned for. The databases are made for the
run, by default SQLite in a throw-away folder.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import yaml

KNOWN = "search_queries.yaml"
HELD_OUT = "search_queries_held_out.yaml"
AS_OF = date(2026, 11, 23)
LOADED_AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
FIRST = 5
COPIES = 100
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Query:
    """What an owner types and the items of which the first ones should be."""

    text: str
    is_local: bool
    wanted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """One query with the ids on the first page it got, in order."""

    query: Query
    ids: tuple[str, ...]

    @property
    def recall(self) -> float:
        """Of the first five, the share that should be there."""
        hits = len(self.query.wanted.intersection(self.ids[:FIRST]))
        return hits / min(FIRST, len(self.query.wanted))

    @property
    def reciprocal_rank(self) -> float:
        return next((1 / rank for rank, each in enumerate(self.ids, 1) if each in self.query.wanted), 0.0)


@dataclass(frozen=True, slots=True)
class Score:
    """Means over the searches of one set, and words for those that missed."""

    queries: int
    recall: float
    mrr: float
    empty: int
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The score of each set by its file, and milliseconds a search over ``items`` items."""

    scores: dict[str, Score]
    items: int
    p50_ms: float
    p95_ms: float


def queries(name: str) -> tuple[Query, ...]:
    """The searches of one set."""
    raw = yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return tuple(Query(each["q"], each.get("place") != "elsewhere", frozenset(each["first"])) for each in raw)


def measure(database_url: str = "", copies: int = COPIES) -> Result:
    """Measure in a process of its own, so that settings, database and caches are this run's alone."""
    with tempfile.TemporaryDirectory(prefix="huiqi-search-") as folder:
        environment = {**os.environ, "HUIQI_MODE": "test", "HUIQI_DATA": folder}
        environment.pop("HUIQI_DATABASE_URL", None)
        if database_url:
            environment["HUIQI_DATABASE_URL"] = database_url
        command = [sys.executable, "-m", "benchmarks.search", "--inside", f"--copies={copies}"]
        told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    raw = json.loads(told.stdout.splitlines()[-1])
    return Result(**{**raw, "scores": {name: Score(**score) for name, score in raw["scores"].items()}})


def _measure_here(copies: int) -> Result:
    import django  # noqa: PLC0415 - only this process needs a site

    os.environ["DJANGO_SETTINGS_MODULE"] = "huiqi.config.settings"
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from huiqi.catalogue.load import load_catalogue  # noqa: PLC0415
    from huiqi.foundation.audit.actions import Actor  # noqa: PLC0415
    from huiqi.services.policy.library.actions import load_seed  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    shipped, bench = load_catalogue(), Actor("benchmark", "测速")
    load_seed(shipped, LOADED_AT, bench)
    scores = {name: _score(name) for name in (KNOWN, HELD_OUT)}
    copied = {
        f"{key}-{n}": replace(item, id=f"{key}-{n}")
        for key, item in shipped.items.items()
        for n in range(1, copies)
    }
    load_seed(replace(shipped, items={**shipped.items, **copied}, cases=()), LOADED_AT, bench)
    timed = [query for name in scores for query in queries(name)]
    taken = sorted(_timed(query) for _ in range(ROUNDS) for query in timed)
    return Result(
        scores=scores,
        items=len(shipped.items) + len(copied),
        p50_ms=taken[len(taken) // 2],
        p95_ms=taken[int(len(taken) * 0.95)],
    )


def _score(name: str) -> Score:
    found = [Found(query, tuple(_ask(query))) for query in queries(name)]
    return Score(
        queries=len(found),
        recall=sum(each.recall for each in found) / len(found),
        mrr=sum(each.reciprocal_rank for each in found) / len(found),
        empty=sum(not each.ids for each in found),
        missed=tuple(_told(each) for each in found if each.recall < 1 or each.reciprocal_rank < 1),
    )


def _timed(query: Query) -> float:
    began = time.perf_counter()
    list(_ask(query))
    return (time.perf_counter() - began) * 1_000


def _ask(query: Query) -> Iterator[str]:
    from huiqi.services.policy.library.queries import (  # noqa: PLC0415
        ItemFilters,
        current_library,
        find_items,
    )

    filters = ItemFilters(is_local=query.is_local, is_in_force=False)
    return (each.item.id for each in find_items(current_library(), filters, query.text, 1, AS_OF).page.items)


def _told(found: Found) -> str:
    missing = sorted(found.query.wanted.difference(found.ids[:FIRST]))
    return (
        f"{found.query.text}: recall {found.recall:.2f}, first right at 1/{found.reciprocal_rank:.2f}; "
        f"not among the first five: {', '.join(missing) or '-'}"
    )


def table(name: str, result: Result) -> str:
    """The result as lines of text."""
    scores = [
        f"  {file}: {score.queries} searches, recall@{FIRST} {score.recall:.3f}   MRR {score.mrr:.3f}"
        f"   empty pages {score.empty}"
        for file, score in result.scores.items()
    ]
    speed = f"  over {result.items:,} items: p50 {result.p50_ms:.1f} ms, p95 {result.p95_ms:.1f} ms"
    return "\n".join([f"search on {name}", *scores, speed])


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the search of the library.")
    parser.add_argument("--database", default="", help="URL of an empty PostgreSQL database")
    parser.add_argument("--copies", type=int, default=COPIES)
    parser.add_argument("--each", action="store_true", help="name the searches that miss something")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside:
        print(json.dumps(asdict(_measure_here(chosen.copies))))
        return
    result = measure(chosen.database, chosen.copies)
    print(table("PostgreSQL" if chosen.database else "SQLite", result))
    if chosen.each:
        print(*(missed for score in result.scores.values() for missed in score.missed), sep="\n")


if __name__ == "__main__":
    main()
