"""The one error of reading: which file, which row, which column, and what to do."""

import errno
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


_REASONS = {
    errno.ENOENT: "文件夹不存在",
    errno.ENOTDIR: "路径中间有一段是文件，不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘限额用完了",
    errno.ENAMETOOLONG: "文件名太长",
}


def reason_of(error: OSError) -> str:
    """Why the system would not read or write, in Chinese; the system itself says it in English."""
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")


def wrong_encoding(file: Path, sample: bytes, *, save_as: str, row: int | None = None) -> BusinessesError:
    """The error of bytes that are no UTF-8 text: only UTF-16, or no text at all, holds zero bytes."""
    if b"\x00" in sample:
        message = f"文件是 UTF-16 编码（或不是文本文件）。请另存为{save_as}"
    else:
        message = f"文件不是 UTF-8 编码（可能是 GBK/GB18030）。请另存为{save_as}"
    return BusinessesError(file, message, row=row)
