"""The door for readers of the library. One query a page tells whether what is kept compiled still holds."""

from huiqi.services.policy.library.domain import (
    BENEFIT_GROUPS,
    BenefitGroup,
    GroupWords,
    ItemCard,
    Standing,
    applies_in,
    is_local,
    nearness,
)
from huiqi.services.policy.library.queries.cards import card_of, closing_soon_days
from huiqi.services.policy.library.queries.handling import MISTAKE_KIND, case_of
from huiqi.services.policy.library.queries.histories import RevisionNote, history_of
from huiqi.services.policy.library.queries.lists import (
    NO_STANDINGS,
    PAGE_SIZE,
    ItemFilters,
    ItemPage,
    list_items,
    matching_items,
)
from huiqi.services.policy.library.queries.searches import Answer, Finding, find_items
from huiqi.services.policy.library.queries.shelf import (
    EditionMark,
    Library,
    LibraryItem,
    current_edition,
    current_library,
    predecessors_of,
)
from huiqi.services.policy.library.queries.suggestions import Suggestion, suggest
from huiqi.services.policy.library.queries.trust import (
    CheckNote,
    ReportNote,
    last_check,
    mistake_reports,
)

__all__ = [
    "BENEFIT_GROUPS",
    "MISTAKE_KIND",
    "NO_STANDINGS",
    "PAGE_SIZE",
    "Answer",
    "BenefitGroup",
    "CheckNote",
    "EditionMark",
    "Finding",
    "GroupWords",
    "ItemCard",
    "ItemFilters",
    "ItemPage",
    "Library",
    "LibraryItem",
    "ReportNote",
    "RevisionNote",
    "Standing",
    "Suggestion",
    "applies_in",
    "card_of",
    "case_of",
    "closing_soon_days",
    "current_edition",
    "current_library",
    "find_items",
    "history_of",
    "is_local",
    "last_check",
    "list_items",
    "matching_items",
    "mistake_reports",
    "nearness",
    "predecessors_of",
    "suggest",
]
