"""Numbers, kinds, piles and the words for what cannot be done: plain values."""

from huiqi.foundation.cases.domain.errors import CaseError, ConflictError
from huiqi.foundation.cases.domain.kinds import HEIGHTS, RISES, CaseKind, Detail, Rise, Rung, climbed
from huiqi.foundation.cases.domain.numbers import LONGEST_NUMBER, case_number, read_number
from huiqi.foundation.cases.domain.openings import LONGEST_TEXT, LONGEST_TITLE, CaseRef, Opening
from huiqi.foundation.cases.domain.piles import (
    PILES,
    SCOPES,
    VISIBILITIES,
    Pile,
    Scope,
    Visibility,
    Week,
    pile_of,
)

__all__ = [
    "HEIGHTS",
    "LONGEST_NUMBER",
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "PILES",
    "RISES",
    "SCOPES",
    "VISIBILITIES",
    "CaseError",
    "CaseKind",
    "CaseRef",
    "ConflictError",
    "Detail",
    "Opening",
    "Pile",
    "Rise",
    "Rung",
    "Scope",
    "Visibility",
    "Week",
    "case_number",
    "climbed",
    "pile_of",
    "read_number",
]
