"""Looks: a page says what of whose data it shows, and it is written before the page is given."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.db import transaction

from huiqi.foundation.audit.actions.recording import record
from huiqi.foundation.audit.domain import Actor, EntryError, Look, Party, Subject, folded, is_own
from huiqi.foundation.audit.models import AuditEntry
from huiqi.foundation.audit.queries.log import looks as declared
from huiqi.foundation.audit.queries.log import roles
from huiqi.foundation.storage.actions import adding_while_reading


class Reading(Protocol):
    """A request by somebody, with what its page showed so far."""

    actor: Actor
    looks: list[Look]


def record_look(
    request: Reading,
    verb: str,
    subject: Subject,
    party: Party | None,
    *,
    reason: str = "",
    even_own: bool = False,
) -> None:
    """Say that this page shows ``subject`` of ``party``'s data. It is written once the page is made and
    before anybody gets it; whoever reads their own in their own name leaves no entry, unless ``even_own``.

    EntryError for a verb no room declares (``audit_looks`` of its AppConfig).
    """
    if verb not in declared():
        raise EntryError(f"no room declares the look {verb}")
    if even_own or not is_own(request.actor, party):
        request.looks.append(Look(verb, subject, party, reason))


def keep_looks(looks: Sequence[Look], actor: Actor, now: datetime) -> int:
    """Write the looks of one request as one entry, in a transaction of its own; return its id."""
    with adding_while_reading(AuditEntry._meta.db_table), transaction.atomic():  # noqa: SLF001 - Django's own
        return record(folded(looks, actor, roles(), now))
