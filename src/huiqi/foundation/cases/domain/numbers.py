"""Case numbers: year, kind, sequence and two check digits that find a slip of the pen."""

import re

from huiqi.core.standards.check_pairs import check_pair, is_checked

_NUMBER = re.compile(r"[0-9]{4}-[A-Z]{2}-[0-9]{6,8}-[0-9]{2}")
_DASHES = str.maketrans("－—–−‐", "-----")
LONGEST_NUMBER = 24


def case_number(year: int, code: str, sequence: int) -> str:
    """2026-BC-000123-47"""
    body = f"{year:04}-{code}-{sequence:06}"
    return f"{body}-{check_pair(body)}"


def read_number(text: str) -> str | None:
    """The number in its one form; None where it is none, or a slip of the pen."""
    found = text.strip().translate(_DASHES).upper()
    return found if _NUMBER.fullmatch(found) and is_checked(found) else None
