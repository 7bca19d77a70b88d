"""What a job is, which kinds there are, how long a failed one waits, and what may be written into one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

LONGEST_KIND, LONGEST_KEY, LONGEST_SUBJECT, LONGEST_ERROR = 60, 160, 80, 300
MOST_IN_A_PAYLOAD = 10
_ID = re.compile(r"[A-Za-z0-9_.:-]{1,80}")
_TELEPHONE = re.compile(r"(\+?86-?)?1\d{10}")
_NAME = re.compile(r"[a-z_]+\.[a-z_]+")

Payload = Mapping[str, int | str]


class State(StrEnum):
    """Where a job is. ``dropped`` is what somebody gave up by hand; its key stays spent."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    DROPPED = "dropped"


STATE_WORDS = {
    State.WAITING: "等待",
    State.RUNNING: "正在做",
    State.DONE: "已做完",
    State.DEAD: "没做成",
    State.DROPPED: "已放弃",
}
UNSETTLED = (State.WAITING, State.RUNNING, State.DEAD)


class OutboxError(ValueError):
    """A job that cannot be kept, or a kind that says nothing usable: a mistake of the room."""


class JobStateError(ValueError):
    """A job somebody wants to change is not there or no longer so; the message is for them."""


class NotYetError(Exception):
    """A handler could not do its job now; the message says why, for people and without personal data. It is
    tried again later.
    """


class NeverError(Exception):
    """A handler can never do this job; the message says why. It is dead at once, and somebody has to look."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job, as its room declares it (``outbox_kinds`` of the AppConfig).

    ``handler`` is the dotted path of the function that gets the `Job`. With ``is_outside`` it acts on other
    systems and runs outside a transaction; otherwise it runs in the transaction that marks the job done.
    ``lease_seconds`` is how long a worker may be silent before the job is given to another: longer than any
    run of an outside kind. The n-th failure waits ``backoff_seconds`` × 2ⁿ⁻¹, at most
    ``longest_backoff_seconds``. ``is_in_order``: jobs of one subject are done one after the other, and one
    that is dead holds up those behind it. ``every_seconds`` makes it periodic, counted from midnight in the
    site's time zone on, plus ``offset_seconds``; 0 for no.
    """

    name: str
    handler: str
    words: str
    is_outside: bool = False
    max_attempts: int = 8
    backoff_seconds: int = 10
    longest_backoff_seconds: int = 6 * 3600
    lease_seconds: int = 120
    is_in_order: bool = False
    every_seconds: int = 0
    offset_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """One job as its handler gets it. ``key`` is the same at every attempt: what an outside system is told so
    that it does nothing twice. ``attempt`` counts from 1; ``now`` is the moment it was taken.
    """

    id: int
    kind: str
    key: str
    payload: Payload
    subject: str
    attempt: int
    now: datetime


@dataclass(frozen=True, slots=True)
class Order:
    """A job to be written down."""

    kind: str
    key: str
    payload: Payload
    due_at: datetime | None = None
    subject: str = ""


def read_kind(name: str, declared: Mapping[str, object]) -> Kind:
    """A kind from what its room wrote; OutboxError for what is missing, unknown or out of bounds."""
    unknown = set(declared) - {each.name for each in fields(Kind)}
    if unknown or not {"handler", "words"} <= set(declared) or not _NAME.fullmatch(name):
        raise OutboxError(
            f"the kind {name} is declared wrongly: {', '.join(sorted(unknown)) or 'parts missing'}"
        )
    kind = Kind(name=name, **declared)  # type: ignore[arg-type] # types are checked by what follows
    if min(kind.max_attempts, kind.backoff_seconds, kind.lease_seconds) < 1 or len(name) > LONGEST_KIND:
        raise OutboxError(f"the kind {name} needs attempts, back-off and lease of at least 1")
    if not 0 <= kind.offset_seconds <= kind.every_seconds:
        raise OutboxError(f"the kind {name} has an offset beyond its period")
    return kind


def check_order(order: Order, kinds: Mapping[str, Kind]) -> None:
    """OutboxError for a kind nobody declares, and for more than ids: what a job needs, it reads then."""
    if order.kind not in kinds:
        raise OutboxError(f"no room declares the kind {order.kind}")
    if not 1 <= len(order.key) <= LONGEST_KEY or len(order.subject) > LONGEST_SUBJECT:
        raise OutboxError("a key has 1 to 160 characters, a subject at most 80")
    if len(order.payload) > MOST_IN_A_PAYLOAD:
        raise OutboxError(f"a payload names at most {MOST_IN_A_PAYLOAD} things")
    for name, value in order.payload.items():
        if not _is_id(value):
            raise OutboxError(f"a payload holds ids only, and {name} is none")


def _is_id(value: object) -> bool:
    text = str(value)
    is_text_or_number = isinstance(value, str | int) and not isinstance(value, bool)
    return is_text_or_number and bool(_ID.fullmatch(text)) and not _TELEPHONE.fullmatch(text)


def backoff(kind: Kind, attempt: int) -> int:
    """Seconds to wait after the ``attempt``-th failure: doubled each time, up to the kind's longest."""
    doublings = min(attempt - 1, 40)
    return min(kind.backoff_seconds << doublings, max(kind.backoff_seconds, kind.longest_backoff_seconds))


def period_key(kind: Kind, now: datetime) -> str:
    """The key of the job of the period ``now`` lies in: the same for every worker."""
    shift = now.utcoffset()
    seconds = int(now.timestamp()) + (int(shift.total_seconds()) if shift else 0) - kind.offset_seconds
    return f"{kind.name}@{seconds // kind.every_seconds * kind.every_seconds}"


def error_words(error: Exception) -> str:
    """What is kept of a failure. An error nobody foresaw may name somebody: only its kind is kept."""
    if isinstance(error, NotYetError | NeverError):
        return str(error)[:LONGEST_ERROR]
    return f"程序出错（{type(error).__name__}），详情在日志里"
