"""Writing down what was said of a business: records are added and never changed."""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from huiqi.catalogue.item_writing import facts_to_raw
from huiqi.catalogue.sheet import Keeps
from huiqi.core.rules.facts import Value
from huiqi.foundation.access.queries import demand
from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.businesses.domain import SourceKind
from huiqi.foundation.businesses.models import Business, FactRecord, FactValue
from huiqi.foundation.businesses.queries import business_of, dictionary, digest_of, plan
from huiqi.foundation.parameters.queries import number

OWNER_SOURCE = "您自己填的"


@dataclass(frozen=True, slots=True)
class Source:
    """Who says something, of which day it is, and what shows it."""

    kind: SourceKind
    name: str
    observed_on: date
    evidence: str = ""


def record_facts(
    business_id: str, values: Mapping[str, Value | None], source: Source, *, now: datetime, actor: Actor
) -> tuple[int, ...]:
    """Write down what ``source`` says of some facts, None for what it takes back; returns the ids of the
    records. For rooms that receive a department's data or reckon a fact; the caller's transaction is open.
    RuleError for what the dictionary does not know.
    """
    records = write(business_id, values, source, now, actor)
    _record_entry("businesses.record_facts", business_id, values, source, now, actor)
    return records


def write(
    business_id: str, values: Mapping[str, Value | None], source: Source, now: datetime, actor: Actor
) -> tuple[int, ...]:
    """The records themselves, in the order of the dictionary, without an entry in the log."""
    if not connection.in_atomic_block:
        raise RuntimeError("facts are written in the transaction of what brings them")
    given = {fact: value for fact, value in values.items() if value is not None}
    parsed: dict[str, Value | None] = {
        **dict.fromkeys(values),
        **dictionary().parse_facts(facts_to_raw(given)),
    }
    Business.objects.get_or_create(pk=UUID(business_id), defaults={"opened_at": now})
    return tuple(
        _write_one(business_id, fact, parsed[fact], source, now, actor)
        for fact in dictionary()
        if fact in parsed
    )


def _write_one(
    business_id: str, fact: str, value: Value | None, source: Source, now: datetime, actor: Actor
) -> int:
    text = "" if value is None else json.dumps(facts_to_raw({fact: value})[fact], ensure_ascii=False)
    salt = secrets.token_hex(16)
    row = FactRecord.objects.create(
        business_id=UUID(business_id),
        fact=fact,
        source_kind=source.kind,
        source=source.name,
        observed_on=source.observed_on,
        valid_until=valid_until(fact, source.observed_on),
        evidence=source.evidence,
        digest=digest_of(salt, text) if text else "",
        recorded_by=actor.id,
        recorded_at=now,
    )
    if text:
        FactValue.objects.create(record=row, salt=salt, value=text)
    return int(row.pk)


def valid_until(fact: str, observed_on: date) -> date | None:
    """The last day a value observed on a day can be relied on, by the city's numbers of that day."""
    keeps = plan().keeps(fact)
    if keeps is Keeps.LASTING:
        return None
    key = "businesses.year_days" if keeps is Keeps.YEAR else "businesses.month_days"
    return observed_on + timedelta(days=number(key, observed_on))


def demanded_business(actor: Actor, verb: str) -> str:
    """The business the actor acts for in their own name, where the table lets them do this to it;
    NotAllowedError otherwise.
    """
    business = business_of(actor)
    demand(actor, verb, {"organisation"} if business else set())
    return str(business)


def subject_of(business_id: str, name: str = "") -> Subject:
    """How the log names a business."""
    return Subject("business", business_id, name or f"经营主体 {business_id[:8]}")


def labels_of(facts: Iterable[str]) -> list[str]:
    """Facts as people call them."""
    return [dictionary()[fact].label for fact in facts]


def _record_entry(
    verb: str, business_id: str, facts: Iterable[str], source: Source, now: datetime, actor: Actor
) -> None:
    after = {"哪几项": labels_of(facts), "来自": source.name, "哪天的": source.observed_on}
    record(Entry(now, actor, verb, subject_of(business_id), after=after))
