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
    been read with this piece, from 0 to 1.
    """

    file: Path
    columns: Mapping[str, pa.Array | Sequence[object]]
    numbers: Sequence[int]
    is_text: bool
    share: float

    @property
    def rows(self) -> int:
        """How many rows."""
        return len(self.numbers)

    def error(self, message: str, row: int | None = None, column: str | None = None) -> BusinessesError:
        """The error of one row of this piece, counted from 0."""
        number = None if row is None else self.numbers[row]
        return BusinessesError(self.file, message, row=number, column=column)


class Table(Protocol):
    """An opened table of businesses."""

    @property
    def names(self) -> tuple[str, ...] | None:
        """The names of all columns, None where only the rows themselves can tell (JSON Lines)."""
        ...

    def pieces(self, wanted: frozenset[str]) -> Iterator[Piece]:
        """The rows in order, with the wanted columns; raises BusinessesError."""
        ...
