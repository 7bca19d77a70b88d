"""The door for readers: a visitor's answers, and what they match."""

from huiqi.services.policy.matching.domain import Group
from huiqi.services.policy.matching.queries.answers import (
    ANSWERS_COOKIE,
    Answers,
    read_answers,
    seal_answers,
)
from huiqi.services.policy.matching.queries.matches import (
    Match,
    MatchDetail,
    Matches,
    Profile,
    detail_of,
    matches_for,
    profile_of,
)

__all__ = [
    "ANSWERS_COOKIE",
    "Answers",
    "Group",
    "Match",
    "MatchDetail",
    "Matches",
    "Profile",
    "detail_of",
    "matches_for",
    "profile_of",
    "read_answers",
    "seal_answers",
]
