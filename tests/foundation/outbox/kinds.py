"""What the kinds of jobs of the tests do."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.audit.models import AuditEntry
from huiqi.foundation.outbox.actions import Job, NotYetError, enqueue
from huiqi.foundation.outbox.models import OutboxJob

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
LATER = timedelta(hours=12)


def note(job: Job) -> None:
    """An effect in the database that can be counted: an entry of the log about the job's key."""
    record(Entry(NOW, Actor("trial", "试验"), "trial.note", Subject("job", job.key[:80], "任务")))


def send(job: Job) -> None:
    """An effect elsewhere: a line with the job's key at the end of a file."""
    with Path(settings.HUIQI_DATA, "sent.txt").open("a", encoding="utf-8") as file:
        file.write(f"{job.key}\n")


def fail(job: Job) -> None:
    raise NotYetError(f"第 {job.attempt} 次没有成")


HANDLERS = {"trial.note": note, "trial.line": note, "trial.send": send, "trial.hourly": note}


def noted() -> list[str]:
    """The keys of the jobs that took effect, in their order."""
    return list(
        AuditEntry.objects.filter(verb="trial.note").order_by("id").values_list("subject_id", flat=True)
    )


def written(kind: str, *keys: str, subject: str = "") -> list[int]:
    """Jobs in transactions of their own; their ids."""
    ids = []
    for key in keys:
        with transaction.atomic():
            ids.append(enqueue(kind, key, {"item": key}, NOW, subject=subject))
    return ids


def states(*ids: int) -> list[str]:
    kept = dict(OutboxJob.objects.values_list("id", "state"))
    return [kept[each] for each in ids]
