"""A message as it leaves the site, and what may come of sending it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class NotSentError(Exception):
    """Certainly not sent; the message says why, for people. It may be sent again."""


class UncertainError(Exception):
    """Perhaps sent, perhaps not: the other side was lost after it had everything. It is not sent again."""


class State(StrEnum):
    """Where a message is. ``held`` waits for a digest, ``bundled`` went with one."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    HELD = "held"
    BUNDLED = "bundled"
    CANCELLED = "cancelled"


class Purpose(StrEnum):
    """Why a message is sent."""

    NOTICE = "notice"
    APOLOGY = "apology"
    DIGEST = "digest"
    CONFIRM = "confirm"


STATE_WORDS = {
    State.WAITING: "等着发",
    State.SENDING: "正在发",
    State.SENT: "已发",
    State.UNCERTAIN: "可能没发到",
    State.HELD: "等着合成一封",
    State.BUNDLED: "合在一封里",
    State.CANCELLED: "没有发",
}


class Address(Protocol):
    """Where a message goes: shown masked, and revealed by the adapter that sends it, nowhere else."""

    def reveal(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Message:
    """What is handed to a post. ``key`` is the same however often the same message is handed over; ``title``
    is the subject of a mail and empty for a short message.
    """

    to: Address
    title: str
    text: str
    key: str
    at: datetime


class Post(Protocol):
    """What sends messages of one channel: NotSentError, UncertainError, or it is sent.

    ``is_repeatable`` says that the other side sends nothing twice that comes twice with one key.
    """

    is_repeatable: bool

    def send(self, message: Message) -> None: ...
