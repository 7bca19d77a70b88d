"""What is sent becomes what is kept, or is refused."""

from dataclasses import dataclass
from io import SEEK_END, BytesIO
from typing import BinaryIO

from huiqi.foundation.documents.domain.images import redraw
from huiqi.foundation.documents.domain.kinds import HEAD_BYTES, HEIC, KINDS, Group, Kind, recognise
from huiqi.foundation.documents.domain.office import check_office
from huiqi.foundation.documents.domain.pdfs import check_pdf
from huiqi.foundation.documents.domain.refusals import refuse_unless


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that is taken: its kind, and the bytes that are kept of it."""

    kind: Kind
    content: BinaryIO


def checked(file: BinaryIO, most_bytes: int) -> Checked:
    """Look into a file, whatever it is called; RefusedError in words for the sender.

    ``file`` is a real file (PDFs are mapped into memory).
    """
    size = file.seek(0, SEEK_END)
    refuse_unless(size <= most_bytes, too_large(most_bytes))
    file.seek(0)
    found = recognise(file.read(HEAD_BYTES))
    if found == "zip":
        return Checked(KINDS[check_office(file)], file)
    if found != HEIC and KINDS[found].group is Group.PDF:
        check_pdf(file)
        return Checked(KINDS[found], file)
    kind, picture = redraw(file, found)
    return Checked(KINDS[kind], BytesIO(picture))


def too_large(most_bytes: int) -> str:
    """What somebody is told whose file is larger than is taken."""
    return f"文件超过 {most_bytes // 2**20} MB。照片请在相册里缩小，文档请压缩图片或分成几份，再分别上传。"
