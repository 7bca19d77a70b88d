"""How soon the questionnaire settles what is open: `python -m benchmarks.questionnaire [--businesses N]`.

Businesses of the demo city answer every question put to them. What the city does not know of a business is
completed first, fact by fact, by what the city knows of another one drawn at random: of the same kind
(individual or not) and section of trade where at least 20 are known, else of the same kind, else of anybody.
A size class the standard does not give follows the staff (under 10 micro, under 100 small, else medium). The
engine knows nothing of how common an answer is. Counted are the items of the business's own place whose
window is open, settled by a yes or a no; a tick-list is one question, a number ticked on it is another one.

Writes the curve to docs/images/questionnaire.svg.
"""

import argparse
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.clean_clone import ROOT
from benchmarks.population import AS_OF
from benchmarks.questionnaire_curve import draw
from huiqi.catalogue.items import Catalogue
from huiqi.catalogue.load import load_catalogue
from huiqi.catalogue.paths import shipped_path
from huiqi.catalogue.questions import QUESTIONS_FILE, load_tick_lists
from huiqi.catalogue.standards import load_size_standard
from huiqi.core.rules.asking import Asked, Asker, Question
from huiqi.core.rules.derivation import MONTHS_SINCE_ESTABLISHED, SIZE_CLASS, derive
from huiqi.core.rules.evaluation import Verdict
from huiqi.core.rules.facts import FactType, Value
from huiqi.core.rules.plan import Decider, compile_plan
from huiqi.core.rules.rule import WindowState
from huiqi.core.standards.divisions import significant_prefix
from huiqi.core.standards.size_class import SizeStandard
from huiqi.demo.city import generate_city

BUSINESSES = 1_000
MOST_QUESTIONS = 20
SEED = 20_260_630
ENOUGH_DONORS = 20
PLACE = "region_code"
FORM = (PLACE, "entity_type", "industry_code", "established_on")
SHOWN = (0, 1, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20)
DRAWING = ROOT / "docs" / "images" / "questionnaire.svg"

