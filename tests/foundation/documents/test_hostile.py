"""Bad files are refused in words, and leave nothing behind: no row, no file."""

import io
import os
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import pytest
from django.apps import apps
from PIL import Image

from huiqi.foundation.documents.actions import RefusedError, Sent, upload_document
from huiqi.foundation.documents.domain import Holder, checked
from tests.foundation.documents.files import (
    GOOD,
    docx,
    pdf,
    photograph_with_place,
    picture,
    relationships,
    zipped,
)
from tests.foundation.documents.hostile import HOSTILE, field
from tests.support.people import NOW, someone

MOST = 20 * 2**20


@contextmanager
def real_file(content: bytes) -> Iterator[BinaryIO]:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        yield file


def rows() -> dict[str, int]:
    return {model._meta.db_table: model._base_manager.count() for model in apps.get_models()}


def taken(content: bytes) -> tuple[str, bytes]:
    with real_file(content) as file:
        found = checked(file, MOST)
        found.content.seek(0)
        return found.kind.id, found.content.read()


@pytest.mark.django_db
@pytest.mark.parametrize("name", HOSTILE)
def test_a_bad_file_is_refused_in_words_and_leaves_nothing(name: str, own_shelf: Path) -> None:
    content, words = HOSTILE[name]
    who = someone("person")
    before = rows()
    with real_file(content) as file, pytest.raises(RefusedError, match=words) as refusal:
        upload_document(Sent("营业执照.jpg", file), Holder("person", "1"), who.actor, "k", 0, NOW)
    assert "请" in str(refusal.value), "it says what to do"
    assert rows() == before
    assert [path for path in own_shelf.rglob("*") if path.is_file()] == []


def test_there_are_enough_kinds_of_bad_files() -> None:
    assert len(HOSTILE) >= 30


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_file_of_every_kind_is_taken_for_what_it_is(kind: str) -> None:
    found, content = taken(GOOD[kind])
    assert found == kind
    assert content


def test_documents_are_kept_byte_for_byte() -> None:
    for kind in ("pdf", "docx", "xlsx", "ofd"):
        assert taken(GOOD[kind])[1] == GOOD[kind]


def test_a_link_a_reader_may_follow_is_no_reason_to_refuse() -> None:
    fields = field("PAGE") + field(" REF hidden", "_added ") + field(' HYPERLINK \\l "_Toc1" ')
    links = relationships("hyperlink", "https://www.gov.cn/")
    linked = docx({"word/_rels/document.xml.rels": links}, body=fields)
    assert taken(linked)[0] == "docx"


def test_a_pdf_with_an_outline_and_large_pictures_is_taken() -> None:
    noise = zlib.compress(os.urandom(2**20), 1)
    outline = b"4 0 obj\n<< /First 5 0 R /Last 5 0 R >>\nendobj\n"
    image = b"6 0 obj\n<< /Filter [/ASCII85Decode /DCTDecode] >>\nstream\n" + noise + b"\nendstream\nendobj\n"
    assert taken(pdf(more=outline + image))[0] == "pdf"


def test_a_photograph_is_turned_upright_and_says_nothing_of_place_and_camera() -> None:
    sent = photograph_with_place()
    assert b"Camera of somebody" in sent
    _, kept = taken(sent)
    with Image.open(io.BytesIO(kept)) as picture_kept:
        assert picture_kept.size == (48, 64)
        assert not picture_kept.getexif()
    assert b"Camera" not in kept
    assert b"Exif" not in kept


def test_a_photograph_of_an_apple_telephone_is_kept_as_jpeg_without_its_camera() -> None:
    sent = Path(__file__).with_name("sample.heic").read_bytes()
    assert b"Camera of somebody" in sent
    kind, kept = taken(sent)
    assert kind == "jpeg"
    assert b"Camera" not in kept


SLOW = {
    "marks of object streams": pdf(more=b"/First " * 2_000_000),
    "marks before one stream": pdf(more=b"/First " * 2_000_000 + b"stream\nendstream\n"),
    "streams without an end": pdf(more=b"/First stream\n" * 1_000_000),
    "streams before one end": pdf(more=b"/First endobj stream\n" * 1_000_000 + b"endstream"),
    "names": pdf(more=b"/a#20#20 " * 2_000_000),
    "fields that are not closed": docx(body="<w:instrText " * 1_500_000),
    "long words": docx(body="<" + "w" * 20_000_000),
}


@pytest.mark.parametrize("name", SLOW)
def test_no_file_keeps_the_machine_busy(name: str) -> None:
    """The time grows with the size and no faster: twenty megabytes of anything are through in seconds."""
    began = time.process_time()
    with suppress(RefusedError):
        taken(SLOW[name])
    assert time.process_time() - began < 10


def test_what_hides_behind_a_picture_is_gone() -> None:
    hidden = zipped({"evil.html": "<script>"}) + b"<script>alert(1)</script>"
    for form in ("PNG", "JPEG", "WEBP"):
        _, kept = taken(picture(form) + hidden)
        assert b"PK\x03\x04" not in kept
        assert b"<script>" not in kept


def test_a_picture_larger_than_needed_is_made_smaller() -> None:
    _, kept = taken(picture("PNG", (5000, 10)))
    with Image.open(io.BytesIO(kept)) as picture_kept:
        assert max(picture_kept.size) == 4096


def test_a_file_that_is_too_large_is_refused_with_the_limit() -> None:
    with real_file(pdf(more=os.urandom(1000))) as file, pytest.raises(RefusedError, match="MB"):
        checked(file, 500)
