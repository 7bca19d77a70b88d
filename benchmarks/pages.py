"""How fast the main pages are, beside the same bytes served as a plain template by the same server.

`python -m benchmarks.pages [--rounds N]`. Needs wrk (Debian: apt-get install wrk). A site with two workers is
started as an operator starts it, on SQLite and on a PostgreSQL of its own; pages and plain pages take turns.
The ratio is one of processor time, which the neighbours of a busy machine do not change; the rest they do.
"""

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import machine
from benchmarks.plain import FOLDER
from benchmarks.visiting import Visitor
from tests.support.postgres import private_cluster
from tests.support.serving import free_port, serving

WORKERS = 2
CONNECTIONS = 4  # as many as two workers answer at once: more would measure the queue
SECONDS = 2
ROUNDS = 5
DATABASES = ("SQLite", "PostgreSQL")
PAGES: Mapping[str, str] = {
    "home": "/",
    "list": "/policies/",
    "search": "/policies/?q=%E6%91%86%E6%91%8A+%E8%A1%A5%E8%B4%B4",
    "item": "/policies/jz-tour-coach-2026/",
    "results": "/matching/results/",
}
OWN = frozenset({"results"})  # asked for with the answers of a noodle shop
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1_000.0}


@dataclass(frozen=True, slots=True)
class Pace:
    """One round: milliseconds half and 99 % of the answers took at most, answers a second, and milliseconds
    of processor time the web workers spent on one.
    """

    p50_ms: float
    p99_ms: float
    per_second: float
    cost_ms: float


@dataclass(frozen=True, slots=True)
class PagePace:
    """The rounds of one page and of its plain twin, and the bytes of both before they are packed."""

    size: int
    real: tuple[Pace, ...]
    plain: tuple[Pace, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """Round by round, how many plain pages the workers make in the processor time of one real page."""
        return tuple(real.cost_ms / twin.cost_ms for real, twin in zip(self.real, self.plain, strict=True))

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)


def measure(database: str, rounds: int = ROUNDS) -> dict[str, PagePace]:
    """Every page by its name; one round asks for each page and at once for its plain twin."""
    if shutil.which("wrk") is None:
        raise FileNotFoundError("wrk is missing. On Debian or Ubuntu: apt-get install wrk")
    with tempfile.TemporaryDirectory(prefix="huiqi-pages-") as folder, _url(database) as url:
        settings = {"DJANGO_SETTINGS_MODULE": "benchmarks.plain.settings", **url}
        with serving(Path(folder), free_port(), workers=WORKERS, **settings) as home:
            return _measure_at(home, Path(folder), rounds)


def _measure_at(home: str, data: Path, rounds: int) -> dict[str, PagePace]:
    anyone, owner = Visitor(home), Visitor(home)
    owner.answer_the_form()
    visitors = {name: owner if name in OWN else anyone for name in PAGES}
    bodies = {name: visitors[name].get(address) for name, address in PAGES.items()}
    (data / FOLDER).mkdir()
    for name, body in bodies.items():
        (data / FOLDER / f"{name}.html").write_bytes(body)
        if visitors[name].get(f"/plain/{name}/") != body:
            raise ValueError(f"the plain page {name} is not the same")
    real: dict[str, list[Pace]] = {name: [] for name in PAGES}
    plain: dict[str, list[Pace]] = {name: [] for name in PAGES}
    for name, address in PAGES.items():
        _pace(home + address, visitors[name].header, 1)
    for _ in range(rounds):
        for name, address in PAGES.items():
            real[name].append(_pace(home + address, visitors[name].header, SECONDS))
            plain[name].append(_pace(f"{home}/plain/{name}/", visitors[name].header, SECONDS))
    return {name: PagePace(len(bodies[name]), tuple(real[name]), tuple(plain[name])) for name in PAGES}


def _pace(address: str, cookies: str, seconds: int) -> Pace:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "--timeout=10s"]
    command += ["-H", "Accept-Encoding: gzip", "-H", f"Cookie: {cookies}", address]
    before = machine.processor_seconds()
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    spent = machine.processor_seconds() - before
    if "Non-2xx" in told or "Socket errors" in told:
        raise ValueError(f"{address} was not answered every time: {told}")
    spread = {share: float(value) * _UNITS[unit] for share, value, unit in _PERCENTILES.findall(told)}
    count = re.search(r"(\d+) requests in", told)
    if count is None or not {"50", "99"} <= spread.keys():
        raise ValueError(told)
    answers = int(count[1])
    return Pace(spread["50"], spread["99"], answers / seconds, spent * 1_000 / answers)


_PERCENTILES = re.compile(r"^\s+(\d+)%\s+([\d.]+)(us|ms|s)\s*$", re.MULTILINE)


@contextmanager
def _url(database: str) -> Iterator[dict[str, str]]:
    if database == "SQLite":
        yield {}
        return
    with private_cluster() as url:
        yield {"HUIQI_DATABASE_URL": url}


def table(database: str, paces: Mapping[str, PagePace]) -> str:
    """The result as lines of text: medians of the rounds, and how far the ratio went down and up."""
    rows = [f"pages on {database}, {WORKERS} workers, {CONNECTIONS} connections"]
    for name, each in paces.items():
        low, high = min(each.ratios), max(each.ratios)
        rows.append(
            f"  {name:8}{each.size / 1_000:6.0f} kB  {told(each.real)}   plain: {told(each.plain)}"
            f"   ratio {each.ratio:.1f} ({low:.1f} to {high:.1f})"
        )
    return "\n".join(rows)


def told(rounds: tuple[Pace, ...]) -> str:
    """The medians of some rounds in words."""
    p50 = statistics.median(each.p50_ms for each in rounds)
    p99 = statistics.median(each.p99_ms for each in rounds)
    per_second = statistics.median(each.per_second for each in rounds)
    cost = statistics.median(each.cost_ms for each in rounds)
    return f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, {per_second:.0f}/s, processor {cost:.1f} ms"


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the main pages beside plain ones.")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args().rounds
    for database in DATABASES:
        try:
            print(table(database, measure(database, rounds)), flush=True)
        except FileNotFoundError as missing:
            print(missing, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
