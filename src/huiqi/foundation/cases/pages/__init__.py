"""Pages of those who handle cases and of those whose cases they are."""

from huiqi.foundation.cases.pages.case import advance_case, case_page, follow, note_case, resume_case
from huiqi.foundation.cases.pages.changes import hand_over_cases, pause_case, transfer_case
from huiqi.foundation.cases.pages.desk import desk_page, own_cases

__all__ = [
    "advance_case",
    "case_page",
    "desk_page",
    "follow",
    "hand_over_cases",
    "note_case",
    "own_cases",
    "pause_case",
    "resume_case",
    "transfer_case",
]
