"""What is printed: the kinds of document that are issued, and the content each is made of."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from huiqi.foundation.documents.domain.refusals import RefusedError

LONGEST_TITLE, LONGEST_PARAGRAPH, MOST_PARAGRAPHS, MOST_ROWS = 60, 4000, 200, 500

TEMPLATES: Mapping[str, str] = {"letter": "通知书", "certificate": "证明", "receipt": "回执"}


@dataclass(frozen=True, slots=True)
class PrintContent:
    """Plain text throughout: whatever is written in it is printed as it stands and never carried out.

    ``rows`` are pairs of a name and a value, for a table below the paragraphs.
    """

    title: str
    recipient: str = ""
    paragraphs: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = field(default=())

    def __post_init__(self) -> None:
        for name in ("title", "recipient"):
            object.__setattr__(self, name, printable(getattr(self, name)))
        object.__setattr__(self, "paragraphs", tuple(map(printable, self.paragraphs)))
        object.__setattr__(self, "rows", tuple((printable(a), printable(b)) for a, b in self.rows))
        is_fitting = (
            0 < len(self.title) <= LONGEST_TITLE
            and len(self.recipient) <= LONGEST_TITLE * 2
            and len(self.paragraphs) <= MOST_PARAGRAPHS
            and len(self.rows) <= MOST_ROWS
            and all(len(text) <= LONGEST_PARAGRAPH for text in self.texts)
        )
        if not is_fitting:
            raise RefusedError("内容太长或没有标题，印不成一份文件。请删短一些，写的都还在，没有丢。")

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.paragraphs, *(text for row in self.rows for text in row))


def printable(text: str) -> str:
    """Without what has no shape on paper, or turns the order of the others: controls, directions, halves."""
    lines = text.splitlines() or [""]
    return "\n".join("".join(mark for mark in line if _has_a_shape(mark)) for line in lines).strip()


def _has_a_shape(mark: str) -> bool:
    return mark == "\t" or unicodedata.category(mark) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
