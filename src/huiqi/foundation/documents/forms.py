"""Reads files as they come in: counted, measured and kept in files without a name, never in a folder."""

import hashlib
import re
import tempfile
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, QueryDict

from huiqi.foundation.documents.actions import Sent, too_large
from huiqi.foundation.documents.domain import NUMBER_FORM, TEMPLATES, printable
from huiqi.foundation.documents.queries import BACK_MARK

FORM_KEY_FIELD = "upload_key"
_FORM_KEY = re.compile(r"[A-Za-z0-9_-]{22}")
_OURS = {"csrfmiddlewaretoken", FORM_KEY_FIELD, BACK_MARK}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One file that was not taken, and what to do."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class UploadForm:
    """What was sent: files, those refused already while they came in, and the other fields of the form."""

    form_key: str
    sent: list[Sent]
    refused: list[Refusal]
    kept: list[tuple[str, str]] = field(default_factory=list)


class Spool(FileUploadHandler):
    """Keeps each file in one without a name, which is gone with its process whatever happens; stops reading
    a file when it is larger than is taken, and takes no more files than are taken.
    """

    chunk_size = 64 * 1024

    def __init__(self, most_files: int, most_bytes: int) -> None:
        super().__init__()
        self.most_files, self.most_bytes = most_files, most_bytes
        self.sent: list[Sent] = []
        self.refused: list[Refusal] = []
        self._file: BinaryIO | None = None
        self._size = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if len(self.sent) + len(self.refused) >= self.most_files:
            self.refuse(f"一次最多上传 {self.most_files} 份。请等这几份传好以后，再传这一份。")
        self._file, self._size = tempfile.TemporaryFile(), 0  # noqa: SIM115 - closed by the page

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        del start
        self._size += len(raw_data)
        if self._file is None or self._size > self.most_bytes:
            self.refuse(too_large(self.most_bytes))
        self._file.write(raw_data)

    def file_complete(self, file_size: int) -> None:
        del file_size
        if self._file is not None:
            self.sent.append(Sent(self.file_name or "", self._file))
            self._file = None

    def refuse(self, words: str) -> None:
        self.upload_interrupted()
        self.refused.append(Refusal(self.file_name or "", words))
        raise SkipFile

    def close(self) -> None:
        """Let go of every file, complete or broken off."""
        self.upload_interrupted()
        for sent in self.sent:
            sent.file.close()

    def upload_interrupted(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


class Measure(FileUploadHandler):
    """Works out the SHA-256 of a file and keeps nothing of it."""

    chunk_size = 64 * 1024

    def __init__(self) -> None:
        super().__init__()
        self.sha256 = ""
        self._digest = hashlib.sha256()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._digest = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        del start
        self._digest.update(raw_data)

    def file_complete(self, file_size: int) -> None:
        self.sha256 = self._digest.hexdigest() if file_size else ""


def read_upload(request: HttpRequest, spool: Spool) -> UploadForm:
    """What was sent; the body is read here, and not before."""
    posted: QueryDict = request.POST
    key = posted.get(FORM_KEY_FIELD, "")
    kept = [(name, value) for name, values in posted.lists() for value in values if name not in _OURS]
    return UploadForm(key if _FORM_KEY.fullmatch(key) else "", spool.sent, spool.refused, kept)


@dataclass(frozen=True, slots=True)
class WrittenPdf:
    """What was written to be issued, and whether it was confirmed after a look."""

    template: str = ""
    number: str = ""
    title: str = ""
    recipient: str = ""
    body: str = ""
    answer: str = ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.body.splitlines() if line.strip())


def read_pdf(posted: QueryDict) -> WrittenPdf:
    """What was sent, without what has no shape on paper."""
    names = ("template", "number", "title", "recipient")
    lines = {name: " ".join(printable(posted.get(name, "")).split()) for name in names}
    return WrittenPdf(**lines, body=printable(posted.get("body", "")), answer=posted.get("confirmed", ""))


def read_reason(posted: QueryDict) -> str:
    """Why an issued PDF is revoked, in one line: whoever verifies it reads it."""
    return " ".join(printable(posted.get("reason", "")).split())


def pdf_fault(written: WrittenPdf) -> str:
    """What is missing before it can be printed; empty for nothing."""
    if written.template not in TEMPLATES:
        return "请选出具哪一种。"
    if not NUMBER_FORM.fullmatch(written.number):
        return "请写文号：3 到 60 个汉字、字母、数字、短横或括号，例如 焦企惠〔2026〕12号。"
    if not written.title:
        return "请写标题。"
    if not written.paragraphs:
        return "请写正文。"
    return ""
