"""The door for readers: a visitor's answers, and what they match."""

from huiqi.services.policy.matching.domain import GROUP_WORDS, Group, GroupWords
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
    size_standard,
    tally_of,
)
from huiqi.services.policy.matching.queries.questionnaire import (
    LIST_SCREEN,
    TickScreen,
    next_question,
    question_text,
    screen_of,
    tick_lists,
    tick_screen,
)
from huiqi.services.policy.matching.queries.standings import standings_for, standings_of

__all__ = [
    "ANSWERS_COOKIE",
    "GROUP_WORDS",
    "LIST_SCREEN",
    "Answers",
    "Group",
    "GroupWords",
    "Match",
    "MatchDetail",
    "Matches",
    "Profile",
    "TickScreen",
    "detail_of",
    "matches_for",
    "next_question",
    "profile_of",
    "question_text",
    "read_answers",
    "screen_of",
    "seal_answers",
    "size_standard",
    "standings_for",
    "standings_of",
    "tally_of",
    "tick_lists",
    "tick_screen",
]
