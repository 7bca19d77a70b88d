"""The pages: to whom they open, what they say, and that nothing typed is lost."""

import io
import tempfile
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import LazySettings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from huiqi.foundation.audit.queries import LogFilters, entries
from huiqi.foundation.documents.actions import Sent, upload_document
from huiqi.foundation.documents.models import Document
from huiqi.foundation.documents.queries import Holder, declare_holder, offer_upload, shelf_of
from tests.foundation.documents.files import pdf, picture
from tests.foundation.documents.handing_in import fetch, hand_in, post_files, text_of
from tests.foundation.documents.test_hostile import rows
from tests.support.people import NOW, Someone, client_of, someone

pytestmark = pytest.mark.django_db
MULTIPART = "multipart/form-data; boundary=b"


@pytest.fixture
def owner(settings: LazySettings) -> Someone:
    settings.HUIQI_SERVE_UNSCANNED = True
    return someone("owner")


@pytest.fixture
def browser(owner: Someone) -> Client:
    return client_of(owner)


def test_an_owner_hands_in_a_file_and_fetches_it_back(browser: Client, owner: Someone) -> None:
    answer = post_files(browser, owner, ("营业 执照.pdf", pdf()))
    assert answer.status_code == 302
    assert answer["Location"] == "/documents/"
    shelf = browser.get("/documents/")
    assert "营业 执照.pdf" in text_of(shelf)
    assert "未扫描" in text_of(shelf)
    one = Document.objects.get()
    assert fetch(browser, one.pk).fetched == pdf()


