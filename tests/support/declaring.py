"""What a test declares in the name of a room, and takes back; and what somebody did not take back."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import pytest
from django.apps import apps

from huiqi.foundation.accounts.actions import telling
from huiqi.foundation.accounts.queries import open_work
from huiqi.foundation.audit.queries import log
from huiqi.foundation.cases.queries.kinds import kinds as case_kinds
from huiqi.foundation.notices.queries import audiences
from huiqi.foundation.notices.queries.kinds import notice_kinds
from huiqi.foundation.outbox import queries as outbox
from huiqi.foundation.parameters.queries import declared

# What rooms declare in their AppConfig, and what reads it once for all.
READERS: Mapping[str, Callable[[], Mapping[str, object]]] = {
    "audit_looks": log.looks,
    "audit_roles": log.roles,
    "audit_verbs": log.verbs,
    "case_kinds": case_kinds,
    "notice_kinds": notice_kinds,
    "outbox_kinds": outbox.kinds,
    "parameters": declared,
}


@contextmanager
def declared_by(room: str, *, is_alone: bool = False, **parts: object) -> Iterator[None]:
    """The site as if this room declared ``parts``, beside what the other rooms do or, ``is_alone``, no other
    room any. Afterwards everything is as it was, in whatever order several are left.
    """
    with pytest.MonkeyPatch.context() as patch:
        if is_alone:
            for config in apps.get_app_configs():
                for name in parts:
                    patch.setattr(config, name, {}, raising=False)
        for name, value in parts.items():
            patch.setattr(apps.get_app_config(room), name, value, raising=False)
        read_anew()
        yield
    read_anew()


def known() -> dict[str, object]:
    """Everything that is declared or registered, as those see it who ask."""
    found: dict[str, object] = {name: dict(read()) for name, read in READERS.items()}
    found |= {
        f"{config.label}.{name}": getattr(config, name)
        for config in apps.get_app_configs()
        for name in READERS
        if hasattr(config, name)
    }
    registered = {"audiences": audiences._AUDIENCES, "open work": open_work._KINDS}
    return found | {name: dict(held) for name, held in registered.items()} | {"tellers": [*telling._TELLERS]}


def left_behind(before: Mapping[str, object]) -> list[str]:
    """What is known otherwise than it was ``before``, by name."""
    after = known()
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def read_anew() -> None:
    """Ask the rooms again what they declare."""
    for read in READERS.values():
        read.cache_clear()  # type: ignore[attr-defined] # each is a cache
