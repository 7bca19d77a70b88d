"""The fact sheet of a business: the one door through which its facts are read, whoever reads."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from huiqi.core.rules.derivation import ESTABLISHED_ON, MONTHS_SINCE_ESTABLISHED, SIZE_INPUTS, derive
from huiqi.core.rules.errors import RuleError
from huiqi.core.rules.explanation import FactSource
from huiqi.core.rules.facts import Fact, Value
from huiqi.foundation.access.queries import may
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.businesses.domain import (
    Loss,
    Observation,
    Precedence,
    Purpose,
    SourceKind,
    Standing,
    settle,
)
from huiqi.foundation.businesses.domain.correcting import STANDINGS
from huiqi.foundation.businesses.models import FactRecord
from huiqi.foundation.businesses.queries.businesses import business_of
from huiqi.foundation.businesses.queries.disputes import standings_of
from huiqi.foundation.businesses.queries.plan import dictionary, plan, size_standard
from huiqi.foundation.parameters.queries import value

_INPUTS: Mapping[str, tuple[str, ...]] = {
    MONTHS_SINCE_ESTABLISHED: (ESTABLISHED_ON,),
    "size_class": SIZE_INPUTS,
}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was ever said of a fact. ``value`` is None where it was taken back, or erased where
    ``is_erased``; ``loss`` is why it does not count, None for the one that does.
    """

    record_id: int
    value: Value | None
    source_kind: SourceKind
    source: str
    observed_on: date
    recorded_at: datetime
    valid_until: date | None
    evidence: str
    standing: Standing
    is_erased: bool
    loss: Loss | None = None


