"""Parquet, streamed: never more than a row group's pages and one piece in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from huiqi.population.reading.errors import BusinessesError
from huiqi.population.reading.pieces import PIECE_ROWS, Piece

NOT_WHOLE = "不是完整的 Parquet 文件。请重新导出，或改用 CSV"
WORDING = {
    "的样子，并加引号": "的样子，或存成日期",
    "（不加引号）": "，不要存成文字或数字",
    "，不加引号": "，不要存成文字",
    "，并加引号": "，并存成文字",
    "请写成列表；": "请写成列表，每项是文字；",
    "不知道就整项删去": "不知道就留空",
}


class ParquetTable:
    """A Parquet file of businesses."""

    def __init__(self, file: Path) -> None:
        self.file = file
        with self._told():
            self._schema: pa.Schema = parquet.read_schema(file)
        self.names: tuple[str, ...] = tuple(self._schema.names)

    def pieces(self, wanted: frozenset[str]) -> Iterator[Piece]:
        """The rows in order; columns of text come with their dictionaries."""
        columns = [name for name in self.names if name in wanted]
        text = [name for name in columns if _is_text(self._schema.field(name).type)]
        with self._told(), parquet.ParquetFile(self.file, read_dictionary=text, pre_buffer=True) as table:
            total, read = table.metadata.num_rows, 0
            for batch in table.iter_batches(batch_size=PIECE_ROWS, columns=columns):
                arrays = dict(zip(batch.schema.names, batch.columns, strict=True))
                numbers = range(read + 1, read + batch.num_rows + 1)
                read += batch.num_rows
                yield Piece(self.file, arrays, numbers, False, read / total, WORDING)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (pa.ArrowException, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise  # the system's own fault, not the file's
            raise BusinessesError(self.file, NOT_WHOLE) from None


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
