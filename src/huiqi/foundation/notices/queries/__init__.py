"""The door for readers: kinds, previews, what is in somebody's list, and what they chose."""

from huiqi.foundation.notices.domain import CHANNEL_WORDS, MAIL_WORDS, Channel, MailMode, NoticeKind, Words
from huiqi.foundation.notices.queries.announced import (
    Announced,
    AnnouncedPage,
    Delivery,
    announced,
    announced_by,
    deliveries_of,
    told_outside,
)
from huiqi.foundation.notices.queries.audiences import Audience, audiences_for, people_of, register_audience
from huiqi.foundation.notices.queries.choosing import OwnChoices, SwitchableKind, choices_of, own_choices
from huiqi.foundation.notices.queries.kinds import notice_kinds, offered_channels
from huiqi.foundation.notices.queries.letters import LetterPage, ShownLetter, letters_of, unread_count
from huiqi.foundation.notices.queries.previewing import Preview, ToldPerson, preview, who_was_told

__all__ = [
    "CHANNEL_WORDS",
    "MAIL_WORDS",
    "Announced",
    "AnnouncedPage",
    "Audience",
    "Channel",
    "Delivery",
    "LetterPage",
    "MailMode",
    "NoticeKind",
    "OwnChoices",
    "Preview",
    "ShownLetter",
    "SwitchableKind",
    "ToldPerson",
    "Words",
    "announced",
    "announced_by",
    "audiences_for",
    "choices_of",
    "deliveries_of",
    "letters_of",
    "notice_kinds",
    "offered_channels",
    "own_choices",
    "people_of",
    "preview",
    "register_audience",
    "told_outside",
    "unread_count",
    "who_was_told",
]
