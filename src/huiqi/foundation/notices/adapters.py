"""What stands behind the posts: a file for trying, and a mail server. The only place where an address is
revealed.
"""

import fcntl
import json
import os
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from huiqi.foundation.notices.domain.messages import Message, NotSentError, Post, UncertainError

__all__ = ["FilePost", "Message", "NotSentError", "Post", "SmtpPost", "UncertainError"]

_SECONDS = 20
_ACCEPTED = (250, 251)


@dataclass(frozen=True, slots=True)
class FilePost:
    """For trying: a line a message, readable by the owner of the file alone. It sends to nobody, so it shows
    the address masked.
    """

    path: Path
    channel: str
    is_repeatable: bool = True

    def send(self, message: Message) -> None:
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            if any(json.loads(line)["key"] == message.key for line in file):
                return
            told = {"key": message.key, "channel": self.channel, "at": message.at.isoformat()}
            told |= {"to": str(message.to), "title": message.title, "text": message.text}
            file.write(json.dumps(told, ensure_ascii=False) + "\n")


@dataclass(frozen=True, slots=True)
class SmtpPost:
    """A mail server. It knows nothing of keys, so a message whose end nobody saw is not sent again; the key
    is in the Message-ID. With a password it sends over TLS or not at all.
    """

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    is_tls: bool = False
    is_repeatable: bool = False

    def send(self, message: Message) -> None:
        mail, to = self._mail(message)
        try:
            server = self._connected()
        except (OSError, smtplib.SMTPException) as failure:
            raise NotSentError("连不上邮件服务器，或者登录没有成功") from failure
        try:
            self._hand_over(server, mail, to)
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()

    def _mail(self, message: Message) -> tuple[bytes, str]:
        to = message.to.reveal()
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"], mail["Subject"] = self.sender, to, message.title
        mail["Date"] = message.at
        mail["Message-ID"] = f"<{message.key}@{self.sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text)
        return mail.as_bytes(), to

    def _connected(self) -> smtplib.SMTP:
        trusted = ssl.create_default_context()
        if self.is_tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=_SECONDS, context=trusted)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=_SECONDS)
        try:
            self._greet(server, trusted)
        except BaseException:
            server.close()
            raise
        return server

    def _greet(self, server: smtplib.SMTP, trusted: ssl.SSLContext) -> None:
        server.ehlo_or_helo_if_needed()
        is_private = self.is_tls
        if not is_private and server.has_extn("starttls"):
            server.starttls(context=trusted)
            is_private = True
        if self.password and not is_private:
            raise smtplib.SMTPException("no password without TLS")
        if self.password:
            server.login(self.user, self.password)

    def _hand_over(self, server: smtplib.SMTP, mail: bytes, to: str) -> None:
        """Until the server has all of it nothing is sent; what is lost after that is uncertain."""
        try:
            server.ehlo_or_helo_if_needed()
            is_taken = server.mail(self.sender)[0] == 250 and server.rcpt(to)[0] in _ACCEPTED
        except (OSError, smtplib.SMTPException) as failure:
            raise NotSentError("邮件服务器中途断开了") from failure
        if not is_taken:
            raise NotSentError("邮件服务器不收这个邮箱的信")
        try:
            code, _ = server.data(mail)
        except smtplib.SMTPDataError as failure:
            raise NotSentError("邮件服务器没有收下这封信") from failure
        except (OSError, smtplib.SMTPException) as failure:
            raise UncertainError from failure
        if code != 250:
            raise NotSentError("邮件服务器没有收下这封信")
