"""The door for readers: a visitor's answers, and what they match."""

from huiqi.services.policy.matching.domain import GROUP_WORDS, Group, GroupWords
from huiqi.services.policy.matching.queries.answers import (
    ANSWERS_COOKIE,
    Answers,
    Registered,
    read_answers,
    seal_answers,
)
from huiqi.services.policy.matching.queries.matches import (
    Match,
    MatchDetail,
    Matches,
    Profile,
    Reason,
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
from huiqi.services.policy.matching.queries.registrations import Shop, facts_of, shop_of
from huiqi.services.policy.matching.queries.sheets import answers_for
from huiqi.services.policy.matching.queries.standings import standings_for, standings_of
from huiqi.services.policy.matching.queries.trades import FinerTrades, finer_trades

__all__ = [
    "ANSWERS_COOKIE",
    "GROUP_WORDS",
    "LIST_SCREEN",
    "Answers",
    "FinerTrades",
    "Group",
    "GroupWords",
    "Match",
    "MatchDetail",
    "Matches",
    "Profile",
    "Reason",
    "Registered",
    "Shop",
    "TickScreen",
    "answers_for",
    "detail_of",
    "facts_of",
    "finer_trades",
    "matches_for",
    "next_question",
    "profile_of",
    "question_text",
    "read_answers",
    "screen_of",
    "seal_answers",
    "shop_of",
    "size_standard",
    "standings_for",
    "standings_of",
    "tally_of",
    "tick_lists",
    "tick_screen",
]
