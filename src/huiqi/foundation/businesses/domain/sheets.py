"""Which of several observations of one fact counts, and why each of the others does not.

The rule: of one source its latest word alone counts; what was taken back, erased, found wrong or has grown
old counts no more; among what is left the precedence the city set decides, then the later day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from huiqi.core.rules.facts import Value


class SourceKind(StrEnum):
    """Who says so: a department, the owner, or a reckoning from other facts (自测)."""

    DEPARTMENT = "department"
    DECLARATION = "declaration"
    DERIVED = "derived"


class Precedence(StrEnum):
    """What decides between sources that disagree."""

    DEPARTMENT_FIRST = "department_first"
    LATEST_FIRST = "latest_first"


class Standing(StrEnum):
    """Disputed while its department looks again, rejected once it was found wrong."""

    PLAIN = "plain"
    DISPUTED = "disputed"
    REJECTED = "rejected"


class Loss(StrEnum):
    """Why an observation does not count."""

    REPLACED = "replaced"
    GONE = "gone"
    REJECTED = "rejected"
    EXPIRED = "expired"
    WEAKER = "weaker"
    EARLIER = "earlier"


class Purpose(StrEnum):
    """What a sheet is read for; a consent names one of them."""

    OWN_USE = "own_use"
    POLICY_MATCH = "policy_match"
    PRE_LOAN = "pre_loan"
    POST_LOAN = "post_loan"
    COACHING = "coaching"


_STRENGTH: Mapping[SourceKind, int] = {
    SourceKind.DEPARTMENT: 2,
    SourceKind.DECLARATION: 1,
    SourceKind.DERIVED: 0,
}


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of one fact as ``source`` showed it on ``observed_on``. ``sequence`` is the order in which
    they were written down. ``value`` is None for what was taken back or erased. It counts up to and with
    ``valid_until``, for ever where that is None.
    """

    sequence: int
    value: Value | None
    source_kind: SourceKind
    source: str
    observed_on: date
    valid_until: date | None = None
    standing: Standing = Standing.PLAIN


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of it: the one that counts, None for none, and each of the others with its reason."""

    winner: Observation | None
    lost: tuple[tuple[Observation, Loss], ...]

    @property
    def is_contested(self) -> bool:
        """Whether another source says something else and would count without the winner."""
        if self.winner is None:
            return False
        beaten = (each for each, loss in self.lost if loss in (Loss.WEAKER, Loss.EARLIER))
        return any(not same(each.value, self.winner.value) for each in beaten)


def same(one: Value | None, other: Value | None) -> bool:
    """Whether two values say the same; yes is not 1, as it is in Python."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def settle(observations: Iterable[Observation], precedence: Precedence, as_of: date) -> Settled:
    """Decide between the observations of one fact on a day, whatever their order. What was observed later
    than ``as_of`` is not looked at. Each that is looked at wins or has one reason why not.
    """
    known = sorted((each for each in observations if each.observed_on <= as_of), key=_age, reverse=True)
    latest: dict[tuple[SourceKind, str], Observation] = {}
    for each in known:
        latest.setdefault((each.source_kind, each.source), each)
    usable = [each for each in latest.values() if _fault(each, as_of) is None]
    winner = max(usable, key=lambda each: _rank(each, precedence), default=None)
    lost = []
    for each in known:
        if each is winner:
            continue
        is_latest = latest[each.source_kind, each.source] is each
        loss = (_fault(each, as_of) if is_latest else Loss.REPLACED) or _beaten(each, winner, precedence)
        lost.append((each, loss))
    return Settled(winner, tuple(lost))


def _fault(each: Observation, as_of: date) -> Loss | None:
    if each.value is None:
        return Loss.GONE
    if each.standing is Standing.REJECTED:
        return Loss.REJECTED
    if each.valid_until is not None and each.valid_until < as_of:
        return Loss.EXPIRED
    return None


def _beaten(each: Observation, winner: Observation | None, precedence: Precedence) -> Loss:
    if winner is None:
        raise AssertionError("a usable observation loses to another one only")
    is_stronger = _STRENGTH[winner.source_kind] > _STRENGTH[each.source_kind]
    by_day = precedence is Precedence.LATEST_FIRST and winner.observed_on > each.observed_on
    return Loss.WEAKER if is_stronger and not by_day else Loss.EARLIER


def _age(each: Observation) -> tuple[date, int]:
    return (each.observed_on, each.sequence)


def _rank(each: Observation, precedence: Precedence) -> tuple[object, ...]:
    strength = _STRENGTH[each.source_kind]
    if precedence is Precedence.LATEST_FIRST:
        return (each.observed_on, strength, each.sequence)
    return (strength, each.observed_on, each.sequence)
