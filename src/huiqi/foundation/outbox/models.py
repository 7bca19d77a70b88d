"""What is kept of a job: what to do, how it stands, and what went wrong last. Ids only, no personal data."""

from django.db import models

from huiqi.foundation.outbox.domain import (
    LONGEST_ERROR,
    LONGEST_KEY,
    LONGEST_KIND,
    LONGEST_SUBJECT,
    STATE_WORDS,
    UNSETTLED,
    State,
)

# As plain texts: a migration remembers them, and must not depend on what a name means later.
_STATES = [state.value for state in State]
_IS_WAITING = models.Q(state=State.WAITING.value)
_IS_RUNNING = models.Q(state=State.RUNNING.value)
_HAS_ENDED = models.Q(state__in=[State.DONE.value, State.DEAD.value, State.DROPPED.value])
_CHOICES = [(state.value, words) for state, words in STATE_WORDS.items()]


class OutboxJob(models.Model):
    """One job. ``attempts`` counts how often it was taken and tells a worker whether it still has it."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=LONGEST_KIND)
    key = models.CharField(max_length=LONGEST_KEY, unique=True)
    subject = models.CharField(max_length=LONGEST_SUBJECT, blank=True)
    payload = models.JSONField()
    state = models.CharField(max_length=10, choices=_CHOICES, default=State.WAITING.value)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=LONGEST_ERROR, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=(_IS_RUNNING & models.Q(lease_until__isnull=False))
                | (~_IS_RUNNING & models.Q(lease_until__isnull=True)),
                name="only_a_running_job_has_a_lease",
                violation_error_message="只有正在做的任务才有期限。",
            ),
            models.CheckConstraint(
                condition=(_HAS_ENDED & models.Q(ended_at__isnull=False))
                | (~_HAS_ENDED & models.Q(ended_at__isnull=True)),
                name="only_an_ended_job_has_an_end",
                violation_error_message="只有结束了的任务才有结束时间。",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=_STATES),
                name="job_is_in_a_known_state",
                violation_error_message="没有这种任务状态。",
            ),
        )
        indexes = (
            models.Index(fields=("due_at", "id"), condition=_IS_WAITING, name="outbox_due"),
            models.Index(fields=("lease_until",), condition=_IS_RUNNING, name="outbox_lease"),
            models.Index(
                fields=("kind", "subject", "id"),
                condition=models.Q(state__in=[state.value for state in UNSETTLED]),
                name="outbox_order",
            ),
            models.Index(fields=("state", "ended_at"), name="outbox_ended"),
        )

    def __str__(self) -> str:
        return f"job {self.pk}"
