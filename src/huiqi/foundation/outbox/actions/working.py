"""Taking jobs and doing them.

Promised: every job that was committed is taken until it is done, dead or dropped, however its workers end.
What a handler writes to this database is there exactly once: it is committed with the mark that the job is
done, under a lock on its row. What an outside handler does elsewhere is done at least once: a worker that
dies after the effect and before the mark leaves no trace, so the other side is told ``job.key``, the same
at every attempt. Between jobs there is no order but the one ``is_in_order`` asks for, which is the order in
which they were written; between transactions that overlap there is none.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from huiqi.foundation.outbox.domain import UNSETTLED, Job, Kind, NeverError, State, backoff, error_words
from huiqi.foundation.outbox.models import OutboxJob
from huiqi.foundation.outbox.queries import kinds

Handler = Callable[[Job], object]
_LOST_WORKER = "执行它的进程没有做完就结束了"
_log = logging.getLogger(__name__)


class _TakenError(Exception):
    """The job is somebody else's by now, or over: what was done for it must not stand."""


def run_next(handlers: Mapping[str, Handler], clock: Callable[[], datetime]) -> bool:
    """Take one job of a kind there is a handler for and do it; False where none is due.

    A handler that fails is no error here: its job waits for the next attempt, or is dead after the last.
    """
    job = _claim(handlers, clock())
    if job is None:
        return False
    kind = kinds()[job.kind]
    try:
        _do(kind, handlers[job.kind], job, clock)
    except _TakenError:
        _log.warning("job %s of %s was taken by another worker meanwhile", job.id, job.kind)
    except Exception as error:  # noqa: BLE001 - whatever a handler raises is a failure of its job
        _put_back(kind, job, error, clock())
    return True


def _do(kind: Kind, handler: Handler, job: Job, clock: Callable[[], datetime]) -> None:
    if kind.is_outside:
        handler(job)
        _finish(job, clock())
        return
    with transaction.atomic():
        # While this lock lives nobody else takes the job, even beyond its lease; it dies with its worker.
        if _mine(job).select_for_update().first() is None:
            raise _TakenError
        handler(job)
        _finish(job, clock())


def _claim(handlers: Mapping[str, Handler], now: datetime) -> Job | None:
    """Take the job whose worker was lost longest, else the one due longest. Looking comes first and takes no
    lock, so that an idle worker keeps nobody waiting.
    """
    known = [name for name in handlers if name in kinds()]
    for candidates in (_lost(known, now), _due(known, now)):
        while candidates.exists():
            with transaction.atomic():
                row = candidates.select_for_update(skip_locked=True).first()
                if row is None:
                    break  # others are at them
                if _lease(row, now):
                    return _job(row, now)
    return None


def _lost(known: list[str], now: datetime) -> QuerySet[OutboxJob]:
    rows = OutboxJob.objects.filter(state=State.RUNNING, lease_until__lte=now, kind__in=known)
    return rows.order_by("lease_until", "id")


def _due(known: list[str], now: datetime) -> QuerySet[OutboxJob]:
    """Those that may start: of a kind in order only the first of its subject."""
    ordered = [name for name in known if kinds()[name].is_in_order]
    earlier = OutboxJob.objects.filter(
        kind=OuterRef("kind"), subject=OuterRef("subject"), id__lt=OuterRef("id"), state__in=UNSETTLED
    )
    rows = OutboxJob.objects.filter(state=State.WAITING, due_at__lte=now, kind__in=known)
    if ordered:
        rows = rows.filter(~Q(kind__in=ordered) | ~Exists(earlier))
    return rows.order_by("due_at", "id")


def _lease(row: OutboxJob, now: datetime) -> bool:
    """Take a locked row. False where it has killed as many workers as it may have attempts: it is dead."""
    kind = kinds()[row.kind]
    if row.attempts >= kind.max_attempts:
        _log.error("job %s of %s is dead: its workers were lost", row.pk, row.kind)
        row.state, row.lease_until, row.ended_at = State.DEAD, None, now
        row.last_error = _LOST_WORKER
    else:
        row.state, row.attempts = State.RUNNING, row.attempts + 1
        row.lease_until = now + timedelta(seconds=kind.lease_seconds)
    row.save(update_fields=("state", "attempts", "lease_until", "ended_at", "last_error"))
    return row.state == State.RUNNING


def _finish(job: Job, now: datetime) -> None:
    done = {"state": State.DONE, "lease_until": None, "ended_at": now, "last_error": ""}
    if not _mine(job).update(**done):
        raise _TakenError


def _put_back(kind: Kind, job: Job, error: Exception, now: datetime) -> None:
    is_dead = isinstance(error, NeverError) or job.attempt >= kind.max_attempts
    _log.error(
        "job %s of %s failed at attempt %s%s",
        *(job.id, job.kind, job.attempt, " and is dead" if is_dead else ""),
        exc_info=error,
    )
    words = error_words(error)
    if is_dead:
        _mine(job).update(state=State.DEAD, lease_until=None, ended_at=now, last_error=words)
        return
    due_at = now + timedelta(seconds=backoff(kind, job.attempt))
    _mine(job).update(state=State.WAITING, lease_until=None, due_at=due_at, last_error=words)


def _mine(job: Job) -> QuerySet[OutboxJob]:
    """The job's row, as long as nobody else has taken it."""
    return OutboxJob.objects.filter(pk=job.id, state=State.RUNNING, attempts=job.attempt)


def _job(row: OutboxJob, now: datetime) -> Job:
    return Job(row.pk, row.kind, row.key, row.payload, row.subject, row.attempts, now)
