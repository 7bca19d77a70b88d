"""Nothing is served before the scanner found it clean. The scanner is a real one."""

import socket
import threading
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from huiqi.foundation.audit.queries import LogFilters, entries
from huiqi.foundation.documents.actions import (
    ScannerError,
    ScanVerdict,
    clean_up,
    remove_document,
    scan_waiting,
    scanner_at,
)
from huiqi.foundation.documents.actions import (
    clamd as client,
)
from huiqi.foundation.documents.models import Content
from huiqi.foundation.documents.queries import NotServedError, document, pieces_of
from huiqi.foundation.documents.tasks import scan, scan_rest
from huiqi.foundation.outbox.actions import Job, run_next
from tests.foundation.documents.files import pdf
from tests.foundation.documents.handing_in import bytes_of, hand_in
from tests.support.clamd import MOST_BYTES, TEST_VIRUS, THREAT, PrivateClamd
from tests.support.people import NOW, someone

INFECTED = pdf(more=b"% " + TEST_VIRUS + b"\n")


HANDLERS = {"documents.scan": scan}
NO_VERDICTS = [b"", b"stream: OK and more\0", b"INSTREAM size limit exceeded. ERROR\0", b"\xff" * 9999]
ELSEWHERE = ["tcp://10.0.0.1:3310", "tcp://example.com:3310", "/run/clamd.ctl", "tcp://127.0.0.1:0"]


@pytest.fixture
def scanning(clamd: PrivateClamd, settings: LazySettings) -> PrivateClamd:
    settings.HUIQI_CLAMD = clamd.unix
    return clamd


def state_of(document_id: str) -> str:
    found = document(document_id)
    assert found
    return found.state


@pytest.mark.django_db
def test_bytes_forgotten_and_handed_in_anew_are_scanned_at_once(scanning: PrivateClamd) -> None:
    owner = someone("owner")
    first = hand_in(owner, pdf())
    assert run_next(HANDLERS, lambda: NOW)
    assert remove_document(first.id, owner.actor, NOW)
    assert clean_up(NOW + timedelta(days=2)).contents == 1
    again = hand_in(owner, pdf(), key="again")
    assert state_of(again.id) == "waiting"
    assert run_next(HANDLERS, lambda: NOW)
    assert state_of(again.id) == "clean"


@pytest.mark.parametrize("way", ["unix", "tcp"])
def test_the_scanner_tells_clean_from_infected(clamd: PrivateClamd, way: str) -> None:
    scanner = scanner_at(getattr(clamd, way))
    assert scanner
    assert scanner([b"hello", b"", b"world"]) == ScanVerdict()
    assert THREAT in scanner([INFECTED]).threat
    assert scanner([]) == ScanVerdict()


def test_a_virus_cut_between_two_pieces_is_found(clamd: PrivateClamd) -> None:
    scanner = scanner_at(clamd.unix)
    assert scanner
    half = INFECTED.index(TEST_VIRUS) + 30
    assert scanner([INFECTED[:half], INFECTED[half:]]).threat


