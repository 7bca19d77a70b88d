"""One step of the walk: a walker asks an address by a method, and what comes of it is judged."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from itertools import groupby
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.signals import request_finished
from django.db import close_old_connections, connection, transaction
from django.http import HttpResponseBase
from django.test import RequestFactory, override_settings
from django.urls import reverse

from tests.support.issuer import issuing
from tests.walk.reading import Expected
from tests.walk.recipe import ANY, Listing, Outcome, Page, Thing
from tests.walk.world import ENTRUSTED, VISITOR, Walker, World, marker

METHODS = ("GET", "POST")
WAYS_OUT = frozenset({"accounts.stop_acting", "accounts.end_seeing", "accounts.sign_out"})
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


def walk(
    name: str, page: Page, world: World, expected: Expected, *, only_let_in: bool = False
) -> Iterator[str]:
    """Everybody tries this page by every method with every thing; yields "" for a step as expected, and a
    sentence for a surprise. ``only_let_in`` leaves out the steps that are to be refused, but no list.
    """
    verbs = {page.reads, page.writes}
    for walker in world.walkers:
        # A mandate in one thing, or one that is over, differs from none in what one can let another do.
        if walker.mandate is None or walker.mandate.verbs == ENTRUSTED or verbs & ENTRUSTED:
            yield from Visit(name, page, walker, world, expected, only_let_in).steps()
    if page.connected:
        with connected():
            yield from walk(name, page.connected, world, expected, only_let_in=only_let_in)


@dataclass(frozen=True, slots=True)
class Visit:
    """One walker at one page. What was read once is not asked for again: reading changes nothing."""

    name: str
    page: Page
    walker: Walker
    world: World
    expected: Expected
    only_let_in: bool
    read: dict[str, Answer] = field(default_factory=dict)

    def steps(self) -> Iterator[str]:
        things = self.world.things(self.page.things, self.walker)
        for method in METHODS:
            # A page that takes no such method is shut before it knows of any thing.
            for thing in things if _verb(self.page, method) else things[:1]:
                if not self.only_let_in or self._wanted(thing, method) is Outcome.OPEN:
                    yield self._step(thing, method)
        for query, lists in groupby(self.page.lists, key=lambda each: each.query):
            yield from self._listed(tuple(lists), query.format(walker=quote(marker(self.walker.name))))

    def _wanted(self, thing: Thing, method: str) -> Outcome:
        return outcome_wanted(self.page, self.walker, thing, method, self.expected)

    def _step(self, thing: Thing, method: str) -> str:
        """One step; empty where it went as expected."""
        wanted = self._wanted(thing, method)
        answer = self._ask(method, address(self.name, thing), {**self.page.sends, **thing.sends})
        found = answer.outcome
        if self.page.is_quiet and method == "POST" and found is Outcome.OPEN and not answer.wrote:
            found = Outcome.REFUSED
        where = f"{self.walker.name} {method}s {self.name} ({thing.label or 'nothing in particular'})"
        is_shut = not _verb(self.page, method) and found in SHUT
        if found is not wanted and not is_shut:
            return f"{where}: {wanted} expected, {found} ({answer.status}). {_told(answer.text)}"
        if wanted in (Outcome.REFUSED, Outcome.SIGN_IN) and answer.wrote and not self.page.but:
            return f"{where}: {wanted}, and yet it wrote to {', '.join(answer.wrote)}"
        return ""

    def _listed(self, lists: Sequence[Listing], query: str) -> Iterator[str]:
        """Lists of the page show what is one's own to see, and nothing of others'."""
        wanted = self._wanted(Thing("", ANY), "GET")
        if wanted is Outcome.SIGN_IN:
            return
        first = self.world.things(self.page.things, self.walker)[0]
        text = self._ask("GET", address(self.name, first, query), {}).text
        for listing, thing in self._shown(lists):
            relations = thing.relations & relations_that_count(self.walker, listing.verb)
            is_allowed = self.expected.may(self.walker.role, listing.verb, relations, thing.state)
            is_wanted = wanted is Outcome.OPEN and is_allowed and thing.label in listing.shows
            is_shown = thing.marker in text
            does = "shows" if is_shown else "does not show"
            is_right = is_shown == is_wanted
            yield "" if is_right else f"{self.name}?{query} {does} {self.walker.name} what is {thing.label}"

    def _shown(self, lists: Sequence[Listing]) -> Iterator[tuple[Listing, Thing]]:
        return ((each, thing) for each in lists for thing in self.world.things(each.things, self.walker))

    def _ask(self, method: str, path: str, form: Mapping[str, object]) -> Answer:
        if method == "POST":
            return ask(self.walker, method, path, form)
        if path not in self.read:
            self.read[path] = ask(self.walker, method, path, form)
        return self.read[path]


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
    if walker.mandate and walker.mandate.is_over and verb not in WAYS_OUT:
        # What was meant for another is not done as if for oneself; what everybody may read stays open.
        is_open = method == "GET" and expected.opens(VISITOR, verb, ANY)
        return Outcome.OPEN if is_open else Outcome.REFUSED
    counting = relations_that_count(walker, verb)
    if not expected.opens(walker.role, verb, counting):
        return Outcome.SIGN_IN if walker.role == VISITOR else Outcome.REFUSED
    is_named = bool(thing.args or thing.query) or method == "POST"  # a GET sends no form
    relations = (thing.relations if is_named else ANY) & counting
    return Outcome.OPEN if expected.may(walker.role, verb, relations, thing.state) else Outcome.REFUSED


def relations_that_count(walker: Walker, verb: str) -> frozenset[str]:
    """Who acts for another has the rights of the mandate alone, and those everybody has; who acts for nobody
    else has none of a mandate, except for what is done with the mandate itself.
    """
    acts, is_about_mandates = walker.mandate is not None, verb.startswith("accounts.")
    is_covered = is_about_mandates or (walker.mandate is not None and verb in walker.mandate.verbs)
    counting = frozenset({"public"}) if acts else ANY - {"mandated"}
    return counting | {"mandated"} if is_covered else counting


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


@contextmanager
def connected() -> Iterator[None]:
    """The site while another provider of identities is connected to it."""
    with issuing() as issuer, override_settings(HUIQI_OIDC=issuer.settings):
        _site.cache_clear()
        try:
            yield
        finally:
            _site.cache_clear()


@cache
def _site() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler
