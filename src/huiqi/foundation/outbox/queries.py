"""The door for readers: the kinds of jobs there are, the jobs and how they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.apps import apps
from django.db import connection

from huiqi.foundation.outbox.domain import STATE_WORDS, Kind, OutboxError, State, read_kind
from huiqi.foundation.outbox.models import OutboxJob

__all__ = [
    "STATE_WORDS",
    "JobFilters",
    "Kind",
    "ShownJob",
    "State",
    "dead_count",
    "is_there",
    "jobs",
    "kinds",
    "oldest_waiting_seconds",
]


@dataclass(frozen=True, slots=True)
class JobFilters:
    """Which jobs; an empty text leaves the choice open. ``limit`` takes the newest ones."""

    state: str = ""
    kind: str = ""
    limit: int = 100


@dataclass(frozen=True, slots=True)
class ShownJob:
    """A job as an operator sees it; ``words`` says what it is for."""

    id: int
    kind: str
    words: str
    subject: str
    state: State
    attempts: int
    due_at: datetime
    created_at: datetime
    last_error: str


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of job. Each room declares its own, as ``outbox_kinds`` of its AppConfig; two rooms that
    name one kind are a mistake.
    """
    known: dict[str, Kind] = {}
    for config in apps.get_app_configs():
        for name, declared in getattr(config, "outbox_kinds", {}).items():
            if name in known:
                raise OutboxError(f"two rooms declare the kind {name}")
            known[name] = read_kind(name, declared)
    return known


def is_there() -> bool:
    """Whether this database has an outbox yet: a site makes it at its first start."""
    return OutboxJob._meta.db_table in connection.introspection.table_names()  # noqa: SLF001 - Django's own


def jobs(filters: JobFilters) -> tuple[ShownJob, ...]:
    """The newest jobs that fit, oldest first."""
    chosen = {name: value for name, value in (("state", filters.state), ("kind", filters.kind)) if value}
    rows = OutboxJob.objects.filter(**chosen).order_by("-id")[: filters.limit]
    return tuple(_shown(row) for row in reversed(rows))


def dead_count() -> int:
    """How many jobs were not done and need somebody to look."""
    return OutboxJob.objects.filter(state=State.DEAD).count()


def oldest_waiting_seconds(now: datetime) -> float:
    """For how long the job that should have been done first has waited beyond its time, or beyond the end of
    its worker; 0 where none does.
    """
    due = OutboxJob.objects.filter(state=State.WAITING).order_by("due_at").values_list("due_at", flat=True)
    lost = OutboxJob.objects.filter(state=State.RUNNING).order_by("lease_until")
    moments = (due.first(), lost.values_list("lease_until", flat=True).first())
    return max(0.0, *((now - moment).total_seconds() for moment in moments if moment), 0.0)


def _shown(row: OutboxJob) -> ShownJob:
    kind = kinds().get(row.kind)
    return ShownJob(
        id=row.pk,
        kind=row.kind,
        words=kind.words if kind else row.kind,
        subject=row.subject,
        state=State(row.state),
        attempts=row.attempts,
        due_at=row.due_at,
        created_at=row.created_at,
        last_error=row.last_error,
    )
