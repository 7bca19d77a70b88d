"""How what says who a person is may be shown: enough to know one's own by, too little to use.

What is shown of a person is made unrecognizable where it can be (GB/T 35273-2020, 7.2 个人信息的展示限制).
"""

import re
import unicodedata
from collections.abc import Iterator

MASK = "*"
HIDDEN = "***"
# 阿依古丽·买买提: the dot between the parts of a name is written in many ways.
SEPARATORS = frozenset("·•・‧∙⋅．.　 ")
_JOINER = "\u200d"
# 𬱖 may be spelt out as 亻 beside 力; the operators take two parts, or three.
_COMPOSERS = {**dict.fromkeys(map(chr, range(0x2FF0, 0x2FFC)), 2), "\u2ff2": 3, "\u2ff3": 3}
_MOBILE = re.compile("1[3-9][0-9]{9}")
_COUNTRY = re.compile("(?:00)?86(1[3-9][0-9]{9})")
_IDENTITY = re.compile("([0-9]{3})([0-9]{13}|[0-9]{10})([0-9]{1}[0-9X])")
_ACCOUNT = re.compile("[0-9]{12,30}")


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
    if sum(part not in SEPARATORS for part in parts) <= 1:
        return MASK if parts else ""
    return "".join(part if place == 0 or part in SEPARATORS else MASK for place, part in enumerate(parts))


def mask_phone(number: str) -> str:
    """138****1234 for a mobile number, however it is written; anything else is hidden whole."""
    digits = phone_digits(number)
    return f"{digits[:3]}****{digits[-4:]}" if _MOBILE.fullmatch(digits) else _hidden(number)


def mask_identity(number: str) -> str:
    """The first three and the last two of a 公民身份号码 of 18 or 15."""
    found = _IDENTITY.fullmatch(_without_spaces(number).upper())
    return f"{found[1]}{MASK * len(found[2])}{found[3]}" if found else _hidden(number)


def mask_account(number: str) -> str:
    """The last four of a bank account of twelve digits or more."""
    digits = _without_spaces(number)
    return f"{HIDDEN}{digits[-4:]}" if _ACCOUNT.fullmatch(digits) else _hidden(number)


def mask_text(text: str) -> str:
    """Whether there is something, and nothing else."""
    return _hidden(text)


def phone_digits(number: str) -> str:
    """The digits of a telephone number in any width, without the +86 of a mobile one."""
    digits = "".join(letter for letter in unicodedata.normalize("NFKC", number) if letter in "0123456789")
    found = _COUNTRY.fullmatch(digits)
    return found[1] if found else digits


def _without_spaces(text: str) -> str:
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text))


def _hidden(text: str) -> str:
    return HIDDEN if text else ""
