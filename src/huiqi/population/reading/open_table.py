"""Opens a table of businesses by the ending of its name."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from huiqi.population.reading.csv_file import CsvTable
from huiqi.population.reading.errors import BusinessesError, reason_of
from huiqi.population.reading.jsonl_file import JsonLinesTable
from huiqi.population.reading.parquet_file import ParquetTable
from huiqi.population.reading.pieces import Table

_READERS: dict[str, Callable[[Path], Table]] = {
    ".parquet": ParquetTable,
    ".csv": CsvTable,
    ".jsonl": JsonLinesTable,
    ".ndjson": JsonLinesTable,
}


def open_table(file: Path) -> Table:
    """Open a Parquet, CSV or JSON Lines file; raises BusinessesError."""
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        raise BusinessesError(file, "看不出是什么文件。请用 .parquet、.csv 或 .jsonl 结尾的文件")
    if not file.is_file():
        raise BusinessesError(file, "没有这个文件。请检查文件名和路径")
    try:
        table = reader(file)
    except OSError as error:
        raise BusinessesError(file, f"文件读不出来（{reason_of(error)}）。请检查权限和磁盘") from None
    for name, times in Counter(table.names or ()).items():
        if times > 1:
            message = "这一列出现了不止一次，不知道以哪一列为准。请只留一列"
            raise BusinessesError(file, message, column=name)
    return table