Facts = dict[str, Value]
Donors = Mapping[tuple[str, ...], Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Spread:
    """A share over all businesses."""

    p10: float
    median: float

    @classmethod
    def of(cls, shares: Sequence[float]) -> "Spread":
        return cls(sorted(shares)[len(shares) // 10], statistics.median(shares))

    def __str__(self) -> str:
        return f"p10 {self.p10:.1%}, median {self.median:.1%}"


@dataclass(frozen=True, slots=True)
class Result:
    """``curve[k]``: settled after k questions. ``by_place`` before the form; ``everywhere`` of the whole
    catalogue, by place and window alone. ``steps`` are milliseconds a question, ascending.
    """

    businesses: int
    items: float
    curve: tuple[Spread, ...]
    by_place: Spread
    everywhere: Spread
    steps: tuple[float, ...]
    most_boxes: int

    @property
    def step_p95(self) -> float:
        return self.steps[int(len(self.steps) * 0.95)]


class Ground:
    """The catalogue, compiled; and what has been measured so far."""

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of
        self.catalogue: Catalogue = load_catalogue()
        self.sizes: SizeStandard = load_size_standard(shipped_path() / "standards")
        rules = (item.rule for item in self.catalogue.items.values())
        self.decider = Decider(compile_plan(rules, self.catalogue.dictionary))
        lists = load_tick_lists(shipped_path() / QUESTIONS_FILE, self.catalogue.dictionary)
        self.asker = Asker(self.decider, lists, self.sizes)
        self.steps: list[float] = []
        self.most_boxes = 0

    def fitting(self, place: str) -> list[int]:
        """The items of the chain from the nation down to this place whose window is open."""
        items = enumerate(self.catalogue.items.values())
        return [
            number
            for number, item in items
            if place.startswith(significant_prefix(item.region_code))
            and item.window.state(self.as_of) is WindowState.OPEN
        ]

    def settled(self, facts: Mapping[str, Value], items: Sequence[int]) -> float:
        known = derive(facts, self.as_of, self.sizes).facts
        verdicts = self.decider.decide(known, self.as_of).verdicts
        return sum(verdicts[item] is not Verdict.UNKNOWN for item in items) / len(items)

    def curve(self, truth: Facts) -> list[float]:
        """The share settled after 0, 1, 2 … questions; it stays where nothing is left to ask."""
        items = self.fitting(str(truth[PLACE]))
        known, asked = {fact: truth[fact] for fact in FORM}, Asked()
        shares = [self.settled(known, items)]
        while len(shares) <= MOST_QUESTIONS:
            began = time.perf_counter()
            question = self.asker.next_question(known, self.as_of, items, asked)
            self.steps.append((time.perf_counter() - began) * 1e3)
            if question is None:
                return shares + shares[-1:] * (MOST_QUESTIONS + 1 - len(shares))
            asked = self.answer(question, truth, known, asked)
            shares.append(self.settled(known, items))
        return shares

    def answer(self, question: Question, truth: Facts, known: Facts, asked: Asked) -> Asked:
        self.most_boxes = max(self.most_boxes, len(question.facts))
        present = set(asked.present)
        for fact in question.facts:
            is_bool = self.catalogue.dictionary[fact].type is FactType.BOOL
            if question.ticks and not is_bool and truth[fact] != 0:
                present.add(fact)
            else:
                known[fact] = truth[fact]
        return Asked(present=frozenset(present))


def measure(businesses: int = BUSINESSES, as_of: date = AS_OF) -> Result:
    """Let so many random businesses of the demo city answer."""
    ground = Ground(as_of)
    truths = complete_businesses(ground, businesses)
    for truth in truths[: businesses // 20]:
        ground.curve(truth)  # the first visitors of a process warm it up
    ground.steps.clear()
    curves = [ground.curve(truth) for truth in truths]
    fitting = [ground.fitting(str(truth[PLACE])) for truth in truths]
    alone = [{PLACE: truth[PLACE]} for truth in truths]
    every = range(len(ground.catalogue.items))
    elsewhere = [1 - len(items) / len(every) for items in fitting]
    return Result(
        businesses=len(truths),
        items=statistics.mean(map(len, fitting)),
        curve=tuple(Spread.of(shares) for shares in zip(*curves, strict=True)),
        by_place=Spread.of([ground.settled(*each) for each in zip(alone, fitting, strict=True)]),
        everywhere=Spread.of(elsewhere),
        steps=tuple(sorted(ground.steps)),
        most_boxes=ground.most_boxes,
    )


def complete_businesses(ground: Ground, count: int) -> list[Facts]:
    """Random businesses of the demo city with every fact a question may ask for."""
    dictionary = ground.catalogue.dictionary
    rows = generate_city(as_of=ground.as_of).select(list(dictionary)).to_pylist()
    city = [dictionary.parse_facts(row) for row in rows]
    donors: dict[tuple[str, ...], list[Value]] = defaultdict(list)
    for facts in city:
        for fact, value in facts.items():
            for pool in _pools(fact, facts):
                donors[pool].append(value)
    chance = random.Random(SEED)
    return [_completed(facts, donors, ground, chance) for facts in chance.sample(city, count)]


def _pools(fact: str, facts: Mapping[str, Value]) -> tuple[tuple[str, ...], ...]:
    """Whose answers may stand in, nearest first."""
    kind = str(facts.get("entity_type") == "individual_business")
    return (fact, kind, str(facts.get("industry_code"))[:1]), (fact, kind), (fact,)


def _completed(facts: Facts, donors: Donors, ground: Ground, chance: random.Random) -> Facts:
    whole = dict(facts)
    for fact in ground.catalogue.dictionary:
        if fact in whole or fact in (SIZE_CLASS, MONTHS_SINCE_ESTABLISHED):
            continue
        nearest, *wider = _pools(fact, facts)
        pools = [nearest] if len(donors.get(nearest, ())) >= ENOUGH_DONORS else wider
        known = next((donors[pool] for pool in pools if donors.get(pool)), None)
        if known is not None:
            whole[fact] = chance.choice(known)
    size = derive(whole, ground.as_of, ground.sizes).facts.get(SIZE_CLASS)
    return {SIZE_CLASS: size or _size_by_staff(whole["employees"]), **whole}


def _size_by_staff(employees: Value) -> str:
    staff = employees if isinstance(employees, int) else 0
    return "micro" if staff < 10 else "small" if staff < 100 else "medium"


def table(result: Result) -> str:
    """The shares as lines of text."""
    lines = [
        f"{result.businesses:,} businesses, {result.items:.0f} items each whose place and window fit",
        f"{'settled by the place alone':<44}{result.by_place}",
        f"{'the same, of the whole catalogue':<44}{result.everywhere}",
        f"{'settled by the four facts of the form':<44}{result.curve[0]}",
    ]
    lines += [f"{f'after {k} questions':<44}{result.curve[k]}" for k in SHOWN[1:]]
    steps = result.steps
    lines.append(
        f"a step: p50 {steps[len(steps) // 2]:.2f} ms, p95 {result.step_p95:.2f} ms,"
        f" longest {steps[-1]:.1f} ms; at most {result.most_boxes} boxes on a screen"
    )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how soon the questionnaire settles what is open.")
    parser.add_argument("--businesses", type=int, default=BUSINESSES)
    result = measure(parser.parse_args().businesses)
    print(table(result))
    curve = [(each.p10, each.median) for each in result.curve]
    DRAWING.write_text(draw(curve, result.businesses), encoding="utf-8")


if __name__ == "__main__":
    main()
