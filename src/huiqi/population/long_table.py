"""The result as one long Parquet table ``business_id, item_id, verdict``: a row a pair.

Rows stand business by business in the order of the input, and within a business in the order of the items,
so one business's answers lie together and the three columns shrink to a few bits a row. The file appears
under its name only when it is complete.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import parquet

from huiqi.population.reading.errors import BusinessesError, reason_of
from huiqi.population.verdicts import VERDICTS, VerdictBlock

GROUP_PAIRS = 1 << 20

_WORDS = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema([pa.field(name, _WORDS, nullable=False) for name in ("business_id", "item_id", "verdict")])


class LongTable:
    """Writes verdict blocks; used as a context, which either leaves the whole table or no trace.

    Raises BusinessesError where the file cannot be written.
    """

    def __init__(self, out: Path, item_ids: Sequence[str]) -> None:
        self._out = out
        self._part = out.with_name(f".{out.name}.{os.getpid()}.part")
        self._items = pa.array(item_ids, pa.string())
        self._verdicts = pa.array([str(verdict) for verdict in VERDICTS], pa.string())
        self._shape = (0, 0)  # of the last group; all but the last group of a run are alike
        self._places: tuple[NDArray[np.int32], NDArray[np.int32]]

    def __enter__(self) -> Self:
        with self._told():
            self._writer = parquet.ParquetWriter(
                self._part,
                SCHEMA,
                compression="zstd",
                store_schema=False,
                write_statistics=False,  # they would cost as much as all the rest of writing
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            with self._told():
                self._writer.close()
                if kind is None:
                    self._part.replace(self._out)
        finally:
            self._part.unlink(missing_ok=True)

    def write(self, block: VerdictBlock) -> None:
        """Append all pairs of a block."""
        step = max(1, GROUP_PAIRS // max(1, len(self._items)))
        codes = np.ascontiguousarray(block.codes().T)
        with self._told():
            for first in range(0, block.rows, step):
                self._write_group(block.ids[first : first + step], codes[first : first + step])

    def _write_group(self, ids: pa.Array, codes: NDArray[np.uint8]) -> None:
        if codes.shape != self._shape:
            rows, items = self._shape = codes.shape
            self._places = (
                np.repeat(np.arange(rows, dtype=np.int32), items),
                np.tile(np.arange(items, dtype=np.int32), rows),
            )
        places = (*self._places, codes.reshape(-1).astype(np.int32))
        words = (ids, self._items, self._verdicts)
        arrays = [
            pa.DictionaryArray.from_arrays(*column, safe=False) for column in zip(places, words, strict=True)
        ]
        table = pa.Table.from_arrays(arrays, schema=SCHEMA)
        self._writer.write_table(table, row_group_size=max(1, table.num_rows))

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            message = f"结果写不进去（{reason_of(error)}）。请检查文件夹、权限和磁盘空间"
            raise BusinessesError(self._out, message) from None
