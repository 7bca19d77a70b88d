"""Work that lies with a member and must not be left lying: rooms above say here what they hold."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from huiqi.foundation.audit.actions import Actor


@dataclass(frozen=True, slots=True)
class OpenWork:
    """One kind of work, as a room above keeps it. ``label`` is how it is named (办件); ``count`` tells how
    many a membership holds, by its id; ``move`` gives all of it from one membership to another, for a reason
    and at a moment, in the transaction it is called in, and returns how much there was.
    """

    label: str
    count: Callable[[str], int]
    move: Callable[[str, str, Actor, str, datetime], int]


@dataclass(frozen=True, slots=True)
class Held:
    """How much of one kind of work somebody holds."""

    label: str
    count: int


_KINDS: dict[str, OpenWork] = {}


def register_open_work(work: OpenWork) -> None:
    """Called from AppConfig.ready of the room that keeps this work; the same label replaces itself."""
    _KINDS[work.label] = work


def kinds_of_work() -> tuple[OpenWork, ...]:
    """Every kind of work that may lie with a member."""
    return tuple(_KINDS.values())


def open_work_of(membership_id: str) -> tuple[Held, ...]:
    """What lies with a member; empty where nothing does."""
    held = (Held(kind.label, kind.count(membership_id)) for kind in kinds_of_work())
    return tuple(each for each in held if each.count)
