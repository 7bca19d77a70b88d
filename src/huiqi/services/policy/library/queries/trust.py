"""Who last compared an item with its source, and which mistakes visitors reported."""

from dataclasses import dataclass
from datetime import date, datetime

from huiqi.foundation.cases.queries import states_of
from huiqi.foundation.storage.fields import Sealed
from huiqi.services.policy.library.domain import MISTAKES, MistakeKind
from huiqi.services.policy.library.domain.handling import MISTAKE
from huiqi.services.policy.library.models import ItemCheck, MistakeReport


@dataclass(frozen=True, slots=True)
class CheckNote:
    """The last check of an item; ``revision`` is the one that was compared, maybe not the one that holds."""

    revision: int
    checked_on: date
    checked_by: str


@dataclass(frozen=True, slots=True)
class ReportNote:
    """One reported mistake under the number of its case, and how that stands. ``contact`` is personal data: a
    mask until somebody asks it to `reveal`.
    """

    number: str
    item_id: str
    revision: int
    kind: str
    text: str
    contact: Sealed
    reported_at: datetime
    state: str


def last_check(item_id: str) -> CheckNote | None:
    """The latest check of the newest revision ever checked, None where there is none. One query."""
    newest = (
        ItemCheck.objects.filter(item_id=item_id)
        .order_by("-revision", "-checked_on", "-id")
        .values_list("revision", "checked_on", "checked_by")
        .first()
    )
    return CheckNote(*newest) if newest else None


def mistake_reports() -> tuple[ReportNote, ...]:
    """Every report, the oldest first."""
    states = states_of(MISTAKE)
    return tuple(
        ReportNote(
            row.case_number,
            row.item_id,
            row.revision,
            MISTAKES[MistakeKind(row.kind)],
            row.text,
            row.contact,
            row.reported_at,
            states[row.form_key],
        )
        for row in MistakeReport.objects.order_by("pk")
    )
