"""One line of the results. Most of it is the same for everybody, so it is written once, as a form letter:
where it speaks of a visitor's own answers it has blanks, and these alone are filled in for each visitor.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString

from huiqi.services.policy.matching.domain import GROUP_WORDS
from huiqi.services.policy.matching.queries import Match, Reason

MOST_LETTERS = 4_096  # about 2 kB each: a catalogue of some hundred items in all its groups
_OPEN, _SHUT = "\ufdd0", "\ufdd1"  # code points that are no characters (Unicode 23.7): no text holds them
_BLANK = re.compile(f"{_OPEN}([0-9]+){_SHUT}")


def entry_of(match: Match) -> SafeString:
    """The line of a match, its own words escaped."""
    words: list[str] = []
    letter = _letter(_with_blanks(match, words))
    return SafeString(_BLANK.sub(lambda blank: escape(words[int(blank[1])]), letter))


def _with_blanks(match: Match, words: list[str]) -> Match:
    """The match without what it tells of the visitor; that goes to ``words``, by the number of its blank."""

    def blank(text: str) -> str:
        words.append(text)
        return f"{_OPEN}{len(words) - 1}{_SHUT}"

    def blanked(reasons: Iterable[Reason]) -> Iterable[Reason]:
        for each in reasons:
            yield replace(each, value_text=blank(each.value_text), source_text=blank(each.source_text))

    return replace(
        match,
        reasons=tuple(blanked(match.reasons)),
        remedies=tuple(map(blank, match.remedies)),
        met_share=0.0,  # orders the lines and is not shown
    )


@lru_cache(maxsize=MOST_LETTERS)
def _letter(match: Match) -> str:
    return render_to_string("matching/entry.html", {"match": match, "words": GROUP_WORDS[match.group]})
