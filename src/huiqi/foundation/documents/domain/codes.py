"""The check code on an issued PDF: short, to be read aloud and typed, and never guessed."""

import re

# Without 0 O, 1 I L, 2 Z, 5 S, 8 B, U V: what looks or sounds alike.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"  # pragma: allowlist secret
LENGTH = 12
NUMBER_FORM = re.compile(r"[\w〔〕()（）\-·]{3,60}")
_BETWEEN = re.compile(r"[\s\-–—]+")


def code_from(chance: bytes) -> str:
    """A code from at least twice LENGTH random bytes: 23¹² ≈ 2·10¹⁶ of them."""
    if len(chance) < 2 * LENGTH:
        raise ValueError(f"{2 * LENGTH} random bytes are wanted")
    number = int.from_bytes(chance, "big")
    letters = []
    for _ in range(LENGTH):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def in_groups(code: str) -> str:
    """As it is printed: ACDE-F346-79HJ"""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def spellings(text: str) -> tuple[str, ...]:
    """The numbers somebody may mean who typed this: without spaces, and with the brackets few phones have."""
    typed = "".join(text.split())
    official = re.sub(r"[\[【（(［]", "〔", re.sub(r"[\]】）)］]", "〕", typed))
    return tuple(each for each in dict.fromkeys((typed, official)) if NUMBER_FORM.fullmatch(each))


def typed_code(text: str) -> str:
    """What somebody typed, as it is kept: without spaces and dashes, in capitals, half width."""
    narrow = text.translate({mark: mark - 0xFEE0 for mark in range(0xFF01, 0xFF5F)})
    return _BETWEEN.sub("", narrow).upper()
