"""What a kind of notice says, and to whom it may be left unsaid."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

LONGEST_TITLE, LONGEST_BODY, LONGEST_SMS = 60, 1000, 67  # 67 characters fit one short message with its head
EVERYONE = "everyone"
_BLANK = re.compile(r"\{([a-z_]+)\}")
# A number as long as a telephone's, an account's or an identity card's has no place in a short message.
_LONG_NUMBER = re.compile(r"\d{11}")


class NoticeError(ValueError):
    """A notice that cannot be made: a mistake of the room that wants it."""


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One kind of notice, as its room declares it (``notice_kinds`` of the AppConfig).

    ``title``, ``body`` and ``sms`` are plain Chinese with {blanks}; a kind without ``sms`` never goes to a
    telephone. An urgent one goes out at night and in no digest. ``switched_off_by`` names the roles that may
    switch it off outside the site (``everyone`` for all); where it is empty nobody may, and the telephone is
    told whatever is chosen.
    """

    name: str
    words: str
    title: str
    body: str
    sms: str = ""
    is_urgent: bool = False
    goes_by_mail: bool = True
    switched_off_by: tuple[str, ...] = ()

    def may_be_switched_off_by(self, role: str) -> bool:
        return EVERYONE in self.switched_off_by or role in self.switched_off_by


@dataclass(frozen=True, slots=True)
class Words:
    """What a notice says: in the site and by mail, and in a short message (empty for none)."""

    title: str
    body: str
    sms: str


def read_notice_kind(name: str, declared: Mapping[str, object]) -> NoticeKind:
    """A kind from what its room wrote; NoticeError for parts that are missing or unknown."""
    unknown = set(declared) - {each.name for each in fields(NoticeKind)}
    if unknown or not {"words", "title", "body"} <= set(declared):
        raise NoticeError(f"the kind {name} is declared wrongly: {sorted(unknown) or 'parts missing'}")
    return NoticeKind(name=name, **declared)  # type: ignore[arg-type] # what it says shows when it is used


def words_of(kind: NoticeKind, context: Mapping[str, object]) -> Words:
    """The exact words. NoticeError for a blank nobody fills, for what is too long, and for a short message
    that would carry a number by which somebody can be reached or known.
    """
    words = Words(_filled(kind.title, context), _filled(kind.body, context), _filled(kind.sms, context))
    longest = ((words.title, LONGEST_TITLE), (words.body, LONGEST_BODY), (words.sms, LONGEST_SMS))
    for text, most in longest:
        if len(text) > most:
            raise NoticeError(f"{kind.name} says {len(text)} characters where {most} fit")
    if any(len(text.splitlines()) > 1 for text in (words.title, words.sms)):
        raise NoticeError(f"{kind.name} says a title or a short message in more than one line")
    if _LONG_NUMBER.search(words.sms):
        raise NoticeError(f"{kind.name} would put a long number into a short message")
    return words


def _filled(template: str, context: Mapping[str, object]) -> str:
    missing = sorted(set(_BLANK.findall(template)) - set(context))
    if missing:
        raise NoticeError(f"nobody fills {', '.join(missing)}")
    return _BLANK.sub(lambda blank: str(context[blank[1]]), template)
