"""Reads text that came from outside into plain values, and refuses everything ambiguous.

Plain values are dict, list, str, int, float, bool and None. The readers below give no second meaning to
anything: no YAML anchors, aliases, tags or timestamps, no duplicate keys, no NaN or infinity, bounded size
and depth. Every refusal is a :class:`CatalogueError` with one sentence that says what to do.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from huiqi.catalogue.plain_json import parse_json
from huiqi.catalogue.plain_yaml import parse_yaml
from huiqi.catalogue.problems import CatalogueError, NotPlainError

MEGABYTE = 1_000_000
ITEM_LIMIT = MEGABYTE  # one item and its cases; the longest shipped one is a few dozen kilobytes
FILE_LIMIT = 16 * MEGABYTE  # a whole library in one file; the given one is a quarter of a megabyte
DEPTH_LIMIT = 64

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(file: Path, limit: int = FILE_LIMIT) -> str:
    """The UTF-8 text of ``file`` (a byte order mark is dropped), at most ``limit`` bytes of it allowed."""
    try:
        with file.open("rb") as stream:
            data = stream.read(limit + 1)
            size = max(len(data), file.stat().st_size)
    except FileNotFoundError:
        raise CatalogueError.single(str(file), "", "没有这个文件。请检查文件名和路径") from None
    except IsADirectoryError:
        raise CatalogueError.single(str(file), "", "这是一个文件夹，这里需要一个文件") from None
    except OSError as error:
        raise CatalogueError.single(
            str(file), "", f"文件读不出来（{error.strerror}）。请检查权限和磁盘"
        ) from None
    if size > limit:
        raise CatalogueError.single(
            str(file),
            "",
            f"文件有 {size / MEGABYTE:.1f} MB，超过 {limit / MEGABYTE:.0f} MB 的上限。请拆成几个小文件再导入",
        )
    return _decode(str(file), data)


def _decode(file: str, data: bytes) -> str:
    # NUL never occurs in proper text; in UTF-16 every Latin letter carries one.
    if data.startswith(_UTF16_MARKS) or b"\x00" in data[:4096]:
        raise CatalogueError.single(file, "", "文件是 UTF-16 编码（或不是文本文件）。请另存为 UTF-8 再导入")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = data.count(b"\n", 0, error.start) + 1
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        raise CatalogueError.single(
            file, "", f"第 {place} 行有不是 UTF-8 的内容。请另存为 UTF-8 再导入"
        ) from None
    raise CatalogueError.single(file, "", "文件是 GB18030（GBK）编码。请另存为 UTF-8 再导入")


def read_yaml(file: Path, limit: int = ITEM_LIMIT) -> Any:
    """The one document of a YAML file as plain values."""
    try:
        return parse_yaml(read_text(file, limit), depth_limit=DEPTH_LIMIT)
    except NotPlainError as fault:
        raise CatalogueError.single(f"{file}:{fault.line}", fault.path, fault.message) from None


def read_json(file: Path, limit: int = FILE_LIMIT) -> Any:
    """The one value of a JSON file."""
    try:
        return parse_json(read_text(file, limit), depth_limit=DEPTH_LIMIT)
    except NotPlainError as fault:
        raise CatalogueError.single(f"{file}:{fault.line}", fault.path, fault.message) from None


def json_lines(file: Path, limit: int = FILE_LIMIT) -> Iterator[tuple[str, str]]:
    """The non-empty lines of a JSON Lines file, each with its place ``file:line``."""
    # Only "\n" ends a line: str.splitlines would also cut at separators that JSON allows inside strings.
    for number, line in enumerate(read_text(file, limit).split("\n"), 1):
        if line.strip():
            yield f"{file}:{number}", line


def read_json_line(line: str, place: str) -> Any:
    """The value of one line of a JSON Lines file."""
    try:
        return parse_json(line, depth_limit=DEPTH_LIMIT)
    except NotPlainError as fault:
        raise CatalogueError.single(place, fault.path, fault.message) from None
