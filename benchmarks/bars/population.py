"""Bars on matching: the speed of everyone against everything and of one business, and that both are right."""

import functools
import json
import os
import sys
from pathlib import Path

from benchmarks.bars import Figure, bar
from benchmarks.clean_clone import ROOT, place, run
from benchmarks.online import Latency
from benchmarks.online import measure as measure_online
from benchmarks.population import AS_OF, Timing
from benchmarks.population import measure as measure_population
from huiqi.demo.city import write_city

SPEED = "A1, must show: make bench"
SHOWN = "A1, must show: huiqi cases, huiqi match"
OPENFISCA_RATIO = 4.0
POLARS_RATIO = 1.0
ONLINE_P99_MS = 1.0
GIVEN_CASES = 443
REGISTRATIONS = 4_884
CITY_BUSINESSES = 20_000
ROUNDS = 5


@bar(
    "everyone × everything, 1 M × the catalogue, against OpenFisca-Core",
    f"≥ {OPENFISCA_RATIO:g}×",
    source=SPEED,
)
def against_openfisca() -> Figure:
    ours, _, openfisca = _population()
    return _ratio(ours, openfisca, OPENFISCA_RATIO)


@bar(
    "everyone × everything, 1 M × the catalogue, against Polars on codes",
    f"≥ {POLARS_RATIO:g}×",
    source=SPEED,
)
def against_polars() -> Figure:
    ours, polars, _ = _population()
    return _ratio(ours, polars, POLARS_RATIO)


@bar("one business × the catalogue with leaf verdicts, p99 warm", f"≤ {ONLINE_P99_MS:g} ms", source=SPEED)
def online_p99() -> Figure:
    ours, _ = _online()
    figure = f"p50 {ours.p50:.2f} ms, p99 {ours.p99:.2f} ms ({ours.p99_cpu:.2f} ms of processor time)"
    return Figure(figure, is_met=ours.p99 <= ONLINE_P99_MS)


@bar("one business × the catalogue, against zen-engine", "faster at p50", source=SPEED)
def against_zen() -> Figure:
    ours, zen = _online()
    figure = f"{zen.p50 / ours.p50:.1f}×: p50 {zen.p50:.2f} ms, p99 {zen.p99:.2f} ms without leaf verdicts"
    return Figure(figure, is_met=zen.p50 > ours.p50)


@bar("huiqi cases on the given corpus, both ways", f"{GIVEN_CASES} passed, 0 failed", source=SHOWN)
def given_cases() -> Figure:
    given = _shared("policies")
    files = [f"--{name}={given / file}" for name, file in _GIVEN_FILES.items()]
    last = _huiqi("cases", *files, may_fail=True).strip().splitlines()[-1]
    return Figure(last, is_met=last == f"{GIVEN_CASES} passed, 0 failed")


@bar("huiqi match on the real registry", f"{REGISTRATIONS:,} businesses", source=SHOWN)
def match_registry() -> Figure:
    registry = _shared("data/registry/registry_jiaozuo.parquet")
    return _matched(registry, REGISTRATIONS, f"--columns={ROOT / 'catalogue/columns/registry.yaml'}")


@bar("huiqi match on the demo city", f"{CITY_BUSINESSES:,} businesses", source=SHOWN)
def match_city() -> Figure:
    city = place() / "city.parquet"
    write_city(city, as_of=AS_OF, count=CITY_BUSINESSES)
    return _matched(city, CITY_BUSINESSES)


_GIVEN_FILES = {"facts": "facts.json", "items": "policies.jsonl", "cases": "cases.jsonl"}


def _matched(businesses: Path, expected: int, *options: str) -> Figure:
    out = place() / "verdicts.parquet"
    told = json.loads(
        _huiqi("match", f"--businesses={businesses}", f"--out={out}", f"--as-of={AS_OF}", "--json", *options)
    )
    counts = ", ".join(f"{verdict} {count:,}" for verdict, count in told["verdicts"].items())
    text = (
        f"{told['businesses']:,} businesses × {told['items']} items = {told['pairs']:,} pairs"
        f" in {told['seconds']:.1f} s: {counts}"
    )
    is_whole = told["businesses"] == expected and sum(told["verdicts"].values()) == told["pairs"]
    return Figure(text, is_met=is_whole)


def _huiqi(*arguments: str, may_fail: bool = False) -> str:
    command = [str(Path(sys.executable).with_name("huiqi")), *arguments]
    return run(command, cwd=ROOT, may_fail=may_fail)


def _shared(name: str) -> Path:
    found = Path(os.environ.get("HUIQI_SHARED") or ROOT.parent / "shared") / name
    if not found.exists():
        raise FileNotFoundError(f"../shared/{name} is absent, so this was not measured")
    return found


def _ratio(ours: Timing, other: Timing, bar: float) -> Figure:
    ratio = other.ratio_to(ours)
    text = (
        f"{ratio:.2f}× ({other.cpu_ratio_to(ours):.2f}× by processor time): "
        f"ours {ours.median:.3f} s, {other.name} {other.median:.3f} s"
    )
    return Figure(text, is_met=ratio >= bar)


@functools.cache
def _population() -> list[Timing]:
    return measure_population(rounds=ROUNDS)


@functools.cache
def _online() -> list[Latency]:
    return measure_online()
