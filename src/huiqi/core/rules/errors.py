"""The one error of this room: where in the rule it is, and what to do about it."""

import reprlib
from collections.abc import Iterable

_PLAIN = {True: "true", False: "false", None: "空值（null）"}
_LONGEST_INTEGER_BITS = 130


class _Picture(reprlib.Repr):
    """Never follows a tree thousands of levels down, never writes out an integer thousands of digits long."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlevel = 2

    def repr_int(self, x: int, level: int) -> str:  # noqa: ARG002 - the signature of reprlib
        return "（一个极长的整数）" if x.bit_length() > _LONGEST_INTEGER_BITS else repr(x)


_picture = _Picture()


class RuleError(ValueError):
    """A rule or a fact that cannot be read.

    ``path`` leads to the place inside the item (``conditions/all[2]/value``), ``message`` is a Chinese
    sentence that says what is wrong and what would be right. Both can be printed on any terminal.
    """

    def __init__(self, path: str, message: str) -> None:
        self.path = _printable(path)
        self.message = _printable(message)
        super().__init__(f"{self.path}：{self.message}" if path else self.message)


def shown(raw: object, limit: int = 40) -> str:
    """Return a short, single-line picture of a raw value for an error message, whatever the value."""
    if isinstance(raw, str):
        text = f"“{raw[:limit]}”"
    elif isinstance(raw, bool) or raw is None:
        text = _PLAIN[raw]
    else:
        text = _picture.repr(raw)
    text = _printable(text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def named(keys: Iterable[object], most: int = 5) -> str:
    """Return a short list of names for an error message."""
    names = [key if isinstance(key, str) else shown(key) for key in keys]
    return "、".join(name[:40] for name in names[:most]) + (" 等" if len(names) > most else "")


def _printable(text: str) -> str:
    """Return the text without line breaks, control characters and lone surrogates."""
    return "".join(sign if sign.isprintable() else "�" for sign in text)
