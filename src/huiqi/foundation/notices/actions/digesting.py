"""One mail a day to whoever wants it so."""

from datetime import datetime
from uuid import UUID

from huiqi.foundation.notices.actions.queueing import queue
from huiqi.foundation.notices.domain import Channel, Purpose, State
from huiqi.foundation.notices.models import Outgoing


def make_digests(now: datetime) -> int:
    """Bundle what is held, a message a person, and have it sent; return how many. In the caller's
    transaction: who dies before its commit has bundled nothing.
    """
    held = Outgoing.objects.filter(state=State.HELD).select_for_update().order_by("id")
    of_person: dict[UUID, list[int]] = {}
    for message_id, person_id in held.values_list("id", "person_id"):
        of_person.setdefault(person_id, []).append(message_id)
    digests = [
        Outgoing(purpose=Purpose.DIGEST, channel=Channel.MAIL, person_id=person_id, due_at=now)
        for person_id in of_person
    ]
    queue(digests, now)
    for digest in digests:
        members = Outgoing.objects.filter(pk__in=of_person[digest.person_id])
        members.update(state=State.BUNDLED, bundle=digest)
    return len(digests)
