"""A piece of a table as it was read, before its cells have a meaning."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from huiqi.population.reading.errors import BusinessesError

PIECE_ROWS = 65_536


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Some rows of a table: Arrow arrays, or lists of Python values, one entry a row.

    ``numbers`` are the numbers of the rows as a person counts them; ``is_text`` says that every cell is text
    (CSV) and numbers, days and sets still have to be read from it. ``share`` is how much of the file has
    been read with this piece, from 0 to 1. ``wording`` turns what a fact advises into what it means in this
    kind of file: quotes around a value are a matter of rule files and of JSON.
    """

    file: Path
    columns: Mapping[str, pa.Array | Sequence[object]]
    numbers: Sequence[int]
    is_text: bool
    share: float
    wording: Mapping[str, str]

    @property
    def rows(self) -> int:
        """How many rows."""
        return len(self.numbers)

    def error(self, message: str, row: int | None = None, column: str | None = None) -> BusinessesError:
        """The error of one row of this piece, counted from 0."""
        number = None if row is None else self.numbers[row]
        return BusinessesError(self.file, message, row=number, column=column)

    def cell_error(self, message: str, row: int | None, column: str) -> BusinessesError:
        """The error of what a fact says of a cell, in the words of this kind of file."""
        for phrase, meant in self.wording.items():
            message = message.replace(phrase, meant)
        return self.error(message, row, column)


class Table(Protocol):
    """An opened table of businesses."""

    @property
    def names(self) -> tuple[str, ...] | None:
        """The names of all columns, None where only the rows themselves can tell (JSON Lines)."""
        ...

    def pieces(self, wanted: frozenset[str]) -> Iterator[Piece]:
        """The rows in order, with the wanted columns; raises BusinessesError."""
        ...
