"""Issued PDFs: numbered, with a check code, the same bytes from the same words, and nothing in them runs."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from huiqi.foundation.documents.actions import (
    NoChineseFontError,
    NoGlyphError,
    PrintContent,
    RefusedError,
    printing,
)
from huiqi.foundation.documents.actions.printing import Stamp, chinese_fonts, print_pdf
from huiqi.foundation.documents.domain.pdfs import check_pdf
from tests.support.people import NOW

CONTENT = PrintContent(
    title="创业补贴核准通知书",
    recipient="温县演示𬱖示例面馆",
    paragraphs=("您申请的一次性创业补贴已经核准。", "请在2026年12月31日前办理。"),
    rows=(("核准金额", "¥5,000.00"), ("收款账户", "尾号 0012")),
)
STAMP = Stamp(
    number="焦企惠〔2026〕12号",
    code="ACDE-F346-79HJ",
    issuer="焦作市人力资源和社会保障局",
    issued_at=NOW,
    address="https://huiqi.example.gov.cn/verify/",
    verify_link="https://huiqi.example.gov.cn/verify/?number=1&code=ACDEF34679HJ",
)
HOSTILE = (
    '#eval("1+1")',
    '#read("/etc/passwd")',
    "*粗* _斜_ $x^2$ @ref <label>",
    '"] \\ #panic()',
    "\0\u202e）左\ud800右",
    "/" * 200,
)


@pytest.mark.parametrize("template", ["letter", "certificate", "receipt"])
def test_the_same_words_and_stamp_give_the_same_bytes(template: str) -> None:
    first = print_pdf(template, CONTENT, STAMP)
    assert first.startswith(b"%PDF-")
    assert print_pdf(template, CONTENT, STAMP) == first
    assert print_pdf(template, CONTENT, replace(STAMP, code="ACDE-F346-79HK")) != first


def test_what_is_issued_would_itself_be_taken_as_an_upload(tmp_path: Path) -> None:
    path = tmp_path / "issued.pdf"
    path.write_bytes(print_pdf("letter", CONTENT, STAMP))
    with path.open("rb") as file:
        check_pdf(file)


@pytest.mark.parametrize("words", HOSTILE)
def test_content_is_printed_and_never_carried_out(words: str) -> None:
    rows = ((words, words),)
    hostile = PrintContent(title=words[:60], recipient=words[:120], paragraphs=(words,), rows=rows)
    plain = print_pdf("letter", hostile, STAMP)
    assert plain.startswith(b"%PDF-")
    assert b"/JavaScript" not in plain
    assert b"root:x" not in plain


@pytest.mark.parametrize("name", ["../letter", "frame/../letter", "/etc/passwd", "no-such"])
def test_a_template_is_one_of_ours(name: str) -> None:
    with pytest.raises(KeyError):
        print_pdf(name, CONTENT, STAMP)


def test_without_a_chinese_fonts_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    chinese_fonts.cache_clear()
    try:
        with pytest.raises(NoChineseFontError, match="apt-get install fonts-noto-cjk"):
            print_pdf("letter", CONTENT, STAMP)
    finally:
        chinese_fonts.cache_clear()
    monkeypatch.undo()
    assert printing.chinese_fonts().families


def test_a_character_no_font_has_is_named_and_nothing_is_printed_with_a_hole() -> None:
    with pytest.raises(NoGlyphError, match="有字印不出来：“\U0001f9ff”"):
        print_pdf("letter", replace(CONTENT, paragraphs=("演示\U0001f9ff",)), STAMP)


def test_content_that_fits_no_document_is_refused_before_it_is_printed() -> None:
    with pytest.raises(RefusedError, match="没有丢"):
        PrintContent(title="")
    with pytest.raises(RefusedError):
        PrintContent(title="长" * 61)
    assert BytesIO(print_pdf("letter", replace(CONTENT, paragraphs=("长" * 4000,)), STAMP)).read(4) == b"%PDF"
