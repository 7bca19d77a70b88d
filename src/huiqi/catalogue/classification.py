"""分型: the type of an individual business (生存型, 成长型, 发展型) by a preset that a city may edit.

Basis: 促进个体工商户发展条例 (in force 2022-11-01), 国市监注发〔2024〕10号. Nobody applies for a type; it is
judged from what the departments know. So what they do not know is said: a type that missing data may
still raise is provisional (数据不足，暂按…), never a silent one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from huiqi.core.rules.conditions import All, AnyOf, Condition, Leaf, Not, leaves_of
from huiqi.core.rules.derivation import ESTABLISHED_ON, Derived, derive
from huiqi.core.rules.evaluation import evaluate
from huiqi.core.rules.facts import FactDictionary, Facts, Value

HOUSEHOLD_TYPE = "household_type"
FOUNDED_IN_REPORT_YEAR = "founded_in_report_year"


class Mark(StrEnum):
    """How sure a number is: read in a published text, or inferred by us and meant to be edited."""

    PUBLISHED = "published"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A threshold; ``value`` is the city's own or, where it set none, the default."""

    id: str
    label: str
    unit: str
    default: int
    value: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Level:
    """One type and when it is reached."""

    type: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Preset:
    """A version of the rules; ``levels`` run from the highest down, the first that holds is the type."""

    id: str
    version: int
    title: str
    effective_from: date
    notes: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    applies_to: Condition
    gate: Condition
    levels: tuple[Level, ...]
    default: str

    @property
    def facts(self) -> frozenset[str]:
        """Ids of all facts the preset reads."""
        return frozenset(leaf.fact for leaf in self.leaves)

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """All leaves; the judgement depends on their states and on nothing else."""
        conditions = (self.applies_to, self.gate, *(level.condition for level in self.levels))
        return tuple(leaf for condition in conditions for leaf in leaves_of(condition))


class Outcome(StrEnum):
    """What a judgement came to; only the first carries a type."""

    CLASSIFIED = "classified"
    GATE_FAILED = "gate_failed"
    GATE_UNKNOWN = "gate_unknown"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Unmet:
    """A leaf that stands between the business and its next type; state None is unknown."""

    leaf: Leaf
    state: bool | None


@dataclass(frozen=True, slots=True)
class Classification:
    """One judgement.

    ``facts_used`` are all facts of the preset that were known, ``derived`` those among them that were
    computed. ``next_type`` is the type above with its ``unmet`` leaves; where the gate failed, ``unmet`` are
    the gate's. ``missing`` names the unknown facts that could still change the outcome.
    """

    outcome: Outcome
    type: str | None
    preset_id: str
    preset_version: int
    as_of: date
    facts_used: Mapping[str, Value]
    derived: frozenset[str]
    next_type: str | None
    unmet: tuple[Unmet, ...]
    missing: tuple[str, ...]

    @property
    def is_data_insufficient(self) -> bool:
        return bool(self.missing)

    def text(self, dictionary: FactDictionary) -> str:
        """The result in the words of the register."""
        if self.outcome is Outcome.NOT_APPLICABLE:
            return "不是个体工商户，不分型"
        if self.outcome is Outcome.GATE_FAILED:
            return "不符合分型条件"
        if self.outcome is Outcome.GATE_UNKNOWN or self.type is None:
            return "数据不足，暂不能分型"
        label = dictionary[HOUSEHOLD_TYPE].label_of(self.type)
        return f"数据不足，暂按{label}" if self.is_data_insufficient else label


def with_age(facts: Facts, as_of: date) -> Derived:
    """Add what the founding date says: months of age, and whether the first report is due only next year."""
    known = derive(facts, as_of, None)
    founded = facts.get(ESTABLISHED_ON)
    if FOUNDED_IN_REPORT_YEAR in facts or not isinstance(founded, date):
        return known
    is_founded_now = founded.year == as_of.year
    return Derived(
        {**known.facts, FOUNDED_IN_REPORT_YEAR: is_founded_now}, known.derived | {FOUNDED_IN_REPORT_YEAR}
    )


def classify(preset: Preset, facts: Facts, as_of: date, dictionary: FactDictionary) -> Classification:
    """Judge one business. Facts of age are derived from the founding date where they are absent."""
    return _Judgement(preset, facts, as_of, dictionary).judge()


class _Judgement:
    def __init__(self, preset: Preset, facts: Facts, as_of: date, dictionary: FactDictionary) -> None:
        self.preset, self.as_of, self.dictionary = preset, as_of, dictionary
        known = with_age(facts, as_of)
        self.facts, self.derived = known.facts, known.derived

    def judge(self) -> Classification:
        applies = self._state(self.preset.applies_to)
        if applies is False:
            return self._result(Outcome.NOT_APPLICABLE)
        gate = self._state(self.preset.gate)
        if gate is False:
            return self._result(Outcome.GATE_FAILED, towards=self.preset.gate)
        if applies is None or gate is None:
            open_questions = self._open_facts((self.preset.applies_to, self.preset.gate))
            return self._result(Outcome.GATE_UNKNOWN, towards=self.preset.gate, missing=open_questions)
        return self._typed()

    def _typed(self) -> Classification:
        levels = self.preset.levels
        states = [self._state(level.condition) for level in levels]
        reached = states.index(True) if True in states else len(levels)
        above = levels[reached - 1] if reached else None
        return self._result(
            Outcome.CLASSIFIED,
            type_=levels[reached].type if reached < len(levels) else self.preset.default,
            next_type=above.type if above else None,
            towards=above.condition if above else None,
            missing=self._open_facts(level.condition for level in levels[:reached]),
        )

    def _result(
        self,
        outcome: Outcome,
        *,
        type_: str | None = None,
        next_type: str | None = None,
        towards: Condition | None = None,
        missing: tuple[str, ...] = (),
    ) -> Classification:
        used = {fact: self.facts[fact] for fact in sorted(self.preset.facts & self.facts.keys())}
        return Classification(
            outcome=outcome,
            type=type_,
            preset_id=self.preset.id,
            preset_version=self.preset.version,
            as_of=self.as_of,
            facts_used=used,
            derived=self.derived & used.keys(),
            next_type=next_type,
            unmet=() if towards is None else tuple(self._unmet(towards)),
            missing=missing,
        )

    def _state(self, condition: Condition) -> bool | None:
        return evaluate(condition, self.facts, self.dictionary)

    def _unmet(self, condition: Condition) -> Iterator[Unmet]:
        """The leaves under every node that does not hold."""
        if self._state(condition) is True:
            return
        match condition:
            case All(children) | AnyOf(children):
                for child in children:
                    yield from self._unmet(child)
            case Not() | Leaf():
                for leaf in leaves_of(condition):
                    yield Unmet(leaf, self._state(leaf))

    def _open_facts(self, conditions: Iterable[Condition]) -> tuple[str, ...]:
        """Unknown facts that leave one of the conditions unknown, in dictionary order."""
        open_ = {fact for condition in conditions for fact in self._open(condition)}
        return tuple(fact for fact in self.dictionary if fact in open_)

    def _open(self, condition: Condition) -> Iterator[str]:
        if self._state(condition) is not None:
            return
        match condition:
            case All(children) | AnyOf(children):
                for child in children:
                    yield from self._open(child)
            case Not(child):
                yield from self._open(child)
            case Leaf(fact):
                yield fact
