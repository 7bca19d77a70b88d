"""The value in force on a day. Within a request all versions are read once, at the first question."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from django.db import connection

from huiqi.foundation.parameters.domain import (
    DeclarationError,
    Parameter,
    Timeline,
    Value,
    Version,
    kept_value,
)
from huiqi.foundation.parameters.models import ParameterVersion
from huiqi.foundation.parameters.queries.declared import declared, named

Timelines = Mapping[str, Timeline]


@dataclass(slots=True)
class _Held:
    timelines: Timelines | None = None


_held: ContextVar[_Held | None] = ContextVar("parameters_held", default=None)


def value(key: str, as_of: date) -> Value:
    """The value in force on ``as_of``: what was decided in March is reckoned by March's. The default where
    nobody has changed it; DeclarationError for a key no room declares.
    """
    return timeline(named(key)).value(as_of)


def number(key: str, as_of: date) -> int:
    """The same for what is counted: days, 分, times. DeclarationError for what is no whole number."""
    found = value(key, as_of)
    if isinstance(found, bool) or not isinstance(found, int):
        raise DeclarationError(f"{key} is no whole number")
    return found


def timeline(parameter: Parameter) -> Timeline:
    """Every version of a parameter that holds or will hold."""
    return _timelines()[parameter.key]


def is_there() -> bool:
    """Whether this database keeps parameters yet: a site makes the table at its first start."""
    return ParameterVersion._meta.db_table in connection.introspection.table_names()  # noqa: SLF001 - Django's own


@contextmanager
def read_once() -> Iterator[None]:
    """Within it, versions are read at most once: a request, or a job that asks for many days."""
    if _held.get() is not None:
        yield
        return
    token = _held.set(_Held())
    try:
        yield
    finally:
        _held.reset(token)


def read_anew() -> None:
    """Forget what was read: a version was added or called off."""
    held = _held.get()
    if held is not None:
        held.timelines = None


def _timelines() -> Timelines:
    held = _held.get()
    if held is None:
        return _read()
    if held.timelines is None:
        held.timelines = _read()
    return held.timelines


def _read() -> Timelines:
    """One query. What cannot be read any more, because a room declares it otherwise now, is left out."""
    found: dict[str, list[Version]] = defaultdict(list)
    rows = ParameterVersion.objects.filter(calling_off__isnull=True)
    for number_, key, kept, from_on in rows.values_list("id", "key", "value", "from_on"):
        parameter = declared().get(key)
        read = kept_value(parameter, kept) if parameter else None
        if read is not None:
            found[key].append(Version(number_, from_on, read))
    return {key: Timeline(parameter.default, found[key]) for key, parameter in declared().items()}
