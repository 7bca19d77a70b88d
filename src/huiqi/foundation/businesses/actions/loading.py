"""Loads the register: all of a table or nothing, and the same table twice changes nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db import connection, transaction

from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.businesses.actions.following import follow_register
from huiqi.foundation.businesses.domain import Status, has_code_form
from huiqi.foundation.businesses.models import Registration
from huiqi.population.register import RegisterRow

BLOCK = 5000
_STATUS = {True: Status.OPEN, False: Status.CLOSED, None: Status.UNKNOWN}
_FIELDS = (
    *("credit_code", "name", "operator", "region_code", "industry_code", "established_on", "entity_type"),
    *("status", "source", "observed_on"),
)
# A day no business was founded on stands for no day, so that rows compare without NULL.
_SAME = [
    f"COALESCE({{}}.{name}, '0001-01-01')" if name == "established_on" else f"{{}}.{name}" for name in _FIELDS
]
_UPSERT = (
    f"INSERT INTO businesses_registration AS kept ({', '.join(_FIELDS)})"  # noqa: S608 - constants above
    f" VALUES ({', '.join(['%s'] * len(_FIELDS))})"
    f" ON CONFLICT (credit_code) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _FIELDS)}"
    f" WHERE kept.observed_on <= excluded.observed_on AND ({', '.join(_SAME).replace('{}', 'kept')})"
    f" <> ({', '.join(_SAME).replace('{}', 'excluded')})"
)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did. ``unchanged`` rows were as they are, or are known from a later day; ``skipped`` rows
    carry no credit code.
    """

    added: int
    changed: int
    unchanged: int
    skipped: int


def load_registrations(
    rows: Iterable[RegisterRow],
    source: str,
    observed_on: date,
    *,
    now: datetime,
    actor: Actor,
    is_whole: bool = False,
) -> LoadReport:
    """Keep the rows as ``source`` showed them on ``observed_on``; a later observation is never overwritten.

    Where the rows are the whole of their source, what was kept of it before is gone. One transaction: a
    fault anywhere in ``rows`` leaves everything as it was. The load is recorded as the work of ``actor``.
    """
    read = told = written = 0
    with transaction.atomic():
        if is_whole:
            Registration.objects.filter(source=source).delete()
        before = Registration.objects.count()
        for block in _blocks(rows):
            values = [each for row in block if (each := _values(row, source, observed_on))]
            read, told = read + len(block), told + len(values)
            with connection.cursor() as cursor:
                cursor.executemany(_UPSERT, values)
                written += max(cursor.rowcount, 0)
        added = Registration.objects.count() - before
        report = LoadReport(added, written - added, told - written, read - told)
        _record_load(report, source, now, actor)
        follow_register(source, observed_on, now, actor)
    return report


def _record_load(report: LoadReport, source: str, now: datetime, actor: Actor) -> None:
    record(
        Entry(
            happened_at=now,
            actor=actor,
            verb="businesses.load_registrations",
            subject=Subject("register", source, source),
            after={
                "新增": report.added,
                "变更": report.changed,
                "不变": report.unchanged,
                "略过": report.skipped,
            },
        )
    )


def _blocks(rows: Iterable[RegisterRow]) -> Iterator[list[RegisterRow]]:
    left = iter(rows)
    while block := list(islice(left, BLOCK)):
        yield block


def _values(row: RegisterRow, source: str, observed_on: date) -> tuple[str | None, ...] | None:
    """The values of `_FIELDS`; None for a row that carries no credit code and could never be looked up."""
    code = row.credit_code.strip().upper()
    if not has_code_form(code):
        return None
    return (
        *(code, row.name, row.operator, row.region_code, row.industry_code),
        row.established_on.isoformat() if row.established_on else None,
        *(row.entity_type, str(_STATUS[row.is_operating]), source, observed_on.isoformat()),
    )
