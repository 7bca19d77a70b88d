"""CSV, streamed; every cell is text until its fact is known. UTF-8 only, with or without its mark."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from pyarrow import csv as arrow_csv

from huiqi.population.reading.errors import BusinessesError, wrong_encoding
from huiqi.population.reading.pieces import Piece

PIECE_BYTES = 8 << 20
HEAD_BYTES = 1 << 16
SAVE_AS = "“CSV UTF-8”"
WORDING = {
    "（不加引号）": "，或写 是、否",
    "，不加引号": "",
    "，并加引号": "",
    "请写成列表；": "请写成列表，各项用分号隔开；",
    "不知道就整项删去": "不知道就留空",
}


class CsvTable:
    """A CSV file of businesses; its first line names the columns."""

    def __init__(self, file: Path) -> None:
        self.file = file
        head = self._head()
        # Lines may end in \n, \r\n or \r alone, as old tables of the Macintosh do.
        self.names = tuple(next(csv.reader(io.StringIO(head, newline="")), []))
        is_one_line = "\n" not in head.strip() and "\r" not in head.strip()
        self._is_header_only = is_one_line and file.stat().st_size <= HEAD_BYTES

    def _head(self) -> str:
        with self.file.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
        if b"\x00" in head:
            raise wrong_encoding(self.file, head, save_as=SAVE_AS)
        try:
            # The last character may be cut in two, hence not final.
            text = codecs.getincrementaldecoder("utf-8-sig")().decode(head, final=False)
        except UnicodeDecodeError:
            raise wrong_encoding(self.file, head, save_as=SAVE_AS) from None
        if not text.strip():
            raise BusinessesError(self.file, "文件是空的。第一行应是列名，以下一行一家经营主体")
        return text

    def pieces(self, wanted: frozenset[str]) -> Iterator[Piece]:
        """The rows in order; an empty cell is null."""
        if self._is_header_only:  # Arrow tells a header without a line end from one with it; nobody else does
            return
        faults: list[arrow_csv.InvalidRow] = []

        def keep(fault: arrow_csv.InvalidRow) -> str:
            faults.append(fault)
            return "error"

        first_row = 2
        size = self.file.stat().st_size
        try:
            with self.file.open("rb") as stream, self._open(stream, wanted, keep) as reader:
                for batch in reader:
                    arrays = dict(zip(batch.schema.names, batch.columns, strict=True))
                    numbers = range(first_row, first_row + batch.num_rows)
                    yield Piece(self.file, arrays, numbers, True, stream.tell() / size, WORDING)
                    first_row += batch.num_rows
        except pa.ArrowInvalid as error:
            raise self._explained(error, faults) from None

    def _open(self, stream: object, wanted: frozenset[str], keep: object) -> arrow_csv.CSVStreamingReader:
        return arrow_csv.open_csv(
            stream,
            # One thread, so that a broken row can be named by its number.
            read_options=arrow_csv.ReadOptions(block_size=PIECE_BYTES, use_threads=False),
            parse_options=arrow_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=keep),
            convert_options=arrow_csv.ConvertOptions(
                column_types={name: pa.string() for name in self.names},
                include_columns=[name for name in self.names if name in wanted],
                null_values=[""],
                strings_can_be_null=True,
            ),
        )

    def _explained(self, error: pa.ArrowInvalid, faults: list[arrow_csv.InvalidRow]) -> BusinessesError:
        if faults:
            fault = faults[0]
            message = (
                f"应有 {fault.expected_columns} 格，这一行有 {fault.actual_columns} 格。"
                "请检查有没有多余的逗号或没有成对的引号"
            )
            return BusinessesError(self.file, message, row=fault.number)
        if "UTF8" in str(error):
            return wrong_encoding(self.file, b"", save_as=SAVE_AS)
        return BusinessesError(self.file, "不是完整的 CSV 文件。请检查有没有不成对的引号，或重新导出")
