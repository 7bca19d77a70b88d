"""The one error of reading: which file, which row, which column, and what to do."""

from pathlib import Path

from huiqi.core.rules.errors import RuleError


class BusinessesError(RuleError):
    """A table of businesses that cannot be read. Nothing has been written.

    ``row`` counts as a person sees the file: lines of CSV (the header is line 1) and JSON Lines, rows of
    Parquet from 1.
    """

    def __init__(
        self, file: Path, message: str, *, row: int | None = None, column: str | None = None
    ) -> None:
        place = [str(file)]
        place += [f"第 {row} 行"] if row is not None else []
        place += [f"{column} 列"] if column is not None else []
        super().__init__(" ".join(place), message)
        self.file, self.row, self.column = file, row, column
