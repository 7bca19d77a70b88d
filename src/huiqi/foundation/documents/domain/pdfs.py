"""PDF files: whole, without a password, and nothing in them that runs or carries another file.

Every dictionary of a PDF lies open in the file or in an object stream. Both are searched for the names of
what runs, also where letters of a name are written as #xx; a stream packed in a way few programs use is
refused, for nobody can say what it hides.
"""

import mmap
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from huiqi.foundation.documents.domain.refusals import RefusedError, refuse_unless

MOST_UNPACKED = 64 * 1024 * 1024  # of all object streams of one file
MOST_TIMES = 8  # as much as the file is long may be looked at
_MOST_UNSURE = 4 * 1024 * 1024
_TAIL = 4096
_RUNS = (b"JavaScript", b"Launch", b"RichMedia", b"SubmitForm", b"ImportData", b"Movie", b"Rendition")
_CARRIES = (b"EmbeddedFile", b"EmbeddedFiles", b"GoToE", b"Collection")
_FORM = (b"XFA",)
_RUN_WORDS = "PDF 里有会自动运行的内容（脚本或动作）。请用“打印—另存为 PDF”重新生成一份再上传。"
_CARRY_WORDS = "PDF 里夹带了别的文件。请把附件取出来分别上传，或用“打印—另存为 PDF”重新生成一份。"
_FORM_WORDS = "这是动态表单 PDF（XFA），很多软件打不开。请用“打印—另存为 PDF”重新生成一份再上传。"
_LOCKED_WORDS = "PDF 有密码或加密，我们查不了。请去掉密码，或用“打印—另存为 PDF”重新生成一份再上传。"
_BROKEN_WORDS = "PDF 不完整或已经损坏。请重新导出或打印成 PDF 再上传。"
_NAME = re.compile(rb"/([A-Za-z0-9_.+\-#]{2,80})")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECT_STREAM = re.compile(
    rb"/(?:(?:#4[fF]|O)(?:#62|b)(?:#6[aA]|j)(?:#53|S)(?:#74|t)(?:#6[dD]|m)"
    rb"|(?:#46|F)(?:#69|i)(?:#72|r)(?:#73|s)(?:#74|t))(?![A-Za-z0-9_.+\-#])"
)
_FILTER = re.compile(rb"/(?:Filter|F)\s*(\[[^\]]*\]|/[A-Za-z0-9#]+)")
_STREAM = re.compile(rb"stream\r?\n")
_WORDS = {
    **dict.fromkeys(_RUNS, _RUN_WORDS),
    **dict.fromkeys(_CARRIES, _CARRY_WORDS),
    **dict.fromkeys(_FORM, _FORM_WORDS),
    b"Encrypt": _LOCKED_WORDS,
}
_WANTED = re.compile(rb"/(?:" + b"|".join(sorted(_WORDS, key=len, reverse=True)) + rb")(?![A-Za-z0-9_.+\-#])")


def check_pdf(file: BinaryIO) -> None:
    """RefusedError for a PDF that is cut off, locked, runs something or carries something."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        _check_end(whole)
        _check_names(whole)
        _check_object_streams(whole)


def _check_end(whole: mmap.mmap) -> None:
    """The end mark is the end: what follows it is another file."""
    tail = whole[max(0, len(whole) - _TAIL) :]
    _, mark, behind = tail.rpartition(b"%%EOF")
    refuse_unless(bool(mark) and not behind.strip(b"\0\t\n\x0c\r \x1a"), _BROKEN_WORDS)


def _check_names(text: mmap.mmap | bytes) -> None:
    if found := _WANTED.search(text):
        raise RefusedError(_WORDS[found.group()[1:]])
    for name in _NAME.finditer(text):
        if b"#" in name[1] and (words := _WORDS.get(_ESCAPE.sub(_letter, name[1]))):
            raise RefusedError(words)


def _check_object_streams(whole: mmap.mmap) -> None:
    """A stream of objects is told by its /Type, which readers do not need, and by its /First, which they do;
    an outline has a /First, too, and the stream of the next object behind it is looked into for nothing.
    """
    left, to_look_at = MOST_UNPACKED, MOST_TIMES * len(whole)
    for begin, is_sure in _streams(whole):
        end = whole.find(b"endstream", begin.end())
        to_look_at -= end - begin.end()
        refuse_unless(end > 0 and to_look_at > 0, _BROKEN_WORDS)
        dictionary = whole[max(0, begin.start() - _TAIL) : begin.start()].rpartition(b" obj")[2]
        try:
            most = left if is_sure else min(left, _MOST_UNSURE)
            unpacked = _unpacked(whole[begin.end() : end], dictionary, most)
        except RefusedError:
            if is_sure or left < _MOST_UNSURE:
                raise
            continue
        left -= len(unpacked)
        _check_names(unpacked)


def _streams(whole: mmap.mmap) -> Iterator[tuple[re.Match[bytes], bool]]:
    """Where the streams behind the marks begin, and whether the last mark before one belongs to its object.
    Each byte is gone over once, however many marks there are.
    """
    begin, last = None, 0
    for mark in _OBJECT_STREAM.finditer(whole):
        if begin is not None and mark.end() > begin.start():
            yield begin, whole.find(b"endobj", last, begin.start()) < 0
            begin = None
        if begin is None:
            begin = _STREAM.search(whole, mark.end())
            if begin is None:
                return
        last = mark.end()
    if begin is not None:
        yield begin, whole.find(b"endobj", last, begin.start()) < 0


def _unpacked(body: bytes, dictionary: bytes, most: int) -> bytes:
    filters = re.findall(rb"/([A-Za-z0-9#]+)", b" ".join(_FILTER.findall(dictionary)))
    if not filters:
        return body
    refuse_unless(filters in ([b"FlateDecode"], [b"Fl"]) and b"Predictor" not in dictionary, _LOCKED_WORDS)
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(body, most + 1)
    except zlib.error as failure:
        raise RefusedError(_BROKEN_WORDS) from failure
    refuse_unless(len(unpacked) <= most, "PDF 解开以后大得不正常。请用“打印—另存为 PDF”重新生成一份再上传。")
    return unpacked


def _letter(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])
