"""The room's own jobs, once a day each, a second run finds nothing to do; and what accounts hands over."""

from datetime import datetime

from django.utils import timezone

from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.cases.actions import Act, escalate_due, move_work, recompute_due
from huiqi.foundation.clock.queries import workday_table
from huiqi.foundation.outbox.actions import Job

SYSTEM = Actor("system", "系统")


def escalate(job: Job) -> None:
    """Climb every rung that is reached."""
    escalate_due(_act(job))


def recompute(job: Job) -> None:
    """Count estimated clocks anew: the table may have grown with an update of the site."""
    recompute_due(_act(job))


def _act(job: Job) -> Act:
    return Act(SYSTEM, job.now.astimezone(timezone.get_current_timezone()), workday_table())


def take_over(from_id: str, to_id: str, actor: Actor, reason: str, now: datetime) -> int:
    """Give the open cases of a member who leaves to a colleague; returns how many."""
    return move_work(from_id, to_id, reason, Act(actor, now, workday_table()))
