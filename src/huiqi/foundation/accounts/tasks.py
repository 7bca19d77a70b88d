"""The room's own jobs."""

from huiqi.foundation.accounts.actions.lost_phone_ends import settle_phone_request as settle
from huiqi.foundation.accounts.actions.lost_phone_ends import text_old_number as text
from huiqi.foundation.outbox.actions import Job


def settle_phone_request(job: Job) -> None:
    """Change a number whose hour has come, or let a request run out."""
    settle(str(job.payload["request"]), job.now)


def text_old_number(job: Job) -> None:
    """Tell the number that opens nothing any more."""
    text(str(job.payload["request"]), job.now)
