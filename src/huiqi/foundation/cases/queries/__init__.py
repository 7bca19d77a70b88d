"""The door for readers: the desk, one case, what a party has under way, and what a kind of case is."""

from huiqi.foundation.cases.domain import CaseKind, CaseRef, Detail, Pile, Rise, Rung, Scope
from huiqi.foundation.cases.queries.desk import (
    MOST_COUNTED,
    Desk,
    DeskFilters,
    cases_of_party,
    desk,
    open_count,
    open_counts,
)
from huiqi.foundation.cases.queries.files import (
    CaseFile,
    ClockView,
    EventView,
    Move,
    case_file,
    case_of_subject,
    cases_of_subjects,
    followed_case,
    standings_by,
    states_of,
)
from huiqi.foundation.cases.queries.kinds import kinds
from huiqi.foundation.cases.queries.receipts import case_of_receipt, receipt_of
from huiqi.foundation.cases.queries.rights import party_ids_of
from huiqi.foundation.cases.queries.rows import CaseRow
from huiqi.foundation.cases.queries.workload import OwnWork, Workload, own_work, workload

__all__ = [
    "MOST_COUNTED",
    "CaseFile",
    "CaseKind",
    "CaseRef",
    "CaseRow",
    "ClockView",
    "Desk",
    "DeskFilters",
    "Detail",
    "EventView",
    "Move",
    "OwnWork",
    "Pile",
    "Rise",
    "Rung",
    "Scope",
    "Workload",
    "case_file",
    "case_of_receipt",
    "case_of_subject",
    "cases_of_party",
    "cases_of_subjects",
    "desk",
    "followed_case",
    "kinds",
    "open_count",
    "open_counts",
    "own_work",
    "party_ids_of",
    "receipt_of",
    "standings_by",
    "states_of",
    "workload",
]
