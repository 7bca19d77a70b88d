"""Handing in: once however often it is sent, under a name that is only shown, encrypted where it lies."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from huiqi.foundation.audit.queries import LogFilters, entries
from huiqi.foundation.documents.actions import RefusedError, clean_up, remove_document
from huiqi.foundation.documents.domain import DamagedFileError, new_key, sealed, shown_name, unsealed
from huiqi.foundation.documents.domain.sealing import PIECE_BYTES
from huiqi.foundation.documents.models import Content, Document, LocalShelf
from huiqi.foundation.documents.queries import document, documents_of, shelf_of
from tests.foundation.documents.files import pdf, photograph_with_place
from tests.foundation.documents.handing_in import bytes_of, hand_in
from tests.support.people import NOW, someone

NAMES = {
    "营业执照.pdf": "营业执照.pdf",
    "../../etc/passwd": "passwd.pdf",  # pragma: allowlist secret
    "C:\\Users\\王\\照片.jpg": "照片.pdf",
    "发票\u202egpj.exe": "发票 gpj.pdf",
    "a\0b\r\nc.pdf": "a b c.pdf",
    "执照.pdf.exe": "执照.pdf",
    "": "未命名.pdf",
    "...": "未命名.pdf",
    ".htaccess": "htaccess.pdf",
    "CON.pdf": "_CON.pdf",
    "\ufffd\ufffd\ufffd.pdf": "未命名.pdf",
    '<img src=x onerror="a">.pdf': "_img src=x onerror=_a_.pdf",
    "长" * 300 + ".pdf": "长" * 76 + ".pdf",
    "e\u0301cole.pdf": "école.pdf",
    "2026.11.20 合同.pdf": "2026.11.20 合同.pdf",
}


def files_on(shelf: Path) -> list[Path]:
    return sorted(path for path in shelf.rglob("*") if path.is_file())


@pytest.mark.parametrize("sent", NAMES)
def test_a_name_is_shown_cleaned_and_with_the_right_ending(sent: str) -> None:
    assert shown_name(sent, ".pdf") == NAMES[sent]


@given(st.text(max_size=400))
def test_whatever_it_is_called_the_name_can_be_kept_shown_and_sent(sent: str) -> None:
    shown = shown_name(sent, ".docx")
    assert 5 < len(shown) <= 80
    assert shown.isprintable()
    assert not set(shown) & set('/\\:*?"<>|')
    assert shown.endswith(".docx")
    shown.encode()
    assert shown_name(shown, ".docx") == shown


@pytest.mark.django_db
def test_the_same_form_sent_twice_is_one_document() -> None:
    who = someone("owner")
    first, second = hand_in(who, pdf()), hand_in(who, pdf())
    assert first == second
    assert len(documents_of(shelf_of(who.actor))) == 1
    assert len(entries(LogFilters("document", first.id))) == 1


@pytest.mark.django_db
def test_a_form_key_is_no_way_to_the_document_of_another() -> None:
    hand_in(someone("owner"), pdf())
    with pytest.raises(RefusedError, match="已经用过"):
        hand_in(someone("owner"), pdf())


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_eight_times_at_once_is_one_document_with_one_file(own_shelf: Path) -> None:
    """On PostgreSQL; SQLite lets no two transactions write at once."""
    if connection.vendor != "postgresql":
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        return
    who = someone("owner")

    def send(_: int) -> str:
        try:
            return hand_in(who, pdf()).id
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(send, range(8)))) == 1
    assert Document.objects.count() == 1
    assert len(files_on(own_shelf)) == 1


@pytest.mark.django_db
def test_the_same_bytes_of_two_holders_are_kept_once_and_stay_while_one_has_them(own_shelf: Path) -> None:
    one, other = someone("owner"), someone("owner")
    first, second = hand_in(one, pdf(), key="1"), hand_in(other, pdf(), key="2")
    assert first.id != second.id
    assert len(files_on(own_shelf)) == 1
    remove_document(first.id, one.actor, NOW)
    assert clean_up(NOW + timedelta(days=3)).contents == 0
    assert bytes_of(second) == pdf()


@pytest.mark.django_db
def test_what_lies_on_the_shelf_is_encrypted_and_named_by_its_hash(own_shelf: Path) -> None:
    kept = hand_in(someone("owner"), pdf(more=b"% secret words\n"), name="../../../evil.pdf")
    (path,) = files_on(own_shelf)
    assert path.name.startswith(kept.sha256)
    assert path.parent.parent == own_shelf
    assert b"secret words" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    assert kept.sha256 not in {kept.sm3, ""}


@pytest.mark.django_db
def test_of_a_redrawn_picture_the_hash_of_what_was_sent_is_kept_too() -> None:
    kept = hand_in(someone("owner"), photograph_with_place(), name="a.gif")
    assert kept.name == "a.jpg"
    assert kept.sent_sha256 != kept.sha256


@pytest.mark.django_db
def test_a_removed_document_is_gone_from_sight_at_once_and_from_the_disk_with_the_clean_up(
    own_shelf: Path,
) -> None:
    who = someone("owner")
    kept = hand_in(who, pdf())
    assert remove_document(kept.id, who.actor, NOW)
    assert not remove_document(kept.id, who.actor, NOW), "the second click finds it done"
    assert document(kept.id) is None
    assert clean_up(NOW).contents == 0, "not before a day has passed"
    assert clean_up(NOW + timedelta(days=2)).contents == 1
    assert files_on(own_shelf) == []
    assert not Content.objects.exists()


@pytest.mark.django_db
def test_a_file_nobody_knows_is_removed_after_a_day(own_shelf: Path) -> None:
    kept = hand_in(someone("owner"), pdf())
    stray = f"{'ab' * 32}-{'0' * 16}"
    LocalShelf(own_shelf).put(stray, [b"stray"])
    unfinished = own_shelf / "ab" / f"{stray}.1234"
    unfinished.write_bytes(b"half")
    later = clean_up(NOW + timedelta(days=36500))
    assert later.files == 1
    assert [path.name[:64] for path in files_on(own_shelf)] == [kept.sha256]


@pytest.mark.django_db
def test_where_the_row_cannot_be_written_no_file_stays(
    own_shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the log is full")

    monkeypatch.setattr("huiqi.foundation.documents.actions.uploading.record", fail)
    with pytest.raises(RuntimeError, match="the log is full"):
        hand_in(someone("owner"), pdf())
    assert files_on(own_shelf) == []
    assert not Content.objects.exists()


@pytest.mark.parametrize("name", ["../../etc/passwd", "a", "", "ab" * 32, f"{'ab' * 32}-{'0' * 15}/"])
def test_the_shelf_takes_no_name_but_a_hash(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="named by its hash"):
        LocalShelf(tmp_path).put(name, [b"x"])


@pytest.mark.parametrize("cipher", ["aes", "sm4"])
@pytest.mark.parametrize("size", [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES])
def test_what_is_encrypted_comes_back_as_it_was(tmp_path: Path, cipher: str, size: int) -> None:
    key, content = new_key(cipher), secrets.token_bytes(size)
    path = tmp_path / "f"
    path.write_bytes(b"".join(sealed([content[:10], content[10:]], key)))
    with path.open("rb") as file:
        assert b"".join(unsealed(file, key)) == content


@pytest.mark.parametrize("harm", ["flip", "cut", "append", "swap", "drop", "head", "nothing left"])
def test_a_file_that_was_changed_does_not_open(tmp_path: Path, harm: str) -> None:
    key, whole = new_key("aes"), b"".join(sealed([secrets.token_bytes(3 * PIECE_BYTES)], "aes:" + "11" * 32))
    key = "aes:" + "11" * 32
    piece = PIECE_BYTES + 16
    harmed = {
        "flip": whole[:100] + bytes([whole[100] ^ 1]) + whole[101:],
        "cut": whole[: 4 + 2 * piece],
        "append": whole + whole[-piece:],
        "swap": whole[:4] + whole[4 + piece : 4 + 2 * piece] + whole[4 : 4 + piece] + whole[4 + 2 * piece :],
        "drop": whole[:4] + whole[4 + piece :],
        "head": b"HQF2" + whole[4:],
        "nothing left": whole[:4],
    }[harm]
    path = tmp_path / "f"
    path.write_bytes(harmed)
    with path.open("rb") as file, pytest.raises(DamagedFileError):
        b"".join(unsealed(file, key))
