"""Bad files, each with a word of what its sender is told."""

import io
import struct
import zipfile

from tests.foundation.documents.files import (
    CONTENT_TYPES,
    docx,
    ofd,
    pdf,
    pdf_with_object_stream,
    picture,
    relationships,
    types,
    xlsx,
    zipped,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
DTD = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'


def jpeg_of_giant_dimensions() -> bytes:
    """A small file that says of itself it is 65,500 dots square."""
    small = picture("JPEG")
    at = small.index(b"\xff\xc0") + 5
    return small[:at] + struct.pack(">HH", 65500, 65500) + small[at + 4 :]


def encrypted_zip() -> bytes:
    whole = bytearray(docx())
    whole[6] |= 1  # of the first member's own head
    directory = whole.index(b"PK\x01\x02")
    whole[directory + 8] |= 1
    return bytes(whole)


def with_a_path(name: str) -> bytes:
    return docx({name: b"x"})


def lying_about_its_size() -> bytes:
    """A member that claims ten bytes and unpacks to more."""
    whole = bytearray(docx({"word/media/a.png": bytes(100_000)}))
    directory = whole.rindex(b"PK\x01\x02")
    whole[directory + 24 : directory + 28] = struct.pack("<I", 10)
    return bytes(whole)


def overlapping_members() -> bytes:
    """Two entries of the directory that unpack the same bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(CONTENT_TYPES, types(MACRO_MAIN))
        archive.writestr("a.bin", b"a" * 1000)
        archive.filelist[1].filename = "b.bin"
        archive.filelist.append(archive.filelist[1])
    return file.getvalue()


def field(*pieces: str) -> str:
    begin = '<w:fldChar w:fldCharType="begin"/>'
    return begin + "".join(f"<w:instrText>{piece}</w:instrText>" for piece in pieces)


HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "空的"),
    "html as jpg": (b"<html><script>alert(1)</script>", "网页"),
    "html with a mark before it": (b"\xef\xbb\xbf\n <!DOCTYPE html><p>", "网页"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "矢量图"),
    "xml with entities": (DTD.encode(), "XML"),
    "php": (b"<?php system($_GET[0]); ?>", "网页"),
    "gif and script in one": (b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)", "GIF"),
    "program for windows": (b"MZ\x90\0" + bytes(300), "程序"),
    "program for linux": (b"\x7fELF" + bytes(300), "程序"),
    "shell script": (b"#!/bin/sh\nrm -rf /\n", "看不出"),
    "old office file": (OLE, "旧版"),
    "rar": (b"Rar!\x1a\x07\x00" + bytes(50), "压缩包"),
    "plain zip": (zipped({"a.txt": "a"}), "压缩包"),
    "zip in a zip": (docx({"word/media/inner.zip": zipped({"a": "b"})}), "包着别的文件"),
    "program in a docx": (docx({"word/media/a.png": b"MZ\x90\0"}), "包着别的文件"),
    "zip bomb": (docx({"word/media/a.png": bytes(60 * 2**20)}), "大得不正常"),
    "zip of too many": (zipped({CONTENT_TYPES: "x", **{f"a{n}": "" for n in range(3001)}}), "大得不正常"),
    "zip that lies": (lying_about_its_size(), "损坏"),
    "zip that overlaps": (overlapping_members(), "重名"),
    "zip with a password": (encrypted_zip(), "密码"),
    "zip cut off": (docx()[:-30], "损坏"),
    "zip with something behind": (docx() + b"<html>", "损坏"),
    "zip after a picture": (picture("PNG")[:50] + docx(), "照片"),
    "member ../": (with_a_path("../../etc/cron.d/x"), "路径"),
    "member of the root": (with_a_path("/etc/passwd"), "路径"),
    "member of windows": (with_a_path("C:\\windows\\a.exe"), "路径"),
    "member with a colon": (with_a_path("word/a.txt:stream"), "路径"),
    "docm": (docx({CONTENT_TYPES: types(MACRO_MAIN)}), "宏"),
    "vba in a docx": (docx({"word/vbaProject.bin": OLE}), "宏"),
    "vba by another name": (
        docx({"word/_rels/document.xml.rels": relationships("vbaProject", "a.bin", mode="Internal")}),
        "宏",
    ),
    "ole in a docx": (docx({"word/embeddings/oleObject1.bin": OLE}), "嵌了"),
    "html in a docx": (
        docx({"word/_rels/document.xml.rels": relationships("aFChunk", "a.html", mode="Internal")}),
        "嵌了",
    ),
    "control in an xlsx": (xlsx({"xl/activeX/activeX1.xml": "<a/>"}), "嵌了"),
    "template from elsewhere": (
        docx({"word/_rels/settings.xml.rels": relationships("attachedTemplate", "https://x/a.dotm")}),
        "外部链接",
    ),
    "picture from elsewhere": (
        docx({"word/_rels/document.xml.rels": relationships("image", "https://x/a.png")}),
        "外部链接",
    ),
    "elsewhere in other letters": (
        docx({"word/_rels/a.xml.rels": relationships("image", "https://x/a>b", mode="&#69;xternal")}),
        "外部链接",
    ),
    "link to a file": (
        docx({"word/_rels/a.xml.rels": relationships("hyperlink", "file://server/share")}),
        "外部链接",
    ),
    "xlsx with external links": (xlsx({"xl/externalLinks/externalLink1.xml": "<a/>"}), "外部链接"),
    "dde in a docx": (docx(body=field("DDE", "AUTO c:\\\\cmd")), "外部链接"),
    "dde in a field of its own": (docx(body='<w:fldSimple w:instr=" DDE excel a b"/>'), "外部链接"),
    "entities in an xlsx": (xlsx({"xl/a.xml": DTD}), "DTD"),
    "entities in other letters": (xlsx({"xl/a.xml": DTD.encode("utf-16")}), "DTD"),
    "pptx": (docx(main="presentationml.presentation"), "PPT"),
    "ofd that is none": (ofd({"OFD.xml": "<html/>"}), "OFD"),
    "ofd that plays": (ofd({"Doc_0/Page.xml": "<ofd:Movie/>"}), "嵌了"),
    "pdf with a script": (pdf("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "自动运行"),
    "pdf with a script in disguise": (pdf("/OpenAction << /S /J#61vaScr#69pt >>"), "自动运行"),
    "pdf that launches": (pdf("/OpenAction << /S /Launch /F (cmd.exe) >>"), "自动运行"),
    "pdf with a file": (pdf("/Names << /EmbeddedFiles 3 0 R >>"), "夹带"),
    "pdf with a dynamic form": (pdf("/AcroForm << /XFA 4 0 R >>"), "XFA"),
    "pdf with a password": (pdf(more=b"trailer << /Encrypt 9 0 R >>\n"), "密码"),
    "script in an object stream": (pdf_with_object_stream(b"5 0 << /S /JavaScript >>"), "自动运行"),
    "object stream that does not say so": (
        pdf_with_object_stream(b"5 0 << /S /JavaScript >>", kind="/Type 7 0 R"),
        "自动运行",
    ),
    "object stream behind a false end": (
        pdf_with_object_stream(b"5 0 << /S /JavaScript >>", kind="/F#69rst 4 % endobj\n"),
        "自动运行",
    ),
    "object stream packed oddly": (pdf_with_object_stream(b"x", "/Filter /LZWDecode"), "加密"),
    "object stream packed twice": (
        pdf_with_object_stream(b"x", "/Filter [/ASCIIHexDecode /FlateDecode]"),
        "加密",
    ),
    "object stream that explodes": (pdf_with_object_stream(bytes(101 * 2**20)), "大得不正常"),
    "pdf cut off": (pdf()[:-20], "不完整"),
    "pdf with a zip behind": (pdf(behind=docx()), "不完整"),
    "pdf after something else": (b"GIF89a" + pdf(), "GIF"),
    "jpeg cut off": (picture("JPEG", (640, 480))[:400], "打不开"),
    "png cut off": (picture("PNG", (640, 480))[:60], "打不开"),
    "jpeg of giant dimensions": (jpeg_of_giant_dimensions(), "像素"),
    "jpeg of a thousand scans": (picture("JPEG") + b"\xff\xda" * 1000, "打不开"),
    "jpeg of nothing but a head": (b"\xff\xd8\xff\xe0" + b"<script>" * 20, "打不开"),
    "heic of nothing but a head": (b"\0\0\0\x18ftypheic" + bytes(40), "打不开"),
    "webp of nothing but a head": (b"RIFF\xff\xff\xff\xffWEBPVP8 " + bytes(40), "打不开"),
}
