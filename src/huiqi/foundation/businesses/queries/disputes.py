"""Disputed facts as cases: their kind, how each stands, and what a case page tells of one."""

from collections.abc import Iterable
from datetime import datetime

from huiqi.core.rules.wording import day_text
from huiqi.foundation.businesses.domain.correcting import (
    ANSWER,
    CORRECTION,
    CORRECTION_CODE,
    CORRECTION_MACHINE,
)
from huiqi.foundation.businesses.models import Dispute
from huiqi.foundation.businesses.queries.plan import dictionary
from huiqi.foundation.cases.queries import (
    CaseKind,
    CaseRef,
    Detail,
    Rise,
    Rung,
    case_of_subject,
    standings_by,
)


def standings_of(record_ids: Iterable[int], before: datetime) -> dict[int, str]:
    """The state of the dispute about each of these records that was opened before a moment; a dispute decided
    after it was open then. Two questions.
    """
    rows = Dispute.objects.filter(record_id__in=list(record_ids), opened_at__lt=before)
    disputes = {
        str(key): record for key, record in rows.order_by("opened_at").values_list("key", "record_id")
    }
    if not disputes:
        return {}
    states = standings_by(CORRECTION, disputes, before)
    return {record: states[key] for key, record in disputes.items() if key in states}


def case_of_dispute(key: str) -> CaseRef | None:
    """The case of a form sent before, None for one that was not. One query."""
    return case_of_subject(CORRECTION, key)


def details_of(key: str) -> tuple[Detail, ...]:
    """What is disputed and why, for whoever handles it: which department's record, and the owner's words. The
    value stays on the sheet, which they do not see.
    """
    row = Dispute.objects.select_related("record").filter(pk=key).first()
    if row is None:
        return ()
    record, known = row.record, dictionary().get(row.record.fact)
    return (
        Detail("哪一项", known.label if known else record.fact),
        Detail("来自哪里", f"{record.source}，{day_text(record.observed_on)}"),
        Detail("经营者说", row.statement.reveal()),
    )


CORRECTION_KIND = CaseKind(
    id=CORRECTION,
    code=CORRECTION_CODE,
    label="信息更正",
    machine=CORRECTION_MACHINE,
    main_clock=ANSWER,
    intake="platform",
    ladder=(
        Rung("day-before", -1, Rise.REMINDER),
        Rung("day-after", 1, Rise.HEAD),
        Rung("days-after", 3, Rise.ABOVE),
    ),
    details=details_of,
    lengths={ANSWER: "businesses.correction_days"},
)
