"""How codes leave the site."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.test import Client

from huiqi.config.messages import sender_of
from huiqi.foundation.accounts.adapters.sms import signature, to_file, to_gateway
from huiqi.foundation.accounts.domain.sign_in import NotSentError
from tests.support.serving import free_port

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
SECRET = "agreed upon with the gateway"  # noqa: S105 # pragma: allowlist secret


class Gateway(BaseHTTPRequestHandler):
    """Takes messages that are signed, and nothing else."""

    taken: list[dict[str, str]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        moment = self.headers["X-Huiqi-Timestamp"]
        is_signed = self.headers["X-Huiqi-Signature"] == signature(SECRET, moment, body)
        if is_signed:
            self.taken.append(json.loads(body))  # before the answer, which the test waits for
        self.send_response(200 if is_signed else 403)
        self.end_headers()

    def log_message(self, format: str, *words: object) -> None:  # noqa: A002 - the library's own name
        """Say nothing."""


@pytest.fixture
def gateway() -> Iterator[str]:
    Gateway.taken = []
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sms"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_gateway_gets_a_signed_message_and_the_page_nothing_to_show(gateway: str) -> None:
    assert to_gateway(gateway, SECRET)("13900001111", "012345", NOW) == ""
    assert Gateway.taken == [{"number": "13900001111", "code": "012345", "template": "sign-in-code"}]


def test_a_gateway_that_refuses_or_is_not_there_is_said_so(gateway: str) -> None:
    with pytest.raises(NotSentError, match="没有丢"):
        to_gateway(gateway, "another secret")("13900001111", "012345", NOW)
    with pytest.raises(NotSentError):
        to_gateway(f"http://127.0.0.1:{free_port()}/", SECRET)("13900001111", "012345", NOW)
    assert Gateway.taken == []


def test_for_development_a_line_a_message_goes_to_a_file_of_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "sms.jsonl"
    for code in ("000001", "000002"):
        assert to_file(path)("13900001111", code, NOW) == ""
    assert [json.loads(line)["code"] for line in path.read_text().splitlines()] == ["000001", "000002"]
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_a_code_that_could_not_be_sent_is_said_and_the_number_stays(client: Client, settings) -> None:
    settings.HUIQI_SMS = "none"
    answer = client.post("/accounts/sign-in/", {"phone": "13900001111"}).content.decode()
    assert "还没有开通短信" in answer
    assert 'value="13900001111"' in answer


@pytest.mark.django_db
def test_only_the_demo_shows_a_code_on_the_screen(client: Client, settings, tmp_path: Path) -> None:
    settings.HUIQI_SMS, settings.HUIQI_DATA = "file", tmp_path
    client.post("/accounts/sign-in/", {"phone": "13900001111"})
    code = json.loads((tmp_path / "sms.jsonl").read_text())["code"]
    text = client.get("/accounts/sign-in/code/").content.decode()
    assert code not in text
    assert "演示" not in text


def test_each_way_that_can_be_set_has_a_sender(settings) -> None:
    assert {callable(sender_of(named)) for named in ("demo", "file", "http", "none")} == {True}
