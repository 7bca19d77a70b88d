"""JSON Lines: one object a line, read as strictly as the catalogue itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from huiqi.catalogue.plain_json import parse_json
from huiqi.catalogue.problems import NotPlainError
from huiqi.population.reading.errors import BusinessesError, wrong_encoding
from huiqi.population.reading.pieces import PIECE_ROWS, Piece

DEEPEST = 4
LINE_LIMIT = 1 << 20
SAVE_AS = " UTF-8"


class JsonLinesTable:
    """A JSON Lines file of businesses. Its columns are known only when all of it has been read."""

    names = None

    def __init__(self, file: Path) -> None:
        self.file = file
        file.open("rb").close()  # a file that may not be read is told now, as of the other kinds

    def pieces(self, wanted: frozenset[str]) -> Iterator[Piece]:  # noqa: ARG002 - rows come whole
        """The rows in order with all their columns; a key a row does not have is None."""
        size = max(self.file.stat().st_size, 1)
        with self.file.open("rb") as stream:
            rows: list[dict[str, Any]] = []
            numbers: list[int] = []
            for number, line in enumerate(iter(lambda: stream.readline(LINE_LIMIT), b""), 1):
                if line.strip():
                    rows.append(self._row(line, number))
                    numbers.append(number)
                if len(rows) == PIECE_ROWS:
                    yield self._piece(rows, numbers, stream.tell() / size)
                    rows, numbers = [], []
            if rows:
                yield self._piece(rows, numbers, 1.0)

    def _piece(self, rows: list[dict[str, Any]], numbers: list[int], share: float) -> Piece:
        names = dict.fromkeys(name for row in rows for name in row)
        columns = {name: [row.get(name) for row in rows] for name in names}
        return Piece(self.file, columns, numbers, False, share, wording={})

    def _row(self, line: bytes, number: int) -> dict[str, Any]:
        if len(line) == LINE_LIMIT:
            raise BusinessesError(self.file, "这一行太长（超过 1 MB）。请一行只写一家经营主体", row=number)
        if b"\x00" in line:
            raise wrong_encoding(self.file, line, save_as=SAVE_AS, row=number)
        try:
            row = parse_json(line.decode("utf-8-sig" if number == 1 else "utf-8"), DEEPEST)
        except UnicodeDecodeError:
            raise wrong_encoding(self.file, line, save_as=SAVE_AS, row=number) from None
        except NotPlainError as fault:
            raise BusinessesError(self.file, fault.message, row=number) from None
        if not isinstance(row, dict):
            raise BusinessesError(self.file, "每行应是一个 {…} 对象，写一家经营主体", row=number)
        return row
