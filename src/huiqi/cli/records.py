"""What the people who keep the library right note and read. Imported only once Django is set up."""

from collections.abc import Sequence
from datetime import date

from huiqi.cli.errors import refuse
from huiqi.cli.plainly import command_actor, told_plainly
from huiqi.foundation.clock.queries import now
from huiqi.services.policy.library.actions import CheckError, forget_contacts, record_checks
from huiqi.services.policy.library.queries import mistake_reports


def record_item_checks(items: Sequence[str], checked_by: str, checked_on: date) -> int:
    """Note that items were compared with their sources; return how many notes are new."""
    try:
        with told_plainly():
            return record_checks(items, checked_by, checked_on, now(), command_actor())
    except CheckError as mistake:
        refuse(str(mistake))


def listed_reports(*, with_contacts: bool) -> list[dict[str, object]]:
    """Return the reported mistakes as plain values; contacts only where they were asked for."""
    with told_plainly():
        return [
            {
                "number": each.number,
                "item": each.item_id,
                "revision": each.revision,
                "kind": each.kind,
                "text": each.text,
                "reported_at": each.reported_at.isoformat(timespec="seconds"),
                "state": each.state,
                **({"contact": each.contact.reveal()} if with_contacts else {}),
            }
            for each in mistake_reports()
        ]


def forget_old_contacts() -> int:
    """Remove the contacts that were kept for their time; return how many there were."""
    moment = now()
    with told_plainly():
        return forget_contacts(moment, command_actor())
