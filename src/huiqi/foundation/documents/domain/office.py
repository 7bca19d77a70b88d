"""Word, Excel and OFD files: which of them a zip is, and that nothing in it runs or fetches anything.

What a part is, its relationships and the content types say, never its name: both are parsed. All other XML is
searched for what no such file needs.
"""

import html
import re
import zipfile
from collections.abc import Iterable
from typing import BinaryIO
from xml.etree import ElementTree  # definitions are refused before it reads anything

from huiqi.foundation.documents.domain.archives import open_archive, read_members
from huiqi.foundation.documents.domain.kinds import TAKEN
from huiqi.foundation.documents.domain.refusals import RefusedError, refuse_unless

_CONTENT_TYPES = "[content_types].xml"
_MAIN_PARTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
}
_XML = (".xml", ".rels", ".vml")
_BROKEN = "文件不完整或已经损坏。请用 WPS 或 Office 打开它，确认正常后另存一份再上传。"
_MACROS = "文件里有宏（程序）。请另存为不带宏的 docx、xlsx，或打印成 PDF 再上传。"
_LINKS = "文件会从别处取内容（外部链接）。请在“数据—编辑链接”里断开链接，或打印成 PDF 再上传。"
_ATTACHED = "文件里嵌了别的文件或控件。请把它们删掉或粘贴为图片，或打印成 PDF 再上传。"
_ENTITIES = "文件里有不正常的定义（DTD），打开可能卡死电脑。请另存一份，或打印成 PDF 再上传。"
# Found in names of parts, content types and types of relationships alike, in small letters.
_NOT_TAKEN = (
    (re.compile(r"vba|macro|attachedtoolbars|dialogsheet"), _MACROS),
    (re.compile(r"externallink|attachedtemplate|subdocument|ddelink"), _LINKS),
    (
        re.compile(r"activex|oleobject|embeddings/|/package$|/control$|ctrlprop|webext|afchunk"),
        _ATTACHED,
    ),
)
_SAFE_TARGET = re.compile(r"(?:https?://|mailto:|tel:|#)", re.IGNORECASE)
_FIELD = re.compile(
    rb"<(?:\w+:)?instrText\b[^<>]{0,500}>([^<]*)<|\binstr\s*=\s*[\"']([^\"']*)|(fldCharType\s*=\s*[\"']begin)"
)
_FETCHING_FIELD = re.compile(
    r"^\s*(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|INCLUDE|LINK)\b", re.IGNORECASE | re.MULTILINE
)
_OFD_ROOT = re.compile(rb"<(?:\w+:)?OFD\b")
_OFD_RUNS = re.compile(rb"<(?:\w+:)?(?:Movie|Sound|GotoA)\b")


def check_office(file: BinaryIO) -> str:
    """The id of the kind; RefusedError for any other zip, and for more than text and pictures."""
    with open_archive(file) as archive:
        names = {name.casefold() for name in archive.namelist()}
        if _CONTENT_TYPES in names:
            _refuse_by_name(names)
            return _check_open_xml(archive)
        if "ofd.xml" in names:
            return _check_ofd(archive)
    raise RefusedError(f"这是压缩包。请解压以后，把里面的文件分别上传。能上传的是：{TAKEN}。")


def _check_open_xml(archive: zipfile.ZipFile) -> str:
    found = ""
    for name, text in read_members(archive, _XML):
        _check_xml(text)
        if name.casefold() == _CONTENT_TYPES:
            found = _kind_of(text)
        elif name.casefold().endswith(".rels"):
            _check_relationships(text)
        refuse_unless(not _FETCHING_FIELD.search(_fields(text)), _LINKS)
    return found


def _check_ofd(archive: zipfile.ZipFile) -> str:
    root = b""
    for name, text in read_members(archive, (".xml",)):
        _check_xml(text)
        refuse_unless(not _OFD_RUNS.search(text), _ATTACHED)
        if name.casefold() == "ofd.xml":
            root = text
    refuse_unless(_OFD_ROOT.search(root) is not None, "这个 OFD 文件打不开。请重新下载或导出后再上传。")
    return "ofd"


def _kind_of(content_types: bytes) -> str:
    told = [each.get("ContentType", "") for each in _parsed(content_types)]
    _refuse_by_name(map(str.casefold, told))
    for content_type in told:
        if kind := _MAIN_PARTS.get(content_type):
            return kind
    raise RefusedError(f"这不是 Word 或 Excel 文件（可能是 PPT）。请打印成 PDF 再上传。能上传的是：{TAKEN}。")


def _check_relationships(text: bytes) -> None:
    """A link a reader may follow is harmless; anything else from elsewhere is fetched without asking."""
    for each in _parsed(text):
        kind = each.get("Type", "").casefold()
        _refuse_by_name([kind])
        if each.get("TargetMode", "").strip().casefold() == "external":
            is_link = kind.endswith("/hyperlink") and _SAFE_TARGET.match(each.get("Target", ""))
            refuse_unless(bool(is_link), _LINKS)


def _fields(text: bytes) -> str:
    """What fields say, one a line: Word cuts the words of a field into as many pieces as it likes."""
    pieces = (
        b"\n" if begins else (b"\n" + whole if whole else piece)
        for piece, whole, begins in _FIELD.findall(text)
    )
    return html.unescape(b"".join(pieces).decode(errors="replace"))


def _refuse_by_name(names: Iterable[str]) -> None:
    for name in names:
        for pattern, words in _NOT_TAKEN:
            refuse_unless(not pattern.search(name), words)


def _parsed(text: bytes) -> Iterable[ElementTree.Element]:
    try:
        return ElementTree.fromstring(text).iter()  # noqa: S314 - no definitions: see `_check_xml`
    except (ElementTree.ParseError, LookupError, ValueError) as failure:
        raise RefusedError(_BROKEN) from failure


def _check_xml(text: bytes) -> None:
    """UTF-8 only, so that nothing is written in letters the other checks do not see; no definitions."""
    refuse_unless(b"\0" not in text and not text.startswith((b"\xff\xfe", b"\xfe\xff")), _ENTITIES)
    refuse_unless(re.search(rb"<!(?:DOCTYPE|ENTITY)", text, re.IGNORECASE) is None, _ENTITIES)
    declared = re.match(rb"\s*<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)", text.removeprefix(b"\xef\xbb\xbf"))
    refuse_unless(declared is None or declared[1].upper() in {b"UTF-8", b"UTF8", b"US-ASCII"}, _ENTITIES)
