"""Files made by code: good ones of every kind, and the parts bad ones are made of."""

import io
import zipfile
import zlib
from collections.abc import Mapping

from PIL import Image

CONTENT_TYPES = "[Content_Types].xml"
_TYPES = '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
_MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
_RELS = '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
Members = Mapping[str, str | bytes]


def picture(form: str = "JPEG", size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", size, (26, 95, 208)).save(drawn, form, **options)
    return drawn.getvalue()


def photograph_with_place() -> bytes:
    """Taken sideways, with camera and GPS position."""
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turn by 90 degrees
    exif[0x010F] = "Camera of somebody"
    exif.get_ifd(0x8825)[2] = (35.0, 12.0, 30.0)
    return picture("JPEG", (64, 48), exif=exif.tobytes())


def zipped(members: Members, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return file.getvalue()


def types(main: str, more: str = "") -> str:
    return _TYPES.format(f'<Override PartName="/main.xml" ContentType="{main}"/>{more}')


def relationships(kind: str, target: str, *, mode: str = "External") -> str:
    return _RELS.format(f'<Relationship Id="r1" Type="{_KIND}{kind}" Target="{target}" TargetMode="{mode}"/>')


def docx(more: Members | None = None, body: str = "您好", main: str = "wordprocessingml.document") -> bytes:
    written = f'<w:document xmlns:w="w">{body}</w:document>'
    plain = {
        CONTENT_TYPES: types(_MAIN.format(main)),
        "_rels/.rels": relationships("officeDocument", "word/document.xml", mode="Internal"),
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?>{written}',
    }
    return zipped({**plain, **(more or {})})


def xlsx(more: Members | None = None) -> bytes:
    return docx(
        {"xl/printerSettings/printerSettings1.bin": b"\x01\x02", **(more or {})}, main="spreadsheetml.sheet"
    )


def ofd(more: Members | None = None) -> bytes:
    root = '<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>'
    return zipped({"OFD.xml": root, "Doc_0/Document.xml": "<ofd:Document/>", **(more or {})})


def pdf(catalogue: str = "", more: bytes = b"", behind: bytes = b"\n") -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + catalogue.encode() + b" >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n" + more + b"trailer\n<< /Root 1 0 R >>\n"
        b"startxref\n0\n%%EOF" + behind
    )


def pdf_with_object_stream(
    inside: bytes, filters: str = "/Filter /FlateDecode", kind: str = "/Type /ObjStm"
) -> bytes:
    body = zlib.compress(inside)
    head = f"3 0 obj\n<< {kind} /N 1 /First 4 {filters} /Length {len(body)} >>\nstream\n".encode()
    return pdf(more=head + body + b"\nendstream\nendobj\n")


GOOD = {
    "pdf": pdf(),
    "jpeg": picture("JPEG"),
    "png": picture("PNG"),
    "webp": picture("WEBP"),
    "docx": docx(),
    "xlsx": xlsx(),
    "ofd": ofd(),
}
