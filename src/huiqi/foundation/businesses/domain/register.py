"""How a person's name is masked inside the name of a shop, and what a credit code looks like."""

import re
import unicodedata
from enum import StrEnum

from huiqi.core.standards.credit_code import ALPHABET, LENGTH
from huiqi.core.standards.masks import MASK, SEPARATORS, graphemes

_FORM = re.compile(f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{{LENGTH - 8}}}")


class Status(StrEnum):
    """What the register says of a business's being; unknown where it is silent."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


def has_code_form(text: str) -> bool:
    """Whether a text is shaped like a credit code; check digits are not looked at."""
    return _FORM.fullmatch(text) is not None


def same_name(one: str, other: str) -> bool:
    """Whether two names of businesses differ at most in width and in spaces."""
    return _letters(one) == _letters(other)


def mask_inside(text: str, name: str) -> str:
    """``text`` with the full ``name`` masked wherever it stands in it, however it is written there.

    A name of one character is a surname (王记面馆) and stays.
    """
    wanted = [_key(part) for part in graphemes(name) if part not in SEPARATORS]
    parts = graphemes(text)
    places = [place for place, part in enumerate(parts) if part not in SEPARATORS]
    keys = [_key(parts[place]) for place in places]
    width = len(wanted)
    if width < 2:
        return text
    for start in range(len(keys) - width + 1):
        if keys[start : start + width] == wanted:
            for place in places[start + 1 : start + width]:
                parts[place] = MASK
    return "".join(parts)


def _key(part: str) -> str:
    """Equal for the same character with and without variation selectors, in full and half width."""
    plain = unicodedata.normalize("NFKC", part).casefold()
    return "".join(letter for letter in plain if not unicodedata.name(letter, "").startswith("VARIATION SEL"))


def _letters(text: str) -> str:
    return "".join(_key(part) for part in graphemes(text) if not part.isspace())
