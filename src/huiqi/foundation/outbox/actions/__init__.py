"""The door for writers: writing jobs down, doing them, and what an operator may do with one that failed."""

from huiqi.foundation.outbox.actions.enqueuing import enqueue, enqueue_all, enqueue_periods
from huiqi.foundation.outbox.actions.keeping import drop, retry, tidy_ended
from huiqi.foundation.outbox.actions.working import Handler, run_next
from huiqi.foundation.outbox.domain import Job, JobStateError, NeverError, NotYetError, Order, OutboxError

__all__ = [
    "Handler",
    "Job",
    "JobStateError",
    "NeverError",
    "NotYetError",
    "Order",
    "OutboxError",
    "drop",
    "enqueue",
    "enqueue_all",
    "enqueue_periods",
    "retry",
    "run_next",
    "tidy_ended",
]
