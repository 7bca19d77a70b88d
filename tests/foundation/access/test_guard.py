"""Every page says what it takes to open it, and opens to those alone."""

from collections.abc import Callable, Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from huiqi.foundation.access.adapters import DoorGuard, UndeclaredPageError, verb_of
from huiqi.foundation.access.domain import RIGHTS
from huiqi.foundation.access.queries import NotAllowedError, demand, requires
from huiqi.foundation.audit.actions import Actor


def patterns(resolver: URLResolver, names: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the site with its full name."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, f"{names}{each.namespace}:" if each.namespace else names)
        else:
            yield f"{names}{each.name}", each


def test_every_page_of_the_site_declares_a_verb_that_somebody_has() -> None:
    found = {name: verb_of(each.callback, name) for name, each in patterns(get_resolver())}
    assert found
    assert [name for name, verb in found.items() if not RIGHTS.roles(verb)] == []


def test_a_page_without_a_verb_opens_to_nobody() -> None:
    def page(request: HttpRequest) -> HttpResponse:
        raise AssertionError(request)

    with pytest.raises(UndeclaredPageError):
        _guard(page, "owner")


def test_no_page_can_ask_for_a_verb_nobody_declared() -> None:
    with pytest.raises(ValueError, match="nobody declared"):
        requires("portal.fly")


def test_whom_nobody_lets_in_is_told_who_may() -> None:
    with pytest.raises(NotAllowedError, match="任何人"):
        demand(Actor("1", "王*", role="owner"), "library.see", {"organisation"})


def _guard(view: Callable[..., HttpResponse], role: str) -> HttpResponse | None:
    request = RequestFactory().get("/somewhere/")
    request.resolver_match = None
    request.actor = Actor("1", "王*", role=role)
    return DoorGuard(view).process_view(request, view, (), {})
