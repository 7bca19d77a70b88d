"""Reading what is in one's list."""

from datetime import datetime

from django.db import transaction

from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.notices.models import Letter


def mark_read(letter_id: int | None, now: datetime, actor: Actor, newest: int | None = None) -> int:
    """Note that ``actor`` has read one of their own notices, or all of them (None), those that came after
    ``newest`` left as they are; return how many were new. When somebody was told may matter later, so the log
    says it.
    """
    with transaction.atomic():
        own = Letter.objects.select_for_update().filter(person_id=actor.id, read_at__isnull=True)
        upto = own if newest is None else own.filter(pk__lte=newest)
        chosen = upto if letter_id is None else own.filter(pk=letter_id)
        ids = list(chosen.order_by("id").values_list("id", flat=True))
        if not ids:
            return 0
        Letter.objects.filter(pk__in=ids).update(read_at=now)
        subject = Subject("letter", str(letter_id or actor.id), f"{len(ids)} 条消息")
        record(Entry(now, actor, "notices.mark_read", subject, after={"条数": len(ids)}))
    return len(ids)
