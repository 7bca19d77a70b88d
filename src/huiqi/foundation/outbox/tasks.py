"""The room's own job."""

from datetime import timedelta

from django.conf import settings

from huiqi.foundation.outbox.actions import Job, tidy_ended


def tidy(job: Job) -> None:
    """Remove what ended longer ago than HUIQI_JOBS_KEEP_DAYS."""
    tidy_ended(job.now - timedelta(days=settings.HUIQI_JOBS_KEEP_DAYS))
