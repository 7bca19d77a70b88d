"""Writing down messages that leave the site, each with the job that sends it."""

from collections.abc import Iterable
from datetime import datetime

from huiqi.foundation.notices.domain import State
from huiqi.foundation.notices.models import Outgoing
from huiqi.foundation.outbox.actions import Order, enqueue_all

_KIND = "notices.deliver"
_PAGE = 500


def queue(messages: Iterable[Outgoing], now: datetime) -> None:
    """Keep messages, and have those sent that do not wait for a digest."""
    rows = Outgoing.objects.bulk_create(messages, batch_size=_PAGE)
    enqueue_all([order_of(row) for row in rows if row.state == State.WAITING], now)


def order_of(row: Outgoing, turn: str = "") -> Order:
    """The job that sends a message; ``turn`` tells apart one that has to come again."""
    return Order(_KIND, f"{_KIND}:{row.pk}{turn}", {"message": row.pk}, row.due_at)
