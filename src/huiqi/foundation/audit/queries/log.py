"""What may be read of the log, and how far behind the sealer is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.apps import apps
from django.db import connection
from django.db.models import QuerySet

from huiqi.foundation.audit.domain import KEPT_COLUMNS, KeptEntry
from huiqi.foundation.audit.models import AuditEntry, AuditUnsealed


@dataclass(frozen=True, slots=True)
class LogFilters:
    """Which entries; an empty text or None leaves the choice open. ``limit`` takes the newest ones."""

    subject_kind: str = ""
    subject_id: str = ""
    actor_id: str = ""
    behalf_id: str = ""
    since: datetime | None = None
    limit: int = 1000


@cache
def verbs() -> Mapping[str, str]:
    """The wording of every verb. Each room declares its own, as ``audit_verbs`` of its AppConfig, and
    looks as ``audit_looks``; two that name one verb are a mistake.
    """
    return _declared("audit_verbs", "audit_looks")


@cache
def looks() -> Mapping[str, str]:
    """The wording of every verb that is a look: each room's ``audit_looks``."""
    return _declared("audit_looks")


@cache
def roles() -> Mapping[str, str]:
    """The words of every role an actor may have: ``audit_roles`` of the room of rights."""
    return _declared("audit_roles")


def _declared(*kinds: str) -> Mapping[str, str]:
    known: dict[str, str] = {}
    for config in apps.get_app_configs():
        for verb, words in (pair for kind in kinds for pair in getattr(config, kind, {}).items()):
            if verb in known:
                raise ValueError(f"two rooms declare {verb}")
            known[verb] = words
    return known


def is_there() -> bool:
    """Whether this database has a log yet: a site makes it at its first start."""
    return AuditEntry._meta.db_table in connection.introspection.table_names()  # noqa: SLF001 - Django's own


def entries(filters: LogFilters) -> tuple[KeptEntry, ...]:
    """The newest entries that fit, oldest first."""
    rows = _chosen(filters).order_by("-id").values_list(*KEPT_COLUMNS)[: filters.limit]
    return tuple(reversed([KeptEntry(*row) for row in rows]))


def first_entry() -> KeptEntry | None:
    """The oldest entry there is."""
    row = AuditEntry.objects.order_by("id").values_list(*KEPT_COLUMNS).first()
    return KeptEntry(*row) if row else None


def seconds_behind(now: datetime) -> float:
    """How long the oldest entry without a seal has waited; 0 where none waits."""
    oldest = AuditUnsealed.objects.order_by("entry_id").values("entry_id")[:1]
    written_at = AuditEntry.objects.filter(id__in=oldest).values_list("happened_at", flat=True).first()
    return max(0.0, (now - written_at).total_seconds()) if written_at else 0.0


def _chosen(filters: LogFilters) -> QuerySet[AuditEntry]:
    wanted = {
        "subject_kind": filters.subject_kind or None,
        "subject_id": filters.subject_id or None,
        "actor_id": filters.actor_id or None,
        "behalf_id": filters.behalf_id or None,
        "happened_at__gte": filters.since,
    }
    return AuditEntry.objects.filter(**{name: value for name, value in wanted.items() if value is not None})