def test_more_than_the_scanner_takes_is_no_verdict(clamd: PrivateClamd) -> None:
    scanner = scanner_at(clamd.unix)
    assert scanner
    with pytest.raises(ScannerError):
        scanner([bytes(64 * 1024)] * (2 * MOST_BYTES // (64 * 1024)))


@pytest.mark.django_db
def test_a_clean_file_is_served_only_after_its_scan(scanning: PrivateClamd) -> None:
    kept = hand_in(someone("person"), pdf())
    assert state_of(kept.id) == "waiting"
    with pytest.raises(NotServedError, match="还在查毒"):
        pieces_of(kept)
    assert scan_waiting(NOW, scanner_at(scanning.unix)).clean == 1
    assert state_of(kept.id) == "clean"
    assert bytes_of(kept) == pdf()


@pytest.mark.django_db
def test_a_job_comes_with_the_upload_and_scans_it(scanning: PrivateClamd) -> None:
    kept = hand_in(someone("person"), pdf())
    assert run_next(HANDLERS, lambda: NOW)
    assert state_of(kept.id) == "clean"
    assert not run_next(HANDLERS, lambda: NOW)


@pytest.mark.django_db
def test_a_job_whose_scanner_is_away_is_tried_again(scanning: PrivateClamd, settings: LazySettings) -> None:
    settings.HUIQI_CLAMD = "unix:/nowhere/clamd.sock"
    kept = hand_in(someone("person"), pdf())
    assert run_next(HANDLERS, lambda: NOW)
    assert state_of(kept.id) == "waiting"
    settings.HUIQI_CLAMD = scanning.unix
    assert not run_next(HANDLERS, lambda: NOW), "not before it has waited a little"
    assert run_next(HANDLERS, lambda: NOW + timedelta(minutes=5))
    assert state_of(kept.id) == "clean"


@pytest.mark.django_db
def test_the_hourly_round_scans_what_came_before_there_was_a_scanner(
    clamd: PrivateClamd, settings: LazySettings
) -> None:
    kept = hand_in(someone("person"), pdf())
    settings.HUIQI_CLAMD = clamd.unix
    scan_rest(Job(1, "documents.scan_rest", "k", {}, "", 1, NOW))
    assert state_of(kept.id) == "clean"


@pytest.mark.django_db
def test_an_infected_file_is_never_served_and_the_log_says_what_was_found(scanning: PrivateClamd) -> None:
    kept = hand_in(someone("person"), INFECTED)
    assert scan_waiting(NOW, scanner_at(scanning.unix)).infected == 1
    with pytest.raises(NotServedError, match="查出病毒"):
        pieces_of(kept)
    assert any(THREAT in entry.changes for entry in entries(LogFilters("document-content")))
    again = hand_in(someone("person"), INFECTED, key="another form")
    assert again.state == "infected", "the same bytes are known for what they are"


@pytest.mark.django_db
def test_where_the_scanner_does_not_answer_everything_still_waits(settings: LazySettings) -> None:
    settings.HUIQI_CLAMD = "unix:/nowhere/clamd.sock"
    first = hand_in(someone("person"), pdf())
    second = hand_in(someone("person"), pdf(more=b"% 2\n"), key="2")
    result = scan_waiting(NOW, scanner_at(settings.HUIQI_CLAMD))
    assert (result.clean, result.infected, result.failed) == (0, 0, 1)
    assert (state_of(first.id), state_of(second.id)) == ("waiting", "waiting")


@pytest.mark.django_db
def test_a_damaged_file_keeps_no_other_from_its_scan(scanning: PrivateClamd, own_shelf: Path) -> None:
    damaged = hand_in(someone("person"), pdf())
    whole = hand_in(someone("person"), pdf(more=b"% 2\n"), key="2")
    path = next(own_shelf.rglob(f"{damaged.sha256}*"))
    whole_file = path.read_bytes()
    path.write_bytes(whole_file[:-1] + bytes([whole_file[-1] ^ 1]))
    result = scan_waiting(NOW, scanner_at(scanning.unix))
    assert (result.clean, result.failed) == (1, 1)
    assert (state_of(damaged.id), state_of(whole.id)) == ("waiting", "clean")


@pytest.mark.django_db
def test_without_a_scanner_a_file_is_unscanned_and_the_operator_decides(settings: LazySettings) -> None:
    kept = hand_in(someone("person"), pdf())
    assert kept.state == "unscanned"
    assert scan_waiting(NOW, scanner_at("")).clean == 0
    settings.HUIQI_SERVE_UNSCANNED = True
    assert bytes_of(kept) == pdf()
    settings.HUIQI_SERVE_UNSCANNED = False
    with pytest.raises(NotServedError, match="还没有接上"):
        pieces_of(kept)


@pytest.mark.django_db
def test_a_scanner_that_comes_later_scans_what_was_never_scanned(clamd: PrivateClamd) -> None:
    kept = hand_in(someone("person"), pdf())
    assert scan_waiting(NOW, scanner_at(clamd.tcp)).clean == 1
    assert state_of(kept.id) == "clean"


@pytest.mark.django_db
def test_of_two_scans_of_one_file_one_is_recorded() -> None:
    kept = hand_in(someone("person"), pdf())

    def slow(pieces: Iterable[bytes]) -> ScanVerdict:
        b"".join(pieces)
        Content.objects.filter(pk=kept.sha256).update(state="infected", threat="seen by the other")
        return ScanVerdict()

    assert scan_waiting(NOW, slow) == type(scan_waiting(NOW, None))()
    assert state_of(kept.id) == "infected"


@pytest.mark.parametrize("answer", NO_VERDICTS)
def test_whatever_is_no_verdict_never_counts_as_clean(tmp_path: Path, answer: bytes) -> None:
    path = tmp_path / "s"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        talking = threading.Thread(target=_answer_once, args=(listening, answer))
        talking.start()
        scanner = scanner_at(f"unix:{path}")
        assert scanner
        with pytest.raises(ScannerError):
            scanner([b"x"])
        talking.join()


def test_a_scanner_that_never_answers_is_not_waited_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "ANSWER_SECONDS", 0.05)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        listening.listen()
        scanner = scanner_at(f"unix:{tmp_path / 's'}")
        assert scanner
        with pytest.raises(ScannerError, match="timed out"):
            scanner([b"x"])


@pytest.mark.parametrize("address", ELSEWHERE)
def test_only_this_machine_is_spoken_to(address: str) -> None:
    with pytest.raises(ValueError, match="no scanner"):
        scanner_at(address)


def _answer_once(listening: socket.socket, answer: bytes) -> None:
    line, _ = listening.accept()
    with line:
        line.recv(1000)
        line.sendall(answer)
        line.shutdown(socket.SHUT_WR)
        with suppress(ConnectionResetError):  # it has hung up on a line that never ends
            while line.recv(1000):
                pass
