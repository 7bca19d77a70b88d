"""The recipe of every address, one file a room: ``PAGES`` maps names of addresses to how they are walked."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping

from django.urls import URLPattern, URLResolver, get_resolver

from tests.walk.recipe import Page

MISSING = """{name} has no recipe, so nobody has tried who gets in. Write one in tests/walk/recipes/<room>.py:
    "{name}": Page(reads="room.verb of a GET", writes="room.verb of a POST", things=…)
where ``things`` makes for each walker one object in each relation of the table, and one of others'.
docs/guides/walk.md shows how."""


def recipes() -> Mapping[str, Page]:
    """Every recipe there is, by the name of its address."""
    found: dict[str, Page] = {}
    for module in pkgutil.iter_modules(__path__):
        found |= importlib.import_module(f"{__name__}.{module.name}").PAGES
    return found


def addresses() -> tuple[str, ...]:
    """The full name of every address of the site."""
    return tuple(sorted(_names(get_resolver())))


def _names(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _names(each, f"{before}{each.namespace}:" if each.namespace else before)
        elif isinstance(each, URLPattern):
            yield f"{before}{each.name}"
