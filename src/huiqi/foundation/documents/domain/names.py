"""The name a file is shown by. It is never part of a path: files lie under names of our own."""

import re
import unicodedata

LONGEST_SHOWN = 80
UNNAMED = "未命名"
_SEPARATORS = re.compile(r"[/\\]")
_SPACES = re.compile(r"\s+")
_FORBIDDEN = re.compile(r'[<>:"|?*\ufffd]+')  # what Windows refuses, and what was no UTF-8
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")


def shown_name(sent: str, ending: str) -> str:
    """The sent name without folders, control and direction characters, at most LONGEST_SHOWN characters, and
    with the ending of what the file really is.
    """
    stem = _SEPARATORS.split(sent)[-1]
    stem = "".join(mark if _is_plain(mark) else " " for mark in unicodedata.normalize("NFC", stem))
    stem = _SPACES.sub(" ", _FORBIDDEN.sub("_", stem)).strip(" .")
    while cut := _ENDING.search(stem):
        stem = stem[: cut.start()].rstrip(" .")
    if not stem.strip(" ._"):
        stem = UNNAMED
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return stem[: LONGEST_SHOWN - len(ending)].rstrip(" .") + ending


def _is_plain(mark: str) -> bool:
    """Neither control (Cc), nor invisible (Cf: zero width, right to left), nor half a character (Cs)."""
    return unicodedata.category(mark) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
