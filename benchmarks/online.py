"""One business against the whole catalogue, as a page asks it, beside zen-engine.

`python -m benchmarks.online [--businesses N] [--rounds N]`. Ours returns every leaf's state besides the
verdicts: what an explanation is made of. Warm: every business has been decided once before.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.engines.zen_expressions import ZenExpressions
from benchmarks.population import AS_OF, shipped_plan
from benchmarks.synthetic import invent
from huiqi.core.rules.plan import Decider
from huiqi.population.verdicts import VERDICTS

BUSINESSES = 400
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds a business, of the quietest round: on a shared machine the others show its load.

    ``p99_cpu`` counts only the time the processor worked on it.
    """

    name: str
    p50: float
    p99: float
    p99_cpu: float


def measure(businesses: int = BUSINESSES, rounds: int = ROUNDS) -> list[Latency]:
    """Check that both agree, then time them in turns; our own first."""
    plan = shipped_plan()
    invented = invent(plan, businesses)
    facts = [invented.facts_of(row) for row in range(businesses)]
    decider, zen = Decider(plan), ZenExpressions(plan, AS_OF)
    contexts = [zen.context(each) for each in facts]
    for each, context in zip(facts, contexts, strict=True):
        expected = [VERDICTS.index(verdict) for verdict in decider.decide(each, AS_OF).verdicts]
        if zen.decide(context) != expected:
            raise AssertionError(f"{zen.name} differs from core.rules")
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(_round(lambda each: decider.decide(each, AS_OF), facts))
        theirs.append(_round(zen.decide, contexts))
    return [
        _quietest("huiqi Decider, verdicts and all leaf states", ours),
        _quietest(zen.name, theirs),
    ]


def _round(decide: Callable[[Any], object], businesses: Sequence[Any]) -> tuple[list[float], list[float]]:
    """Milliseconds of each business by the wall clock and by the processor's, each ascending."""
    wall, cpu = [], []
    for each in businesses:
        began, began_cpu = time.perf_counter_ns(), time.thread_time_ns()
        decide(each)
        cpu.append((time.thread_time_ns() - began_cpu) / 1e6)
        wall.append((time.perf_counter_ns() - began) / 1e6)
    return sorted(wall), sorted(cpu)


def _quietest(name: str, rounds: list[tuple[list[float], list[float]]]) -> Latency:
    def at(share: float, clock: int) -> float:
        return min(taken[clock][int(len(taken[clock]) * share)] for taken in rounds)

    return Latency(name, p50=at(0.50, 0), p99=at(0.99, 0), p99_cpu=at(0.99, 1))


def table(latencies: Sequence[Latency]) -> str:
    """The latencies as lines of text."""
    ours = latencies[0]
    lines = [
        f"{'one business × the whole catalogue':<58}{'p50 ms':>10}{'p99 ms':>9}{'p99 CPU':>11}{'× ours':>8}"
    ]
    lines += [
        f"{each.name:<58}{each.p50:>10.3f}{each.p99:>9.3f}{each.p99_cpu:>11.3f}{each.p50 / ours.p50:>8.1f}"
        for each in latencies
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time one business against the whole catalogue.")
    parser.add_argument("--businesses", type=int, default=BUSINESSES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args()
    print(table(measure(chosen.businesses, chosen.rounds)))


if __name__ == "__main__":
    main()
