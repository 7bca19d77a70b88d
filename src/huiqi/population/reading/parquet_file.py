"""Parquet, streamed: never more than a row group's pages and one piece in memory."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from huiqi.population.reading.errors import BusinessesError
from huiqi.population.reading.pieces import PIECE_ROWS, Piece


class ParquetTable:
    """A Parquet file of businesses."""

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            self._schema: pa.Schema = parquet.read_schema(file)
        except pa.ArrowInvalid:
            message = "不是完整的 Parquet 文件。请重新导出，或改用 CSV"
            raise BusinessesError(file, message) from None
        self.names: tuple[str, ...] = tuple(self._schema.names)

    def pieces(self, wanted: frozenset[str]) -> Iterator[Piece]:
        """The rows in order; columns of text come with their dictionaries."""
        columns = [name for name in self.names if name in wanted]
        text = [name for name in columns if _is_text(self._schema.field(name).type)]
        with parquet.ParquetFile(self.file, read_dictionary=text, pre_buffer=True) as table:
            total, read = table.metadata.num_rows, 0
            for batch in table.iter_batches(batch_size=PIECE_ROWS, columns=columns):
                arrays = dict(zip(batch.schema.names, batch.columns, strict=True))
                numbers = range(read + 1, read + batch.num_rows + 1)
                read += batch.num_rows
                yield Piece(self.file, arrays, numbers, is_text=False, share=read / total)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
