"""The port for short messages, and what stands behind it: a screen, a file, or a city's gateway.

A sender is called with the number and the code once they are saved, and returns what the next page is to
show of the code: nothing, but in the demo, where there is no telephone. Notices go through the same gateway.
"""

import hashlib
import hmac
import json
import os
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from huiqi.foundation.accounts.domain.sign_in import NotSentError

Sender = Callable[[str, str, datetime], str]
# Called with the number and the words of an invitation; NotSentError where they did not leave.
Inviter = Callable[[str, str, datetime], None]
GATEWAY_SECONDS = 5


def on_screen(number: str, code: str, now: datetime) -> str:
    """The demo's: no message, the code is shown."""
    del number, now
    return code


def nowhere(number: str, code: str, now: datetime) -> str:
    """Of a site that has no gateway yet."""
    del number, code, now
    raise NotSentError("本站还没有开通短信，暂时不能用验证码。请用密码或通行密钥登录，或联系窗口。")


def to_file(path: Path) -> Sender:
    """For development: a line a message, readable by the owner of the file alone."""

    def send(number: str, code: str, now: datetime) -> str:
        line = json.dumps({"at": now.isoformat(), "number": number, "code": code})
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(f"{line}\n")
        return ""

    return send


@dataclass(frozen=True, slots=True)
class Gateway:
    """A city's gateway: one signed POST a message, see docs/guides/running.md."""

    url: str
    secret: str = field(repr=False)

    def post(self, fields: Mapping[str, str], now: datetime) -> None:
        """Hand one message over; OSError where the gateway did not take it, or did not say so."""
        body, moment = json.dumps(fields).encode(), str(int(now.timestamp()))
        headers = {
            "Content-Type": "application/json",
            "X-Huiqi-Timestamp": moment,
            "X-Huiqi-Signature": signature(self.secret, moment, body),
        }
        request = urllib.request.Request(  # noqa: S310 - https, checked at the start
            self.url, body, headers, method="POST"
        )
        with urllib.request.urlopen(request, timeout=GATEWAY_SECONDS):  # noqa: S310
            pass


def to_gateway(url: str, secret: str) -> Sender:
    """Codes by a city's gateway."""
    gateway = Gateway(url, secret)

    def send(number: str, code: str, now: datetime) -> str:
        try:
            gateway.post({"number": number, "code": code, "template": "sign-in-code"}, now)
        except OSError as failure:
            raise NotSentError("短信没有发出去，填的号码没有丢。请过一分钟再点一次发送。") from failure
        return ""

    return send


def invites_nowhere(number: str, words: str, now: datetime) -> None:
    """Of the demo, and of a site that has no gateway yet."""
    del number, words, now
    raise NotSentError("本站没有发短信，请自己把下面的链接发给对方。")


def invites_to_file(path: Path) -> Inviter:
    """For development: beside the codes."""
    send = to_file(path)

    def invite(number: str, words: str, now: datetime) -> None:
        send(number, words, now)

    return invite


def invites_by_gateway(url: str, secret: str) -> Inviter:
    """By a city's gateway, as plain text."""
    gateway = Gateway(url, secret)

    def send(number: str, words: str, now: datetime) -> None:
        try:
            gateway.post({"number": number, "text": words, "template": "invitation"}, now)
        except OSError as failure:
            raise NotSentError("短信没有发出去，邀请有效。请自己把下面的链接发给对方。") from failure

    return send


def signature(secret: str, moment: str, body: bytes) -> str:
    """HMAC-SHA256 in hexadecimal over the moment (seconds since 1970), a line end, and the body."""
    return hmac.new(secret.encode(), moment.encode() + b"\n" + body, hashlib.sha256).hexdigest()