@dataclass(frozen=True, slots=True)
class SheetFact:
    """One fact as the sheet shows it: what counts, and everything else that was said. ``said`` is None where
    nothing counts; a derived one (自测) names in ``derived_from`` the facts it follows from.
    """

    fact: Fact
    value: Value | None
    said: Said | None
    others: tuple[Said, ...] = ()
    is_contested: bool = False
    derived_from: tuple[str, ...] = ()

    @property
    def is_declared(self) -> bool:
        return self.said is not None and self.said.source_kind is SourceKind.DECLARATION

    @property
    def is_derived(self) -> bool:
        if self.said is None:
            return bool(self.derived_from)
        return self.said.source_kind is SourceKind.DERIVED

    @property
    def is_disputed(self) -> bool:
        return self.said is not None and self.said.standing is Standing.DISPUTED


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one reader may see of a business on a day, by fact; ``is_whole`` for its own people."""

    business_id: str
    as_of: date
    facts: Mapping[str, SheetFact]
    is_whole: bool

    @property
    def values(self) -> dict[str, Value]:
        """What is given, ready for `core.rules`: without what `derive` adds by itself."""
        return {
            fact: each.value
            for fact, each in self.facts.items()
            if each.value is not None and not each.derived_from
        }

    @property
    def sources(self) -> dict[str, FactSource]:
        """Where each of `values` comes from."""
        return {
            fact: FactSource(
                each.said.source,
                each.said.observed_on,
                is_derived=each.is_derived,
                is_declared=each.is_declared,
            )
            for fact, each in self.facts.items()
            if each.said is not None
        }


def sheet_for(reader: Actor, business_id: str, as_of: date, purpose: Purpose) -> Sheet:
    """What ``reader`` may see of a business on a day, as it was known by the end of that day.

    Its own people, in their own name, see everything. Everybody else gets what the register publishes and the
    classes that need no consent: a protected fact is not read from the database at all.
    """
    is_whole = is_own_sheet(reader, business_id)
    readable = [fact for fact in dictionary() if is_whole or _is_open(fact, reader, business_id, purpose)]
    told: dict[str, list[Said]] = defaultdict(list)
    for fact, said in _read(business_id, readable, as_of):
        told[fact].append(said)
    precedence = Precedence(str(value("businesses.precedence", as_of)))
    facts = {fact: settled_fact(dictionary()[fact], told[fact], precedence, as_of) for fact in readable}
    return Sheet(business_id, as_of, _with_derived(facts, as_of), is_whole)


def is_own_sheet(reader: Actor, business_id: str) -> bool:
    """Whether somebody reads the sheet of the business they act for, in their own name."""
    return business_of(reader) == business_id and may(reader, "businesses.see", {"organisation"})


def _is_open(fact: str, reader: Actor, business_id: str, purpose: Purpose) -> bool:
    """Whether somebody else may read a fact. No consent is asked for yet, so what needs one is closed."""
    del reader, business_id, purpose
    return plan().consent_class(fact) is None


def settled_fact(fact: Fact, told: Iterable[Said], precedence: Precedence, as_of: date) -> SheetFact:
    """One fact with all that was said of it, decided."""
    by_sequence = {each.record_id: each for each in told}
    settled = settle([_observation(each) for each in by_sequence.values()], precedence, as_of)
    lost = tuple(replace(by_sequence[each.sequence], loss=loss) for each, loss in settled.lost)
    if settled.winner is None:
        return SheetFact(fact, None, None, lost)
    winner = by_sequence[settled.winner.sequence]
    return SheetFact(fact, winner.value, winner, lost, settled.is_contested)


def _observation(said: Said) -> Observation:
    return Observation(
        said.record_id,
        said.value,
        said.source_kind,
        said.source,
        said.observed_on,
        said.valid_until,
        said.standing,
    )


def _with_derived(facts: dict[str, SheetFact], as_of: date) -> dict[str, SheetFact]:
    known = {fact: each.value for fact, each in facts.items() if each.value is not None}
    derived = derive(known, as_of, size_standard())
    for fact in derived.derived:
        if fact in facts:
            inputs = tuple(each for each in _INPUTS[fact] if each in known)
            facts[fact] = replace(facts[fact], value=derived.facts[fact], derived_from=inputs)
    return facts


def _read(business_id: str, facts: Iterable[str], as_of: date) -> list[tuple[str, Said]]:
    """Every record of these facts that was written down by the end of a day, and observed by then."""
    over = timezone.make_aware(datetime.combine(as_of + timedelta(days=1), datetime.min.time()))
    rows = FactRecord.objects.select_related("kept").filter(
        business_id=UUID(business_id), fact__in=list(facts), recorded_at__lt=over, observed_on__lte=as_of
    )
    found = list(rows.order_by("pk"))
    standings = standings_of([row.pk for row in found], over)
    return [(row.fact, _said(row, standings.get(row.pk, ""))) for row in found]


def latest_of(business_id: str, kind: SourceKind, source: str) -> dict[str, Said]:
    """The last word of one source on each fact anybody may read: for who writes down the next one."""
    readable = [fact for fact in dictionary() if plan().consent_class(fact) is None]
    rows = FactRecord.objects.select_related("kept").filter(
        business_id=UUID(business_id), fact__in=readable, source_kind=kind, source=source
    )
    return {row.fact: _said(row, "") for row in rows.order_by("observed_on", "pk")}


def _said(row: FactRecord, state: str) -> Said:
    kept = getattr(row, "kept", None)
    found = _value(row) if kept else None
    return Said(
        record_id=row.pk,
        value=found,
        source_kind=SourceKind(row.source_kind),
        source=row.source,
        observed_on=row.observed_on,
        recorded_at=row.recorded_at,
        valid_until=row.valid_until,
        evidence=row.evidence,
        standing=STANDINGS.get(state, Standing.PLAIN),
        is_erased=bool(row.digest) and kept is None,
    )


def _value(row: FactRecord) -> Value | None:
    """The value as it was written; None for one that is not the one written then, or that the dictionary no
    longer understands: missing is unknown, and unknown is never a no.
    """
    text = row.kept.value.reveal()
    if digest_of(row.kept.salt, text) != row.digest:
        return None
    try:
        return dictionary().parse_facts({row.fact: json.loads(text)})[row.fact]
    except (KeyError, RuleError, ValueError):
        return None


def digest_of(salt: str, text: str) -> str:
    """What a record keeps of its value."""
    return hashlib.sha256(f"{salt}\0{text}".encode()).hexdigest()
