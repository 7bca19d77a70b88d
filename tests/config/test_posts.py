"""Which post stands behind each channel, and notices by the gateway that sends the codes."""

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from huiqi.config.environment import EnvironmentMistakeError, read_environment
from huiqi.config.posts import SmsPost, posts_of
from huiqi.foundation.accounts.adapters.sms import Gateway
from huiqi.foundation.notices.adapters import FilePost, Message, NotSentError, SmtpPost, UncertainError
from tests.foundation.accounts.test_sms import SECRET, gateway
from tests.foundation.accounts.test_sms import Gateway as Taker
from tests.foundation.notices.test_smtp import Address
from tests.support.serving import free_port

__all__ = ["gateway"]
MAIL_URL = "smtps://huiqi:a%40b@mail.example.cn"  # pragma: allowlist secret
MAIL = {"HUIQI_MAIL_URL": MAIL_URL, "HUIQI_MAIL_FROM": "huiqi@example.gov.cn"}
SMS = {"HUIQI_SMS": "http", "HUIQI_SMS_URL": "https://sms.example.cn/", "HUIQI_SMS_SECRET": "s" * 30}
PRODUCTION = {"HUIQI_MODE": "production", "HUIQI_ALLOWED_HOSTS": "huiqi.example.gov.cn"}
MESSAGE = Message(
    Address("13900001111"), "", "请补材料。", "huiqi-7", datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
)


def test_a_site_that_is_tried_keeps_its_messages_in_a_file() -> None:
    posts = posts_of(read_environment({"HUIQI_DATA": "/x"}))
    assert posts == {name: FilePost(Path("/x/messages.jsonl"), name) for name in ("sms", "mail")}


def test_in_production_only_what_is_set_up_is_offered() -> None:
    assert posts_of(read_environment(PRODUCTION)) == {}
    posts = posts_of(read_environment({**PRODUCTION, **MAIL, **SMS}))
    assert posts["sms"] == SmsPost(Gateway("https://sms.example.cn/", "s" * 30))
    server = posts["mail"]
    assert isinstance(server, SmtpPost)
    assert (server.host, server.port, server.user, server.is_tls) == ("mail.example.cn", 465, "huiqi", True)
    assert server.password == "a@b"  # noqa: S105 # pragma: allowlist secret
    assert "a@b" not in repr(server)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"HUIQI_MAIL_URL": "mail.example.cn"}, "HUIQI_MAIL_URL"),
        ({"HUIQI_MAIL_URL": "smtp://h:99999"}, "HUIQI_MAIL_URL"),
        ({"HUIQI_MAIL_URL": "smtp://"}, "HUIQI_MAIL_URL"),
        ({"HUIQI_MAIL_URL": "smtp://h"}, "HUIQI_MAIL_FROM"),
        ({**MAIL, "HUIQI_MAIL_FROM": "a@b\nBcc: c@d"}, "HUIQI_MAIL_FROM"),
        ({"HUIQI_JOBS_KEEP_DAYS": "1"}, "HUIQI_JOBS_KEEP_DAYS"),
    ],
)
def test_a_wrong_setting_is_named(wrong: dict[str, str], named: str) -> None:
    with pytest.raises(EnvironmentMistakeError, match=named):
        read_environment(wrong)


def test_the_gateway_gets_the_words_and_the_key(gateway: str) -> None:
    SmsPost(Gateway(gateway, SECRET)).send(MESSAGE)
    sent = {"number": "13900001111", "text": "请补材料。", "template": "notice", "key": "huiqi-7"}
    assert Taker.taken == [sent]


def test_what_the_gateway_refuses_or_never_got_was_not_sent(gateway: str) -> None:
    for post in (Gateway(gateway, "another"), Gateway(f"http://127.0.0.1:{free_port()}/", SECRET)):
        with pytest.raises(NotSentError):
            SmsPost(post).send(MESSAGE)
    assert Taker.taken == []


@pytest.fixture
def silent() -> Iterator[str]:
    """A gateway that takes a message and hangs up without a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take() -> None:
            line, _ = server.accept()
            with line:
                line.recv(65536)

        thread = threading.Thread(target=take)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        thread.join()


def test_a_gateway_that_hangs_up_without_a_word_leaves_it_uncertain(silent: str) -> None:
    with pytest.raises(UncertainError):
        SmsPost(Gateway(silent, SECRET)).send(MESSAGE)
