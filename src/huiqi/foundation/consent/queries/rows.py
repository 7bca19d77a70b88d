"""Rows as others get them."""

from datetime import datetime, timedelta
from uuid import UUID

from huiqi.foundation.audit.actions import Party
from huiqi.foundation.consent.domain import AskState, ask_state, consent_state
from huiqi.foundation.consent.models import Consent as ConsentRow
from huiqi.foundation.consent.models import ConsentAsk
from huiqi.foundation.consent.queries.values import Ask, Consent, day_of

WITH_CLASSES = "classes"


def shown(row: ConsentRow, at: datetime) -> Consent:
    """A consent as it stands at a moment."""
    revocation = getattr(row, "revocation", None)
    revoked_at = revocation.revoked_at if revocation else None
    until_on = day_of(row.until_at) - timedelta(days=1)
    return Consent(
        str(row.pk),
        Party(row.subject_id, row.subject_name),
        Party(row.grantee_id, row.grantee_name),
        row.purpose,
        frozenset(each.data_class for each in row.classes.all()),
        row.from_at,
        until_on,
        row.given_by_name,
        consent_state(row.from_at, row.until_at, revoked_at, at),
        max(0, (until_on - day_of(at)).days),
        revoked_at,
    )


def shown_ask(row: ConsentAsk, at: datetime) -> Ask:
    """What was asked for, as it stands at a moment."""
    return Ask(
        str(row.pk),
        Party(row.asker_id, row.asker_name),
        row.relation,
        str(row.phone),
        Party(row.grantee_id, row.grantee_name),
        row.purpose,
        frozenset(row.classes.split(",")),
        row.until_on,
        row.ends_at,
        ask_state(AskState(row.state), row.ends_at, at),
    )


def as_id(text: str) -> UUID | None:
    """An id somebody sent; None for what is none."""
    try:
        return UUID(str(text))
    except ValueError:
        return None
