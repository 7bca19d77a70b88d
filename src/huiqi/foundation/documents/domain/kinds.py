"""The kinds of file that are taken, told by what is in them and never by their name."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from huiqi.foundation.documents.domain.refusals import RefusedError

HEAD_BYTES = 512


class Group(StrEnum):
    """How a kind is checked."""

    PDF = "pdf"
    IMAGE = "image"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: its name for people, the ending it is shown with, and what browsers call it."""

    id: str
    label: str
    ending: str
    media_type: str
    group: Group


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
KINDS: Mapping[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind("pdf", "PDF", ".pdf", "application/pdf", Group.PDF),
        Kind("jpeg", "JPEG 照片", ".jpg", "image/jpeg", Group.IMAGE),
        Kind("png", "PNG 图片", ".png", "image/png", Group.IMAGE),
        Kind("webp", "WebP 图片", ".webp", "image/webp", Group.IMAGE),
        Kind("docx", "Word 文档", ".docx", f"{_OPEN_XML}.wordprocessingml.document", Group.ARCHIVE),
        Kind("xlsx", "Excel 表格", ".xlsx", f"{_OPEN_XML}.spreadsheetml.sheet", Group.ARCHIVE),
        Kind("ofd", "OFD", ".ofd", "application/ofd", Group.ARCHIVE),
    )
}
HEIC = "heic"  # taken, and kept as JPEG: few computers of an office open it
ACCEPT = ",".join([*(kind.ending for kind in KINDS.values()), ".jpeg", ".heic"])
TAKEN = "PDF、照片（JPG、PNG、WebP、HEIC）、Word（docx）、Excel（xlsx）、OFD"

_HEIF_BRANDS = {b"heic", b"heix", b"mif1", b"heim", b"heis", b"msf1"}
_KNOWN_OTHERS: tuple[tuple[bytes, str], ...] = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "这是旧版的 Office 文件（doc、xls）。请在 WPS 或 Word 里另存为 docx、xlsx 或 PDF",
    ),
    (b"MZ", "这是程序，不是材料。请选您要交的文件"),
    (b"\x7fELF", "这是程序，不是材料。请选您要交的文件"),
    (b"Rar!", "这是压缩包。请解压以后，把里面的文件分别上传"),
    (b"7z\xbc\xaf'\x1c", "这是压缩包。请解压以后，把里面的文件分别上传"),
    (b"\x1f\x8b", "这是压缩包。请解压以后，把里面的文件分别上传"),
    (b"GIF8", "这是 GIF 动图。请截图或拍照后，上传 JPG 或 PNG"),
    (b"BM", "这是 BMP 图片。请另存为 JPG 或 PNG"),
    (b"II*\0", "这是 TIFF 图片。请另存为 JPG、PNG 或 PDF"),
    (b"MM\0*", "这是 TIFF 图片。请另存为 JPG、PNG 或 PDF"),
    (b"{\\rtf", "这是 RTF 文件。请另存为 docx 或 PDF"),
)
_MARKUP = (
    b"<svg",
    b"<html",
    b"<!doctype",
    b"<script",
    b"<?xml",
    b"<body",
    b"<head",
    b"<?php",
    b"mime-version",
)


def recognise(head: bytes) -> str:
    """The id of the kind that begins like this; ``zip`` and ``heic`` still have to be looked into.

    ``head`` is the first HEAD_BYTES of a file, or all of it. RefusedError for everything that is not taken.
    """
    if not head:
        raise RefusedError("这个文件是空的（0 字节）。请检查原文件能不能打开，再选一次。")
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return HEIC
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    raise RefusedError(f"{_other(head)}。能上传的是：{TAKEN}。")


def _other(head: bytes) -> str:
    for magic, words in _KNOWN_OTHERS:
        if head.startswith(magic):
            return words
    if any(mark in head.lower() for mark in _MARKUP):
        return "这是网页或矢量图（HTML、SVG、XML），可能带有程序。请打印成 PDF 或截图后再上传"
    return "看不出这是什么文件。请确认选对了文件，或另存为 PDF 再上传"
