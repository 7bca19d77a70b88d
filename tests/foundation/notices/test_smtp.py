"""Mail over a real mail server on this machine, and the file of a site that is only tried."""

import json
import stat
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from huiqi.foundation.notices.adapters import FilePost, SmtpPost
from huiqi.foundation.notices.domain import Message, NotSentError, UncertainError
from tests.foundation.notices.trial import NOW, states, told, with_mail, work
from tests.support.serving import free_port


class Address(str):
    """Shows a mask and reveals itself."""

    __slots__ = ()

    def reveal(self) -> str:
        return str(self)

    def __format__(self, _: str) -> str:
        return "***"


class Inbox:
    """A server's side: keeps what comes, or says what it is told to."""

    def __init__(self) -> None:
        self.kept: list[Envelope] = []
        self.refusal = ""
        self.is_cut_off = False

    async def handle_RCPT(  # noqa: N802 - named by aiosmtpd
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith("nobody"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.kept.append(envelope)
        if self.is_cut_off and server.transport is not None:
            server.transport.abort()
        return self.refusal or "250 OK"


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def server(inbox: Inbox) -> Iterator[SmtpPost]:
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield SmtpPost("127.0.0.1", controller.port, "huiqi@example.gov.cn")
    controller.stop()


def message(to: str = "zhang@example.com") -> Message:
    return Message(Address(to), "请补材料：焦-2026-0012", "您好，\n请补材料。", "huiqi-7", NOW)


def test_a_notice_reaches_the_mailbox_in_its_words(person, server, inbox, settings) -> None:
    settings.HUIQI_POSTS = {"mail": server}
    with_mail(person)
    told("trial.due", "k", person)
    work(NOW)
    assert states() == [("notice", "mail", "sent")]
    (envelope,) = inbox.kept
    mail = message_from_bytes(envelope.content, policy=policy.default)
    assert envelope.rcpt_tos == ["zhang@example.com"]
    assert mail["Subject"] == "请补材料：焦-2026-0012"
    assert "您的办件焦-2026-0012要补材料" in mail.get_content()
    assert mail["Message-ID"].endswith("@example.gov.cn>")
    assert mail["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("refusal", ["451 try later", "554 no"])
def test_a_server_that_does_not_take_it_has_not_sent_it(server, inbox, refusal: str) -> None:
    inbox.refusal = refusal
    with pytest.raises(NotSentError, match="没有收下"):
        server.send(message())


def test_a_mailbox_that_is_not_there_is_said(server, inbox) -> None:
    with pytest.raises(NotSentError, match="不收这个邮箱"):
        server.send(message("nobody@example.com"))
    assert inbox.kept == []


def test_a_server_lost_after_it_had_everything_leaves_it_uncertain(server, inbox) -> None:
    inbox.is_cut_off = True
    with pytest.raises(UncertainError):
        server.send(message())
    assert len(inbox.kept) == 1


def test_a_server_that_is_away_has_sent_nothing() -> None:
    with pytest.raises(NotSentError, match="连不上"):
        SmtpPost("127.0.0.1", free_port(), "huiqi@example.gov.cn").send(message())


def test_a_password_goes_over_no_open_line(server, inbox) -> None:
    open_line = SmtpPost(server.host, server.port, server.sender, "huiqi", "a secret")  # nosec
    with pytest.raises(NotSentError, match="登录"):
        open_line.send(message())
    assert inbox.kept == []
    assert "a secret" not in repr(open_line)


def test_a_title_cannot_smuggle_in_another_receiver(server, inbox) -> None:
    hostile = Message(Address("a@example.com"), "好\r\nBcc: b@example.com", "x", "k", NOW)
    with pytest.raises(ValueError, match="linefeed"):
        server.send(hostile)
    assert inbox.kept == []


def test_a_file_keeps_each_key_once_masked_and_for_its_owner(tmp_path: Path) -> None:
    post = FilePost(tmp_path / "messages.jsonl", "sms")
    post.send(message())
    post.send(message())
    (line,) = post.path.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["text"] == "您好，\n请补材料。"
    assert stat.S_IMODE(post.path.stat().st_mode) == 0o600
