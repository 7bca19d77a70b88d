"""Telling people what was done for them or to what is theirs. Messages are a room above this one, which says
here how they are sent; where there is none, nobody is told and nothing else changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.storage.fields import Sealed


@dataclass(frozen=True, slots=True)
class Told:
    """One message: its kind among ``notice_kinds``, what it is about (told once), ids of persons, the blanks
    of its words, and the page of the site it leads to.
    """

    kind: str
    about: str
    recipients: tuple[str, ...]
    context: Mapping[str, object] = field(default_factory=dict)
    link: str = "/accounts/looks/"


class Teller(Protocol):
    """How a message is sent, in the transaction of what it tells."""

    def __call__(
        self,
        kind: str,
        key: str,
        recipients: tuple[str, ...],
        context: Mapping[str, object],
        now: datetime,
        actor: Actor,
        *,
        link: str,
    ) -> object: ...


class Texter(Protocol):
    """How words leave to a telephone number that is no longer anybody's here. Called by a job, outside a
    transaction; NotYetError where they may be sent again.
    """

    def __call__(self, to: Sealed, words: str, key: str, now: datetime) -> None: ...


_TELLERS: list[Teller] = []
_TEXTERS: list[Texter] = []


def register_teller(teller: Teller) -> None:
    """Called from AppConfig.ready of the room that sends messages; the latest one sends."""
    _TELLERS[:] = [teller]


def tell(told: Told, now: datetime, actor: Actor) -> None:
    """Send a message with the transaction that is open; nothing where there is nobody to be told."""
    if told.recipients:
        for send in _TELLERS:
            send(
                told.kind,
                f"{told.kind}:{told.about}",
                told.recipients,
                told.context,
                now,
                actor,
                link=told.link,
            )


def register_texter(texter: Texter) -> None:
    """Called from AppConfig.ready of the room that sends messages; the latest one sends."""
    _TEXTERS[:] = [texter]


def text(to: Sealed, words: str, key: str, now: datetime) -> None:
    """Send words to a number; nothing where no room sends."""
    for send in _TEXTERS:
        send(to, words, key, now)
