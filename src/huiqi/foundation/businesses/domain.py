"""How a person's name is masked, alone and inside the name of a shop, and what a credit code looks like."""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum

from huiqi.core.standards.credit_code import ALPHABET, LENGTH

MASK = "*"
_FORM = re.compile(f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{{LENGTH - 8}}}")
# 阿依古丽·买买提: the dot between the parts of a name is written in many ways.
_SEPARATORS = frozenset("·•・‧∙⋅．.　 ")
_JOINER = "\u200d"
# 𬱖 may be spelt out as 亻 beside 力; the operators take two parts, or three.
_COMPOSERS = {**dict.fromkeys(map(chr, range(0x2FF0, 0x2FFC)), 2), "\u2ff2": 3, "\u2ff3": 3}


class Status(StrEnum):
    """What the register says of a business's being; unknown where it is silent."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


def has_code_form(text: str) -> bool:
    """Whether a text is shaped like a credit code; check digits are not looked at."""
    return _FORM.fullmatch(text) is not None


def graphemes(text: str) -> list[str]:
    """What a reader counts as characters: rare ideographs of any plane, with their variation selectors and
    marks, and ideographs described by their parts (⿰亻力) are one each.
    """
    clusters: list[str] = []
    for letter in text:
        is_more = unicodedata.category(letter).startswith("M") or letter == _JOINER
        if clusters and (is_more or clusters[-1].endswith(_JOINER)):
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return list(_with_parts_joined(clusters))


def _with_parts_joined(clusters: list[str]) -> Iterator[str]:
    place = 0
    while place < len(clusters):
        wanted, end = 1, place
        while wanted and end < len(clusters):
            wanted += _COMPOSERS.get(clusters[end], 0) - 1
            end += 1
        yield "".join(clusters[place:end])
        place = end


def mask_name(name: str) -> str:
    """The first character and a star for each other one; separators stay. 刘德 is 刘*, 阿依·买提 阿*·**.

    A name of one character is a star: to show it would be to show all of it.
    """
    parts = graphemes(name.strip())
    if sum(part not in _SEPARATORS for part in parts) <= 1:
        return MASK if parts else ""
    return "".join(part if place == 0 or part in _SEPARATORS else MASK for place, part in enumerate(parts))


def mask_inside(text: str, name: str) -> str:
    """``text`` with the full ``name`` masked wherever it stands in it, however it is written there.

    A name of one character is a surname (王记面馆) and stays.
    """
    wanted = [_key(part) for part in graphemes(name) if part not in _SEPARATORS]
    parts = graphemes(text)
    places = [place for place, part in enumerate(parts) if part not in _SEPARATORS]
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
