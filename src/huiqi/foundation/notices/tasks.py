"""The room's own jobs."""

from datetime import datetime

from django.conf import settings

from huiqi.foundation.notices import actions
from huiqi.foundation.outbox.actions import Job
from huiqi.foundation.storage.fields import Sealed


def deliver(job: Job) -> None:
    """Hand one message to its post."""
    actions.deliver(int(job.payload["message"]), settings.HUIQI_POSTS, job.now)


def text(to: Sealed, words: str, key: str, now: datetime) -> None:
    """Words of a room below to a number that is nobody's any more."""
    actions.send_text(to, words, settings.HUIQI_POSTS, key, now)


def forget(job: Job) -> None:
    """Remove the addresses of those who have left."""
    del job
    actions.forget_mail_of_those_who_left()


def digest(job: Job) -> None:
    """Make the daily mails."""
    actions.make_digests(job.now)
