"""What the library decides by itself: pure."""

from huiqi.services.policy.library.domain.changes import Change, Wording, changes_between
from huiqi.services.policy.library.domain.items import (
    CLOSING_SOON_DAYS,
    ItemCard,
    LoadReport,
    applies_in,
    audiences_of,
    canonical_json,
    card_of,
    hash_of,
    is_local,
    nearness,
    needs_applying,
)
from huiqi.services.policy.library.domain.standing import Standing
from huiqi.services.policy.library.domain.words import (
    AUDIENCES,
    BENEFIT_GROUPS,
    BENEFIT_TYPES,
    BENEFIT_UNITS,
    KINDS,
    LEVELS,
    SOURCE_GRADES,
    Audience,
    AudienceWords,
    BenefitGroup,
    GroupWords,
)

__all__ = [
    "AUDIENCES",
    "BENEFIT_GROUPS",
    "BENEFIT_TYPES",
    "BENEFIT_UNITS",
    "CLOSING_SOON_DAYS",
    "KINDS",
    "LEVELS",
    "SOURCE_GRADES",
    "Audience",
    "AudienceWords",
    "BenefitGroup",
    "Change",
    "GroupWords",
    "ItemCard",
    "LoadReport",
    "Standing",
    "Wording",
    "applies_in",
    "audiences_of",
    "canonical_json",
    "card_of",
    "changes_between",
    "hash_of",
    "is_local",
    "nearness",
    "needs_applying",
]
