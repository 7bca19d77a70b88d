"""Works on the keys of encrypted fields. Imported only once Django is set up."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps

from huiqi.cli import running
from huiqi.foundation.clock.queries import now
from huiqi.foundation.storage.actions import one_at_a_time
from huiqi.foundation.storage.fields import keyring, rotation


@dataclass(frozen=True, slots=True)
class ShownKey:
    """A key with how many values it encrypts."""

    id: str
    cipher: str
    is_current: bool
    count: int


@dataclass(frozen=True, slots=True)
class ShownKeys:
    """The keys there are, and those the database needs beside them."""

    path: Path
    keys: tuple[ShownKey, ...]
    missing: Counter[str]


def listed_keys() -> ShownKeys:
    """The file of keys beside what the database uses."""
    running.prepare_database()
    used = rotation.keys_in_use(columns())
    ring = keyring.keyring()
    shown = tuple(
        ShownKey(key.id, key.cipher, key.id == ring.current, used[key.id]) for key in ring.keys.values()
    )
    return ShownKeys(
        ring.path, shown, Counter({name: n for name, n in used.items() if name not in ring.keys})
    )


def rotate_keys() -> Iterator[rotation.Moved]:
    """Move everything to a new key, one rotation at a time; tells how far it has come."""
    running.prepare_database()
    with one_at_a_time("keys"):
        yield from rotation.rotate(columns(), now())


def remove_key(key_id: str) -> None:
    """Remove an old key that nothing uses."""
    running.prepare_database()
    with one_at_a_time("keys"):
        rotation.forget_key(columns(), key_id, now())


def current_key_id() -> str:
    """The key that encrypts what is new."""
    return keyring.keyring().current


def columns() -> tuple[rotation.SealedColumn, ...]:
    """Every encrypted field of the site."""
    return rotation.sealed_columns(apps.get_models())