def test_a_download_is_a_file_and_never_a_page(browser: Client, owner: Someone) -> None:
    kept = hand_in(owner, pdf(), name="营业执照.pdf")
    answer = fetch(browser, kept.id)
    assert answer["Content-Disposition"] == (
        f"attachment; filename=\"document.pdf\"; filename*=UTF-8''{quote('营业执照.pdf')}"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Length"] == str(len(pdf()))


def test_each_download_is_a_look_in_the_log(browser: Client, owner: Someone) -> None:
    kept = hand_in(owner, pdf())
    for _ in range(2):
        fetch(browser, kept.id)
    head = browser.head(f"/documents/{kept.id}/download/")
    assert (head.content, "Content-Disposition" in head) == (b"", False), "it tells that it is there, no more"
    downloads = [each for each in entries(LogFilters("document", kept.id)) if each.verb.endswith("download")]
    assert {each.party_id for each in downloads} == {str(owner.organisation.pk)}
    assert len(downloads) == 2


def test_another_site_makes_nobody_take_a_document(browser: Client, owner: Someone) -> None:
    kept = hand_in(owner, pdf())
    answer = browser.get(f"/documents/{kept.id}/download/", headers={"sec-fetch-site": "cross-site"})
    assert (answer.status_code, "从本站" in text_of(answer)) == (403, True)
    assert not [each for each in entries(LogFilters("document", kept.id)) if each.verb.endswith("download")]


@pytest.mark.parametrize("role", ["owner", "officer", "bank_clerk", "person", "auditor", "system_admin"])
def test_a_document_is_given_to_no_stranger(owner: Someone, role: str) -> None:
    kept = hand_in(owner, pdf())
    stranger = client_of(someone(role))
    assert stranger.get(f"/documents/{kept.id}/download/").status_code == 403
    assert stranger.post(f"/documents/{kept.id}/remove/").status_code == 403
    assert Document.objects.get().removed_at is None


def test_a_visitor_is_led_to_the_sign_in(owner: Someone, client: Client) -> None:
    kept = hand_in(owner, pdf())
    for address in ("/documents/", f"/documents/{kept.id}/remove/"):
        assert client.get(address)["Location"].startswith("/accounts/sign-in/")
    assert client.get(f"/documents/{kept.id}/download/").status_code == 302


def test_who_left_the_organisation_sees_its_documents_no_more(owner: Someone) -> None:
    kept = hand_in(owner, pdf())
    alone = Someone(owner.person, None, {"person": str(owner.person.pk)})
    assert client_of(alone).get(f"/documents/{kept.id}/download/").status_code == 403


def test_a_colleague_sees_the_shelf_but_a_handler_removes_nothing(owner: Someone) -> None:
    kept = hand_in(owner, pdf())
    colleague = client_of(someone("handler", owner.organisation))
    assert kept.name in text_of(colleague.get("/documents/"))
    assert fetch(colleague, kept.id).status_code == 200
    assert colleague.post(f"/documents/{kept.id}/remove/").status_code == 403


def test_a_kind_of_holder_nobody_answers_for_is_closed_to_all(owner: Someone) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(pdf())
        holder = Holder("unknown-room", "1", str(owner.actor.organisation.id))
        kept = upload_document(Sent("a.pdf", file), holder, owner.actor, "k", 0, NOW)
    assert client_of(owner).get(f"/documents/{kept.id}/download/").status_code == 403


def test_a_room_answers_for_its_own_holders(owner: Someone) -> None:
    officer = someone("officer")
    declare_holder("test-case", _assigned_to(officer))
    with tempfile.TemporaryFile() as file:
        file.write(pdf())
        kept = upload_document(Sent("a.pdf", file), Holder("test-case", "7"), owner.actor, "k", 0, NOW)
    answer = fetch(client_of(officer), kept.id)
    assert answer.status_code == 200
    assert client_of(someone("officer")).get(f"/documents/{kept.id}/download/").status_code == 403
    assert client_of(owner).post(f"/documents/{kept.id}/remove/").status_code == 404, "it stays with its case"


def _assigned_to(officer: Someone):
    def relations(actor, holder):
        del holder
        return frozenset({"assigned"}) if actor.id == officer.actor.id else frozenset()

    return relations


def test_the_other_fields_of_a_form_come_back_with_the_way_back(browser: Client, owner: Someone) -> None:
    answer = post_files(browser, owner, ("a.pdf", pdf()), amount="5000", why=["甲", "<乙>"])
    html = answer.content.decode()
    assert answer.status_code == 200
    assert '<input type="hidden" name="amount" value="5000">' in html
    assert '<input type="hidden" name="why" value="&lt;乙&gt;">' in html
    assert 'name="back_from_upload" value="1"' in html
    assert "没有丢" in text_of(answer)


def test_of_several_files_the_good_ones_are_kept_and_each_bad_one_is_named(
    browser: Client, owner: Someone
) -> None:
    answer = post_files(browser, owner, ("好.pdf", pdf()), ("坏.jpg", b"<html>"), ("图.png", picture("PNG")))
    assert answer.status_code == 200
    assert "坏.jpg" in text_of(answer)
    assert "网页" in text_of(answer)
    assert sorted(one.name for one in Document.objects.all()) == ["图.png", "好.pdf"]


def test_limits_are_told_before_and_kept_while_reading(
    browser: Client, owner: Someone, settings: LazySettings
) -> None:
    settings.HUIQI_UPLOAD_MOST_MB, settings.HUIQI_UPLOAD_MOST_FILES = 1, 2
    assert "一次最多 2 份，每份不超过 1 MB" in text_of(browser.get("/documents/"))
    before = rows()
    answer = post_files(browser, owner, ("大.pdf", bytes(2**20 + 1)), ("空.pdf", b""), ("三.pdf", pdf()))
    said = text_of(answer)
    assert "文件超过 1 MB" in said
    assert "一次最多上传 2 份" in said
    assert {**rows(), "storage_spending": 0} == {**before, "storage_spending": 0}


def test_a_body_larger_than_all_files_together_is_not_read(browser: Client, owner: Someone) -> None:
    address = offer_upload(owner.actor, shelf_of(owner.actor), "/documents/").address
    answer = browser.generic("POST", address, b"x", content_type=MULTIPART, CONTENT_LENGTH="1000000000")
    assert answer.status_code == 413
    assert "没有接收" in text_of(answer)
    elsewhere = browser.generic("POST", "/documents/uploads/", b"x", CONTENT_LENGTH="1000000")
    assert elsewhere.status_code == 400


@pytest.mark.parametrize("ticket", ["", "x", "eyJ:1:2"])
def test_without_a_ticket_of_ours_nothing_is_read(browser: Client, ticket: str) -> None:
    answer = browser.post(f"/documents/upload/?ticket={ticket}", {"files": io.BytesIO(pdf())})
    assert answer.status_code == 400
    assert "请回到原来的页面" in text_of(answer)


def test_a_ticket_is_for_one_person_alone(owner: Someone) -> None:
    before = rows()
    other = someone("owner")
    offer = offer_upload(owner.actor, shelf_of(owner.actor), "/documents/")
    sent = {"upload_key": offer.form_key, "files": io.BytesIO(pdf())}
    assert client_of(other).post(offer.address, sent).status_code == 400
    assert rows()["documents_document"] == before["documents_document"]


def test_a_visitors_body_is_never_read(client: Client) -> None:
    class Untouchable(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, _: object) -> int:
            raise AssertionError("somebody read it")

    answer = client.post(
        "/documents/upload/",
        **{"wsgi.input": Untouchable(), "CONTENT_LENGTH": "1000"},  # type: ignore[arg-type]
    )
    assert answer.status_code == 302


def test_a_forged_form_is_refused(owner: Someone) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client_of(owner).cookies
    assert post_files(strict, owner, ("a.pdf", pdf())).status_code == 403
    assert not Document.objects.exists()


def test_who_uploads_too_often_waits(browser: Client, owner: Someone, settings: LazySettings) -> None:
    settings.HUIQI_UPLOADS_AN_HOUR = 1
    assert post_files(browser, owner, ("a.pdf", pdf())).status_code == 302
    again = post_files(browser, owner, ("a.pdf", pdf()), amount="5000")
    assert again.status_code == 429
    assert 'value="5000"' in again.content.decode()


def test_a_body_that_breaks_off_leaves_nothing(browser: Client, owner: Someone, own_shelf: Path) -> None:
    offer = offer_upload(owner.actor, shelf_of(owner.actor), "/documents/")
    body = (
        f'--b\r\nContent-Disposition: form-data; name="upload_key"\r\n\r\n{offer.form_key}\r\n'
        '--b\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'
    ).encode() + pdf()[:60]
    answer = browser.generic("POST", offer.address, body, content_type=MULTIPART)
    assert "没有收到文件" in text_of(answer)
    assert not Document.objects.exists()
    assert not own_shelf.exists()


@pytest.mark.parametrize("raw", [b"a\x00b.pdf", b"..%2F..%2Fa.pdf", b"\xe2\x80\xaefdp.exe", b"a\\..\\b.pdf"])
def test_odd_bytes_in_a_name_do_no_harm(browser: Client, owner: Someone, raw: bytes) -> None:
    assert _post_raw(browser, owner, raw).status_code == 302
    assert Document.objects.get().name.isprintable()
    assert browser.get("/documents/").status_code == 200


def test_a_name_in_gb18030_is_refused_with_what_to_do(browser: Client, owner: Someone) -> None:
    answer = _post_raw(browser, owner, "执照.pdf".encode("gb18030"))
    assert "文件名改成简单的" in text_of(answer)


def _post_raw(browser: Client, owner: Someone, name: bytes):
    offer = offer_upload(owner.actor, shelf_of(owner.actor), "/documents/")
    head = f'--b\r\nContent-Disposition: form-data; name="upload_key"\r\n\r\n{offer.form_key}\r\n'.encode()
    head += b'--b\r\nContent-Disposition: form-data; name="files"; filename="' + name + b'"\r\n\r\n'
    body = head + pdf() + b"\r\n--b--\r\n"
    return browser.generic("POST", offer.address, body, content_type=MULTIPART)


def test_removing_asks_first_and_says_who_sees_what(browser: Client, owner: Someone) -> None:
    kept = hand_in(owner, pdf())
    assert "本单位的人都看不到" in text_of(browser.get(f"/documents/{kept.id}/remove/"))
    assert browser.post(f"/documents/{kept.id}/remove/").status_code == 302
    assert "还没有材料" in text_of(browser.get("/documents/"))
    assert browser.get(f"/documents/{kept.id}/download/").status_code == 404


def test_what_waits_or_is_infected_is_not_given_and_it_says_why(browser: Client, owner: Someone) -> None:
    for state, words in (("waiting", "还在查毒"), ("infected", "查出病毒")):
        kept = hand_in(owner, pdf(more=f"% {state}\n".encode()), key=state)
        one = Document.objects.get(pk=kept.id)
        type(one.content).objects.filter(pk=one.content_id).update(state=state)
        answer = browser.get(f"/documents/{kept.id}/download/")
        assert answer.status_code == 409
        assert words in text_of(answer)


def test_a_shelf_of_many_asks_the_database_as_often_as_one_of_few(
    browser: Client, owner: Someone, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in range(5):
        hand_in(owner, pdf(more=b"%% %d\n" % count), key=str(count))
    with django_assert_num_queries(5):
        browser.get("/documents/")
