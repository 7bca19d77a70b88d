"""What must hold of a zip before anything in it is read: Word, Excel and OFD files are zips."""

import io
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from huiqi.foundation.documents.domain.refusals import RefusedError, refuse_unless

MOST_MEMBERS = 3000
MOST_BYTES = 200 * 1024 * 1024  # of everything unpacked
MOST_XML = 64 * 1024 * 1024  # of one part that is held in memory
MOST_RATIO = 200
RATIO_FROM = 4 * 1024 * 1024
LONGEST_MEMBER_NAME = 240
_PIECE = 64 * 1024
_END = b"PK\x05\x06"
_END_BYTES = 22
_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_NESTED = (
    b"PK\x03\x04",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b\x08",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"MZ\x90",
    b"\x7fELF",
)
# What zipfile raises over a file that is no sound zip; NotImplementedError is its word for a way of packing
# it does not know, RuntimeError for a password.
_UNREADABLE = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)
_BROKEN = "文件不完整或已经损坏。请用 WPS 或 Office 打开它，确认正常后另存一份再上传。"
_BOMB = "文件解开以后大得不正常。请另存一份，或打印成 PDF 再上传。"


def open_archive(file: BinaryIO) -> zipfile.ZipFile:
    """The zip, once its frame is found to be sound; RefusedError otherwise."""
    _check_frame(file)
    try:
        archive = zipfile.ZipFile(file)
    except _UNREADABLE as failure:
        raise RefusedError(_BROKEN) from failure
    members = archive.infolist()
    refuse_unless(0 < len(members) <= MOST_MEMBERS, _BOMB)
    refuse_unless(sum(member.file_size for member in members) <= MOST_BYTES, _BOMB)
    names = [member.filename.casefold() for member in members]
    refuse_unless(len(set(names)) == len(names), "文件里有重名的部分，不正常。请另存一份再上传。")
    for member in members:
        _check_member(member)
    return archive


def read_members(archive: zipfile.ZipFile, kept: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Unpack every member, measuring as it goes, and yield those whose names end with one of ``kept``.

    Sizes in the directory are claims; what comes out is counted. Only kept members are held in memory.
    """
    left = MOST_BYTES
    for member in archive.infolist():
        if member.is_dir():
            continue
        is_kept = member.filename.casefold().endswith(kept)
        whole = io.BytesIO()
        try:
            for piece in _pieces(archive, member):
                left -= len(piece)
                refuse_unless(left >= 0, _BOMB)
                if is_kept:
                    whole.write(piece)
                    refuse_unless(whole.tell() <= MOST_XML, _BOMB)
        except RefusedError:
            raise
        except _UNREADABLE as failure:
            raise RefusedError(_BROKEN) from failure
        if is_kept:
            yield member.filename, whole.getvalue()


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as opened:
        first = opened.read(_PIECE)
        refuse_unless(
            not first.startswith(_NESTED),
            "文件里还包着别的文件或程序。请删掉里面的附件，或打印成 PDF 再上传。",
        )
        yield first
        while piece := opened.read(_PIECE):
            yield piece


def _check_frame(file: BinaryIO) -> None:
    """Nothing before the first member, nothing behind the directory: what hides there is another file."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    refuse_unless(file.read(4) == b"PK\x03\x04", _BROKEN)
    file.seek(max(0, size - _END_BYTES))
    end = file.read()
    refuse_unless(len(end) == _END_BYTES and end.startswith(_END), _BROKEN)
    directory_size, directory_at = int.from_bytes(end[12:16], "little"), int.from_bytes(end[16:20], "little")
    refuse_unless(directory_at + directory_size == size - _END_BYTES, _BROKEN)
    file.seek(0)


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.orig_filename
    parts = name.split("/")
    is_safe = (
        name.isprintable()
        and len(name) <= LONGEST_MEMBER_NAME
        and "\\" not in name
        and ":" not in name
        and not name.startswith("/")
        and ".." not in parts
    )
    refuse_unless(is_safe, "文件里有指向别处的路径，不正常。请另存一份再上传。")
    refuse_unless(not member.flag_bits & _ENCRYPTED, "文件有密码，我们看不了。请去掉密码再上传。")
    refuse_unless(member.compress_type in _METHODS, _BROKEN)
    is_bomb = member.file_size > RATIO_FROM and member.file_size > MOST_RATIO * max(1, member.compress_size)
    refuse_unless(not is_bomb, _BOMB)
