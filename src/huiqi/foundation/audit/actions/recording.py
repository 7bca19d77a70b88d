"""Writing one entry, in the transaction of what it tells."""

from django.db import connection

from huiqi.foundation.audit.domain import Entry, EntryError, columns_of
from huiqi.foundation.audit.models import AuditEntry
from huiqi.foundation.audit.queries.log import verbs
from huiqi.foundation.look.queries import request_number


def record(entry: Entry) -> int:
    """Keep an entry and return its id. It comes and goes with the caller's transaction, and there must be
    one: an entry that stands while what it tells was undone would be a lie. It keeps the number of the
    request that is being answered.

    EntryError for a verb no room declares (``audit_verbs`` of its AppConfig), outside a transaction, and
    for what cannot be kept.
    """
    if not connection.in_atomic_block:
        raise EntryError("an entry is written in the transaction of what it tells")
    if entry.verb not in verbs():
        raise EntryError(f"no room declares the verb {entry.verb}")
    columns = columns_of(entry)
    columns["request_id"] = columns["request_id"] or request_number()
    return int(AuditEntry.objects.create(**columns).pk)
