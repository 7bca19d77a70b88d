"""Issued PDFs: one number, one document; and what anybody with number and check code is told."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from huiqi.foundation.documents.actions import (
    IssuedDocument,
    NotInForceError,
    NumberTakenError,
    Order,
    PrintContent,
    RefusedError,
    issue_pdf,
    revoke_pdf,
)
from huiqi.foundation.documents.domain import Holder, code_from, in_groups, typed_code
from huiqi.foundation.documents.models import Document, Issued
from huiqi.foundation.documents.queries import document, verify_issued
from tests.foundation.documents.handing_in import bytes_of, hand_in, text_of
from tests.foundation.documents.test_hostile import rows
from tests.support.people import NOW, Someone, client_of, someone

pytestmark = pytest.mark.django_db
ORDER = Order(
    template="letter",
    content=PrintContent(title="创业补贴核准通知书", recipient="演示面馆", paragraphs=("已经核准。",)),
    number="焦企惠〔2026〕12号",
    holder=Holder("person", "1"),
    address="https://huiqi.example.gov.cn/verify/",
)


@pytest.fixture
def officer() -> Someone:
    return someone("officer")


@pytest.fixture
def issued(officer: Someone) -> IssuedDocument:
    return issue_pdf(ORDER, officer.actor, NOW)


def verified(client: Client, number: str, code: str, file: bytes | None = None) -> str:
    sent = {"number": number, "code": code}
    return text_of(client.post("/verify/", {**sent, "file": io.BytesIO(file)} if file else sent))


@given(st.binary(min_size=24, max_size=24))
def test_a_check_code_has_no_look_alikes_and_survives_being_typed(chance: bytes) -> None:
    code = code_from(chance)
    assert re.fullmatch(r"[34679ACDEFGHJKMNPQRTWXY]{12}", code)
    assert typed_code(f" {in_groups(code).lower()} ") == code
    assert typed_code("".join(chr(ord(mark) + 0xFEE0) for mark in code)) == code


def test_an_issued_pdf_is_a_document_of_its_holder_and_clean(issued: IssuedDocument) -> None:
    kept = document(issued.document_id)
    assert kept
    assert kept.state == "clean"
    assert kept.is_issued
    assert bytes_of(kept).startswith(b"%PDF-")


def test_the_same_order_again_is_the_same_document(officer: Someone, issued: IssuedDocument) -> None:
    before = rows()
    assert issue_pdf(ORDER, officer.actor, NOW) == issued
    assert rows() == before


def test_a_number_is_given_out_once(officer: Someone, issued: IssuedDocument) -> None:
    other = replace(ORDER, content=PrintContent(title="别的通知书"))
    with pytest.raises(NumberTakenError, match="请换一个文号"):
        issue_pdf(other, officer.actor, NOW)
    assert Issued.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_four_who_issue_the_same_number_at_once_get_the_same_document(officer: Someone) -> None:
    """On PostgreSQL; SQLite lets no two transactions write at once."""
    if connection.vendor != "postgresql":
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        return

    def issue(_: int) -> IssuedDocument:
        try:
            return issue_pdf(ORDER, officer.actor, NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(issue, range(4)))) == 1
    assert Document.objects.count() == 1


@pytest.mark.parametrize("number", ["", "a", "<script>", "1\n2345", "长" * 61])
def test_a_number_that_is_none_is_refused(officer: Someone, number: str) -> None:
    with pytest.raises(RefusedError, match="不能用"):
        issue_pdf(replace(ORDER, number=number), officer.actor, NOW)


def test_number_and_code_say_that_it_is_genuine(
    client: Client, officer: Someone, issued: IssuedDocument
) -> None:
    said = verified(client, ORDER.number, issued.check_code.lower())
    assert "真的，现在算数" in said
    for words in ("创业补贴核准通知书", str(officer.organisation), "2026年11月20日（周五）"):
        assert words in said


@pytest.mark.parametrize("typed", ["焦企惠[2026]12号", " 焦企惠（2026） 12号", "焦企惠【2026】12 号"])
def test_a_number_may_be_typed_with_the_brackets_a_phone_has(issued: IssuedDocument, typed: str) -> None:
    found = verify_issued(typed, issued.check_code)
    assert found
    assert found.number == ORDER.number


def test_a_wrong_code_and_an_unknown_number_are_told_the_same(client: Client, issued: IssuedDocument) -> None:
    wrong = verified(client, ORDER.number, "ACDE-F346-79HJ")
    unknown = verified(client, "焦企惠〔2026〕99号", issued.check_code)
    assert "没有查到" in wrong
    assert wrong == unknown
    assert "创业补贴" not in wrong


@pytest.mark.parametrize("typed", ["", "-", "\0", "' OR 1=1 --", "\ud800", "9" * 5000])
def test_odd_words_find_nothing(client: Client, issued: IssuedDocument, typed: str) -> None:
    assert verify_issued(ORDER.number, typed) is None
    assert verify_issued(typed, issued.check_code) is None


def test_the_file_itself_is_compared_and_not_kept(client: Client, issued: IssuedDocument) -> None:
    kept = document(issued.document_id)
    assert kept
    whole, before = bytes_of(kept), rows()
    assert "一模一样" in verified(client, ORDER.number, issued.check_code, whole)
    assert "不一样" in verified(client, ORDER.number, issued.check_code, whole + b" ")
    wrong = verified(client, ORDER.number, "ACDE-F346-79HJ", whole)
    assert "一样" not in wrong
    assert {**rows(), "storage_spending": 0} == {**before, "storage_spending": 0}


def test_a_scanned_code_fills_the_form_and_looks_up_nothing(client: Client, issued: IssuedDocument) -> None:
    page = client.get("/verify/", {"number": ORDER.number, "code": issued.check_code})
    assert f'value="{ORDER.number}"' in page.content.decode()
    assert "创业补贴" not in text_of(page)


def test_what_was_superseded_says_by_what(client: Client, officer: Someone, issued: IssuedDocument) -> None:
    newer = replace(ORDER, number="焦企惠〔2026〕13号", supersedes=ORDER.number)
    issue_pdf(newer, officer.actor, NOW)
    said = verified(client, ORDER.number, issued.check_code)
    assert "已经被 焦企惠〔2026〕13号 替代" in said
    with pytest.raises(NotInForceError):
        issue_pdf(replace(newer, number="焦企惠〔2026〕14号"), officer.actor, NOW)
    assert Issued.objects.count() == 2


def test_what_was_revoked_says_when_and_why(client: Client, officer: Someone, issued: IssuedDocument) -> None:
    with pytest.raises(RefusedError, match="原因"):
        revoke_pdf(ORDER.number, " ", officer.actor, NOW)
    revoke_pdf(ORDER.number, "金额写错", officer.actor, NOW)
    assert "撤销，原因：金额写错" in verified(client, ORDER.number, issued.check_code)
    with pytest.raises(NotInForceError):
        revoke_pdf(ORDER.number, "再一次", officer.actor, NOW)


def test_who_guesses_is_stopped(client: Client, issued: IssuedDocument, settings: LazySettings) -> None:
    settings.HUIQI_VERIFICATIONS_AN_HOUR = 3
    for _ in range(3):
        verified(client, ORDER.number, "ACDE-F346-79HJ")
    answer = client.post("/verify/", {"number": ORDER.number, "code": issued.check_code})
    assert answer.status_code == 429


def test_a_forged_verification_is_refused(issued: IssuedDocument) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/verify/", {"number": ORDER.number, "code": issued.check_code}).status_code == 403


def test_the_check_code_lies_encrypted_in_the_database(issued: IssuedDocument) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT check_code FROM documents_issued")
        (stored,) = cursor.fetchone()
    assert typed_code(issued.check_code) not in stored


def test_a_copy_somebody_hands_in_again_is_an_upload_like_any_other(issued: IssuedDocument) -> None:
    kept = document(issued.document_id)
    assert kept
    copy = hand_in(someone("owner"), bytes_of(kept))
    assert copy.sha256 == kept.sha256
    assert (copy.is_issued, copy.state) == (False, "clean")


def test_an_issued_document_is_removed_by_nobody(officer: Someone, issued: IssuedDocument) -> None:
    own = replace(ORDER, number="A-123", holder=Holder("person", str(officer.person.pk)))
    kept = issue_pdf(own, officer.actor, NOW)
    assert client_of(officer).post(f"/documents/{kept.document_id}/remove/").status_code in {403, 404}
    assert document(kept.document_id) is not None
