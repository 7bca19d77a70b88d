"""One step of the walk: a walker asks an address by a method, and what comes of it is judged."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.signals import request_finished
from django.db import close_old_connections, connection, transaction
from django.http import HttpResponseBase
from django.test import RequestFactory
from django.urls import reverse

from tests.walk.reading import Expected
from tests.walk.recipe import ANY, Listing, Outcome, Page, Thing
from tests.walk.world import VISITOR, Walker, World

METHODS = ("GET", "POST")
SHUT = (Outcome.NO_METHOD, Outcome.REFUSED, Outcome.SIGN_IN)  # nobody gets in by a method a page has not
# What asking leaves behind whoever asks: the session, and how often somebody came.
NOT_COUNTED = {"accounts_session", "storage_spending"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a step; ``wrote`` names the tables that were written to."""

    status: int
    location: str = ""
    text: str = ""
    wrote: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        if self.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return Outcome.BROKEN
        if self.status == HTTPStatus.METHOD_NOT_ALLOWED:
            return Outcome.NO_METHOD
        if self.status in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND):
            return Outcome.REFUSED
        is_sign_in = self.location.startswith(f"{settings.SIGN_IN_URL}?next=")
        return Outcome.SIGN_IN if is_sign_in else Outcome.OPEN


def walk(name: str, page: Page, world: World, expected: Expected) -> Iterator[str]:
    """Everybody tries this page by every method with every thing; yields "" for a step as expected, and a
    sentence for a surprise.
    """
    for walker in world.walkers:
        for thing in world.things(page.things, walker):
            for method in METHODS:
                yield step(name, page, walker, thing, method, expected)
        for listing in page.lists:
            yield from _listed(name, page, listing, world, walker, expected)


def step(name: str, page: Page, walker: Walker, thing: Thing, method: str, expected: Expected) -> str:
    """One step; empty where it went as expected."""
    wanted = outcome_wanted(page, walker, thing, method, expected)
    answer = ask(walker, method, address(name, thing), {**page.sends, **thing.sends})
    found = answer.outcome
    if page.is_quiet and method == "POST" and found is Outcome.OPEN and not answer.wrote:
        found = Outcome.REFUSED
    where = f"{walker.name} {method}s {name} ({thing.label or 'nothing in particular'})"
    is_shut = not _verb(page, method) and found in SHUT
    if found is not wanted and not is_shut:
        return f"{where}: {wanted} expected, {found} ({answer.status}). {_told(answer.text)}"
    if wanted in (Outcome.REFUSED, Outcome.SIGN_IN) and answer.wrote and not page.but:
        return f"{where}: {wanted}, and yet it wrote to {', '.join(answer.wrote)}"
    return ""


def outcome_wanted(page: Page, walker: Walker, thing: Thing, method: str, expected: Expected) -> Outcome:
    """What the checked-in rights say of this step."""
    for who in (walker.name, walker.role, "everyone"):
        if (who, method) in page.but:
            return page.but[who, method]
    verb = _verb(page, method)
    if not verb:
        return Outcome.NO_METHOD
    if method == "POST" and walker.is_seeing and not expected.may_while_seeing(verb):
        return Outcome.REFUSED
    if not expected.opens(walker.role, verb):
        return Outcome.SIGN_IN if walker.role == VISITOR else Outcome.REFUSED
    is_named = bool(thing.args or thing.query) or method == "POST"  # a GET sends no form
    relations = thing.relations if is_named else ANY
    return Outcome.OPEN if expected.may(walker.role, verb, relations, thing.state) else Outcome.REFUSED


def ask(walker: Walker, method: str, path: str, form: Mapping[str, object]) -> Answer:
    """Send one request through the whole site; what a POST changes is undone."""
    factory = RequestFactory()
    request = factory.post(path, form) if method == "POST" else factory.get(path)
    request.COOKIES.update(walker.cookies)
    request._dont_enforce_csrf_checks = True
    with _watched() as wrote, transaction.atomic():
        try:
            return _answer(_site().get_response(request), wrote)
        except Exception as error:  # noqa: BLE001 - a page that breaks is told of as any other surprise
            return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, text=f"{type(error).__name__}: {error}")
        finally:
            transaction.set_rollback(True)


def address(name: str, thing: Thing, query: str = "") -> str:
    asked = "&".join(filter(None, (thing.query, query)))
    path = reverse(name, kwargs=dict(thing.args) or None)
    return f"{path}?{asked}" if asked else path


def _verb(page: Page, method: str) -> str:
    return page.writes if method == "POST" else page.reads


def _listed(
    name: str, page: Page, listing: Listing, world: World, walker: Walker, expected: Expected
) -> Iterator[str]:
    """A list shows what is one's own to see, and nothing of others'."""
    if outcome_wanted(page, walker, Thing("", frozenset()), "GET", expected) is Outcome.SIGN_IN:
        return
    text = ask(walker, "GET", address(name, world.things(page.things, walker)[0], listing.query), {}).text
    for thing in world.things(listing.things, walker):
        is_allowed = expected.may(walker.role, listing.verb, thing.relations, thing.state)
        is_wanted = thing.label in listing.shows and is_allowed and expected.opens(walker.role, page.reads)
        is_shown = thing.marker in text
        words = {True: "shows", False: "does not show"}
        if is_shown == is_wanted:
            yield ""
        else:
            yield f"{name}?{listing.query} {words[is_shown]} {walker.name} what is {thing.label}"


def _told(text: str) -> str:
    """What a page says, shortened."""
    body = text.partition("<main")[2] or text
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())[:120]


def _answer(response: HttpResponseBase, wrote: list[str]) -> Answer:
    content = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    closed(response)
    location = response.headers.get("Location", "")
    return Answer(response.status_code, location, content.decode(errors="replace"), tuple(wrote))


def closed(response: HttpResponseBase) -> None:
    """Let go of an answer as Django's own test client does: the connection of the world stays open."""
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)


@contextmanager
def _watched() -> Iterator[list[str]]:
    """The tables written to meanwhile."""
    wrote: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        done = execute(sql, params, many, context)
        words = sql.split(None, 3)
        verb = words[0].upper() if words else ""
        if verb == "INSERT" or (verb in ("UPDATE", "DELETE") and context["cursor"].rowcount):
            wrote.extend({words[1 if verb == "UPDATE" else 2].strip('"')} - NOT_COUNTED)
        return done

    with connection.execute_wrapper(note):
        yield wrote


@cache
def _site() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler
