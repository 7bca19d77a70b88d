"""The door for readers: kinds, previews, what is in somebody's list, and what they chose."""

from huiqi.foundation.notices.domain import CHANNEL_WORDS, MAIL_WORDS, Channel, MailMode, NoticeKind, Words
from huiqi.foundation.notices.queries.choosing import OwnChoices, SwitchableKind, choices_of, own_choices
from huiqi.foundation.notices.queries.kinds import notice_kinds, offered_channels
from huiqi.foundation.notices.queries.letters import LetterPage, ShownLetter, letters_of, unread_count
from huiqi.foundation.notices.queries.previewing import Preview, ToldPerson, preview, who_was_told

__all__ = [
    "CHANNEL_WORDS",
    "MAIL_WORDS",
    "Channel",
    "LetterPage",
    "MailMode",
    "NoticeKind",
    "OwnChoices",
    "Preview",
    "ShownLetter",
    "SwitchableKind",
    "ToldPerson",
    "Words",
    "choices_of",
    "letters_of",
    "notice_kinds",
    "offered_channels",
    "own_choices",
    "preview",
    "unread_count",
    "who_was_told",
]
