"""Writing jobs down, in the transaction of what makes them necessary."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from huiqi.foundation.outbox.domain import Order, OutboxError, Payload, State, check_order, period_key
from huiqi.foundation.outbox.models import OutboxJob
from huiqi.foundation.outbox.queries import kinds

_PAGE = 500


def enqueue(
    kind: str,
    key: str,
    payload: Payload,
    now: datetime,
    *,
    due_at: datetime | None = None,
    subject: str = "",
) -> int:
    """Write a job down and return its id. It comes and goes with the caller's transaction, and there must be
    one: a job that stands while what it follows from was undone would do harm.

    A key that is there already changes nothing, and its job's id is returned. OutboxError outside a
    transaction, for a kind nobody declares, for a key that stands for another kind, and for a payload that
    holds more than ids.
    """
    enqueue_all([Order(kind, key, payload, due_at, subject)], now)
    job_id, found = OutboxJob.objects.values_list("id", "kind").get(key=key)
    if found != kind:
        raise OutboxError(f"the key {key} is one of {found}, not of {kind}")
    return int(job_id)


def enqueue_all(orders: Iterable[Order], now: datetime) -> None:
    """Write many jobs down, as `enqueue` does one."""
    if not connection.in_atomic_block:
        raise OutboxError("a job is written in the transaction of what makes it necessary")
    known, rows = kinds(), []
    for order in orders:
        check_order(order, known)
        rows.append(_row(order, now))
    OutboxJob.objects.bulk_create(rows, batch_size=_PAGE, ignore_conflicts=True)


def enqueue_periods(now: datetime) -> int:
    """Write down the job of the running period of every periodic kind; return how many were missing.

    Any number of workers may do this: a period has one key. A period in which no worker ran is left out, and
    while a job of an earlier period is not over, no other follows.
    """
    periodic = {period_key(kind, now): kind.name for kind in kinds().values() if kind.every_seconds}
    there = set(OutboxJob.objects.filter(key__in=periodic).values_list("key", flat=True))
    busy = set(
        OutboxJob.objects.filter(
            kind__in=periodic.values(), state__in=(State.WAITING, State.RUNNING)
        ).values_list("kind", flat=True)
    )
    missing = [
        Order(kind, key, {}) for key, kind in periodic.items() if key not in there and kind not in busy
    ]
    if missing:
        with transaction.atomic():
            enqueue_all(missing, now)
    return len(missing)


def _row(order: Order, now: datetime) -> OutboxJob:
    return OutboxJob(
        kind=order.kind,
        key=order.key,
        subject=order.subject,
        payload=dict(order.payload),
        due_at=order.due_at or now,
        created_at=now,
    )
