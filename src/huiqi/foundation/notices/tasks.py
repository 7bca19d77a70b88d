"""The room's own jobs."""

from django.conf import settings

from huiqi.foundation.notices import actions
from huiqi.foundation.outbox.actions import Job


def deliver(job: Job) -> None:
    """Hand one message to its post."""
    actions.deliver(int(job.payload["message"]), settings.HUIQI_POSTS, job.now)


def forget(job: Job) -> None:
    """Remove the addresses of those who have left."""
    del job
    actions.forget_mail_of_those_who_left()


def digest(job: Job) -> None:
    """Make the daily mails."""
    actions.make_digests(job.now)
