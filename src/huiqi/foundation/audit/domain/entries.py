"""What an entry says, and the one form in which it is kept and hashed."""

import json
from collections.abc import Mapping, Set
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from decimal import Decimal

LONGEST_ID = 80
LONGEST_NAME = 120
MASK = "***"
VERSION_WITHOUT_PARTY, VERSION_WITH_PARTY = 1, 2
PARTY_COLUMNS = ("party_id", "party_name")


class EntryError(ValueError):
    """An entry that cannot be kept: a mistake of the room that records it."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody by opaque id. ``name`` is how a line is read aloud; the caller shortens a person's (王某),
    because an entry is never changed again.
    """

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Principal(Party):
    """On whose behalf somebody acts: ``verbs`` of the table of rights are what they were mandated to do."""

    is_person: bool = False
    verbs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, for which organisation, and on whose behalf; ``role`` is what the table of rights is asked
    by and is not kept. Where a support member sees the site as somebody, ``seen_by`` is that member: rights
    are asked for whom they see, and an entry says that the member did it on their behalf.
    """

    id: str
    name: str
    organisation: Party | None = None
    behalf_of: Principal | None = None
    role: str = ""
    seen_by: Party | None = None

    @property
    def doer(self) -> Party:
        """Who really did it."""
        return self.seen_by or Party(self.id, self.name)

    @property
    def done_for(self) -> Party | None:
        """On whose behalf it was done."""
        return Party(self.id, self.name) if self.seen_by else self.behalf_of


@dataclass(frozen=True, slots=True)
class Subject:
    """What is acted on: its kind, its opaque id, and how a line names it."""

    kind: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One act or one look; ``party`` is whose data a look read. ``before`` and ``after`` may hold everything;
    only what differs is kept, and of the fields in ``masked`` only that they differ. Fields are named by
    words a reader understands.
    """

    happened_at: datetime
    actor: Actor
    verb: str
    subject: Subject
    reason: str = ""
    request_id: str = ""
    before: Mapping[str, object] = field(default_factory=dict)
    after: Mapping[str, object] = field(default_factory=dict)
    masked: Set[str] = frozenset()
    party: Party | None = None


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """The columns of an entry, in their order; a party that is not there is two empty texts."""

    id: int
    happened_at: datetime
    actor_id: str
    actor_name: str
    organisation_id: str
    organisation_name: str
    behalf_id: str
    behalf_name: str
    verb: str
    subject_kind: str
    subject_id: str
    subject_name: str
    reason: str
    request_id: str
    changes: str
    party_id: str = ""
    party_name: str = ""

    @property
    def content(self) -> bytes:
        """What is hashed: every column, as canonical JSON in UTF-8; without a party as it was before there
        were parties, so that old seals hold. TypeError or ValueError where a column holds what was never
        written by us.
        """
        values: dict[str, object] = {name: getattr(self, name) for name in KEPT_COLUMNS}
        values["happened_at"] = self.happened_at.astimezone(UTC).isoformat()
        if self.party_id == self.party_name == "":
            kept = {name: value for name, value in values.items() if name not in PARTY_COLUMNS}
            return canonical_json({"version": VERSION_WITHOUT_PARTY, **kept}).encode()
        return canonical_json({"version": VERSION_WITH_PARTY, **values}).encode()


KEPT_COLUMNS = tuple(each.name for each in fields(KeptEntry))


def columns_of(entry: Entry) -> dict[str, object]:
    """The columns to write. EntryError for what a database would refuse or silently cut."""
    if entry.happened_at.tzinfo is None:
        raise EntryError("the moment of an entry needs its time zone")
    nobody = Party("", "")
    organisation = entry.actor.organisation or nobody
    doer, behalf = entry.actor.doer, entry.actor.done_for or nobody
    party = entry.party or nobody
    return {
        "happened_at": entry.happened_at,
        "actor_id": _exact("actor", doer.id),
        "actor_name": _readable(doer.name),
        "organisation_id": _exact("organisation", organisation.id, may_be_empty=True),
        "organisation_name": _readable(organisation.name),
        "behalf_id": _exact("behalf_of", behalf.id, may_be_empty=True),
        "behalf_name": _readable(behalf.name),
        "verb": _exact("verb", entry.verb),
        "subject_kind": _exact("subject kind", entry.subject.kind),
        "subject_id": _exact("subject", entry.subject.id),
        "subject_name": _readable(entry.subject.name),
        "reason": _text(entry.reason),
        "request_id": _exact("request", entry.request_id, may_be_empty=True),
        "changes": _changes(entry),
        "party_id": _exact("party", party.id, may_be_empty=entry.party is None),
        "party_name": _readable(party.name),
    }


def canonical_json(value: object) -> str:
    """The one way to write a value: sorted keys, no spaces, characters as they are. EntryError otherwise."""
    try:
        text = json.dumps(
            value,
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
            allow_nan=False,
            default=_plain,
        )
    except (TypeError, ValueError) as failure:
        raise EntryError(f"this cannot be kept as JSON: {failure}") from failure
    return _text(text)


def _changes(entry: Entry) -> str:
    fields = sorted({*entry.before, *entry.after})
    changed = {}
    for name in fields:
        old, new = entry.before.get(name), entry.after.get(name)
        if canonical_json(old) != canonical_json(new):  # as JSON, because True == 1 == 1.0 in Python
            changed[name] = [_masked(old), _masked(new)] if name in entry.masked else [old, new]
    return canonical_json(changed)


def _masked(value: object) -> str | None:
    return None if value is None else MASK


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _exact(what: str, text: str, *, may_be_empty: bool = False) -> str:
    if len(text) > LONGEST_ID or not (text or may_be_empty):
        raise EntryError(f"{what}: 1 to {LONGEST_ID} characters are kept, not {len(text)}")
    return _text(text)


def _readable(text: str) -> str:
    return _text(text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…")


def _text(text: str) -> str:
    """PostgreSQL keeps no NUL, and no database half a character."""
    try:
        text.encode()
    except UnicodeEncodeError as failure:
        raise EntryError("half a character cannot be kept") from failure
    if "\0" in text:
        raise EntryError("a NUL cannot be kept")
    return text
