"""What an operator may do with a job, and taking away those that ended long ago."""

from datetime import datetime

from django.db import transaction

from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.outbox.domain import STATE_WORDS, JobStateError, State
from huiqi.foundation.outbox.models import OutboxJob
from huiqi.foundation.outbox.queries import kinds

_TIDIED_AT_ONCE = 5_000


def retry(job_id: int, now: datetime, actor: Actor) -> None:
    """Let a dead job be tried again from the start, at once; JobStateError where it is not dead."""
    with transaction.atomic():
        job = _locked(job_id, (State.DEAD,), "只有没做成的才能再做一次")
        _record("outbox.retry", job, State.WAITING, now, actor)
        OutboxJob.objects.filter(pk=job_id).update(state=State.WAITING, attempts=0, due_at=now, ended_at=None)


def drop(job_id: int, now: datetime, actor: Actor, reason: str) -> None:
    """Give up a job that waits or is dead: it is never done, and those behind it go on. JobStateError where
    it is running or over.
    """
    with transaction.atomic():
        job = _locked(job_id, (State.WAITING, State.DEAD), "正在做的和已经结束的不能放弃")
        _record("outbox.drop", job, State.DROPPED, now, actor, reason)
        OutboxJob.objects.filter(pk=job_id).update(state=State.DROPPED, ended_at=now)


def tidy_ended(before: datetime) -> int:
    """Remove what was done or dropped before a moment, a page at a time; return how many. Their keys may be
    used again from then on. What is dead stays until somebody has decided.
    """
    old = OutboxJob.objects.filter(state__in=(State.DONE, State.DROPPED), ended_at__lt=before)
    page = old.order_by("ended_at").values("pk")[:_TIDIED_AT_ONCE]
    return OutboxJob.objects.filter(pk__in=page).delete()[0]


def _locked(job_id: int, states: tuple[State, ...], words: str) -> OutboxJob:
    job = OutboxJob.objects.select_for_update().filter(pk=job_id).first()
    if job is None:
        raise JobStateError(f"没有编号 {job_id} 的任务")
    if job.state not in states:
        raise JobStateError(f"任务 {job_id} 现在是“{STATE_WORDS[State(job.state)]}”，{words}")
    return job


def _record(  # the entry is made while the old state is at hand
    verb: str, job: OutboxJob, after: State, now: datetime, actor: Actor, reason: str = ""
) -> None:
    kind = kinds().get(job.kind)
    record(
        Entry(
            happened_at=now,
            actor=actor,
            verb=verb,
            subject=Subject("job", str(job.pk), kind.words if kind else job.kind),
            reason=reason,
            before={"状态": STATE_WORDS[State(job.state)]},
            after={"状态": STATE_WORDS[after]},
        )
    )
