"""Text as words: what an index keeps and what a search asks for are cut by the same knife."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from rjieba import Jieba

LONGEST_WORD = 64
_RUN = re.compile(r"[^\W_]+")
_NOT_LETTERS = re.compile(r"(?<=[a-z])(?=[^a-z0-9])|(?<=[^a-z0-9])(?=[a-z])")


def normal(text: str) -> str:
    """Full-width forms narrowed, capitals lowered, what cannot be seen or stored left out."""
    kept = unicodedata.normalize("NFKC", text).casefold()
    return "".join(mark if mark.isprintable() else " " for mark in kept)


def runs(text: str) -> Iterator[str]:
    """The unbroken runs of letters, digits and characters in a text; Latin letters stand apart."""
    for run in _RUN.findall(normal(text)):
        for part in _NOT_LETTERS.split(run):
            if part.isalnum():
                yield part


class Segmenter:
    """Cuts Chinese into words; ``whole`` are words it must know besides its dictionary."""

    def __init__(self, whole: Iterable[str]) -> None:
        self._jieba = Jieba()
        for word in whole:
            self._jieba.add_word(normal(word), None, None)

    def kept(self, text: str) -> Counter[str]:
        """What an index keeps: every dictionary word anywhere in the text, overlapping ones too, so that a
        word found alone is found again inside a longer one; with how often.
        """
        counted: Counter[str] = Counter()
        for run in runs(text):
            every = [word for word in self._jieba.cut_all(run) if word.isalnum()]
            counted.update(every)
            counted.update(set(self._jieba.cut(run)) - set(every))
        return Counter({word: count for word, count in counted.items() if 0 < len(word) <= LONGEST_WORD})

    def asked(self, run: str) -> list[str]:
        """The words of one run of a search, side by side."""
        return [word for word in self._jieba.cut(run) if word.isalnum()]

    def parts(self, word: str) -> list[str]:
        """The shorter words of two characters and more inside a word."""
        return [part for part in self._jieba.cut_all(word) if 2 <= len(part) < len(word)]
