"""Everyone against everything: one million invented businesses and the shipped items, engine beside engine.

`python -m benchmarks.population [--rows N] [--rounds N]`. Engines take turns in one process, so a busy
machine slows all of them; trust the ratios.
"""

import argparse
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from benchmarks.engines import Engine
from benchmarks.engines.bit_planes import BitPlanes
from benchmarks.engines.openfisca import OpenFisca
from benchmarks.engines.polars_codes import PolarsCodes
from benchmarks.synthetic import Population, invent
from huiqi.catalogue.load import load_catalogue
from huiqi.core.rules.plan import Decider, Plan, compile_plan
from huiqi.population.verdicts import VERDICTS

AS_OF = date(2026, 6, 30)
ENGINES: tuple[type[Engine], ...] = (BitPlanes, PolarsCodes, OpenFisca)
ROWS = 1_000_000
ROUNDS = 5
SAMPLE_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Timing:
    """How long one engine took, in seconds, a number a round; ``cpu_seconds`` adds up its threads."""

    name: str
    seconds: tuple[float, ...]
    cpu_seconds: tuple[float, ...]
    pairs: int

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def ratio_to(self, other: "Timing") -> float:
        """How many times longer than ``other``, the median over the rounds both ran in."""
        return statistics.median(a / b for a, b in zip(self.seconds, other.seconds, strict=True))

    def cpu_ratio_to(self, other: "Timing") -> float:
        """How many times more processor time than ``other``, the same way."""
        return statistics.median(a / b for a, b in zip(self.cpu_seconds, other.cpu_seconds, strict=True))


def shipped_plan() -> Plan:
    catalogue = load_catalogue()
    return compile_plan((item.rule for item in catalogue.items.values()), catalogue.dictionary)


def measure(rows: int = ROWS, rounds: int = ROUNDS) -> list[Timing]:
    """Check that all engines agree, then time them in turns; our own first."""
    population = invent(shipped_plan(), rows)
    check_agreement(population.head(SAMPLE_ROWS))
    engines = [engine(population, AS_OF) for engine in ENGINES]
    taken: list[list[tuple[float, float]]] = [[] for _ in engines]
    for _ in range(rounds):
        for engine, runs in zip(engines, taken, strict=True):
            runs.append(_time_once(engine))
    pairs = rows * len(population.plan.rules)
    return [
        Timing(engine.name, *zip(*runs, strict=True), pairs)
        for engine, runs in zip(engines, taken, strict=True)
    ]


def _time_once(engine: Engine) -> tuple[float, float]:
    """Seconds by the wall clock and of all processors.

    The engine runs twice and the second run counts: the first pays for what the engine before it left
    behind in caches and in the allocator.
    """
    for _ in range(2):
        engine.make_ready()
        began, began_cpu = time.perf_counter(), time.process_time()
        result = engine.run()
        taken = time.perf_counter() - began, time.process_time() - began_cpu
        del result
    return taken


def check_agreement(population: Population) -> None:
    """Every engine must say of every business exactly what core.rules says."""
    decider = Decider(population.plan)
    expected = np.array(
        [
            [VERDICTS.index(verdict) for verdict in decider.decide(population.facts_of(row), AS_OF).verdicts]
            for row in range(population.rows)
        ]
    ).T
    for kind in ENGINES:
        engine = kind(population, AS_OF)
        engine.make_ready()
        differing = int((engine.codes(engine.run()) != expected).sum())
        if differing:
            raise AssertionError(f"{engine.name} differs from core.rules in {differing} pairs")


def table(timings: Sequence[Timing]) -> str:
    """The timings as lines of text."""
    ours = timings[0]
    head = f"everyone × everything, {ours.pairs / 1e6:,.0f} M pairs"
    lines = [f"{head:<58}{'median s':>10}{'best s':>9}{'M pairs/s':>11}{'× ours':>8}{'× ours CPU':>12}"]
    lines += [
        f"{each.name:<58}{each.median:>10.3f}{min(each.seconds):>9.3f}{each.pairs / each.median / 1e6:>11.0f}"
        f"{each.ratio_to(ours):>8.2f}{each.cpu_ratio_to(ours):>12.2f}"
        for each in timings
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the population run beside other engines.")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args()
    print(table(measure(chosen.rows, chosen.rounds)))


if __name__ == "__main__":
    main()
