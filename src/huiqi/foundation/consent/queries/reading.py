"""Whether somebody may read: asked of the database each time, and remembered by nobody."""

from datetime import datetime

from huiqi.foundation.audit.actions import Party
from huiqi.foundation.consent.domain import DATA_CLASSES, PURPOSES
from huiqi.foundation.consent.models import Consent as ConsentRow
from huiqi.foundation.consent.queries.rows import WITH_CLASSES, shown
from huiqi.foundation.consent.queries.values import Consent, ConsentMissingError


def needs_consent(data_class: str) -> bool:
    """Whether a class of the directory (01 to 17) is read by consent alone; KeyError for no class."""
    return DATA_CLASSES[data_class].needs_consent


def live(subject: Party, grantee: Party, purpose: str, data_class: str, at: datetime) -> Consent | None:
    """The consent by which ``grantee`` may read this class of ``subject``'s data for this purpose, the one
    that lasts longest; None where there is none.

    One question of the database, each time. A consent that was revoked counts for nothing any more, also
    for a moment before: what is read now is read now. ValueError for a purpose or class nobody knows, and
    for a class that is public.
    """
    if purpose not in PURPOSES or data_class not in DATA_CLASSES:
        raise ValueError(f"nobody knows {purpose} or {data_class}")
    if not needs_consent(data_class):
        raise ValueError(f"class {data_class} is public: nobody has to agree")
    rows = ConsentRow.objects.filter(
        subject_id=subject.id,
        grantee_id=grantee.id,
        purpose=purpose,
        from_at__lte=at,
        until_at__gt=at,
        revocation__isnull=True,
        classes__data_class=data_class,
    )
    row = rows.select_related("revocation").prefetch_related(WITH_CLASSES).order_by("-until_at", "id").first()
    return shown(row, at) if row else None


def demand(subject: Party, grantee: Party, purpose: str, data_class: str, at: datetime) -> Consent:
    """The same, where reading goes on only with one. ConsentMissingError otherwise, which every page answers
    with 403 and in the log, where the subject sees it; a job records it by `actions.refuse_read`.
    """
    found = live(subject, grantee, purpose, data_class, at)
    if found is None:
        raise ConsentMissingError(subject, grantee, purpose, data_class)
    return found
