"""Every kind of hostile text in every field, question, part of a path, cookie and header of the site."""

import os
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import quote_from_bytes

import pytest
from django.urls import reverse

from tests.hostile.finding import Input
from tests.hostile.kinds import VALUES, Value
from tests.hostile.trying import bytes_of, faults, form, rows, send
from tests.walk.recipes import addresses, recipes
from tests.walk.world import Walker, World

pytestmark = pytest.mark.django_db
IS_THOROUGH = "HUIQI_THOROUGH" in os.environ  # every text in every way in, which takes thrice as long
QUESTIONS = (
    "q",
    "page",
    "next",
    "scope",
    "pile",
    "kind",
    "place",
    "number",
    "done",
    "item",
    "ticket",
    "show",
)
SEARCH = "/policies/"
PAGES = ("/", "/cases/", "/notices/", "/verify/", "/accounts/sign-in/", "/matching/results/")
TURNS = 3
FORGING = ("away", "id", "number", "SQL", "NUL")
EVERYWHERE = ("NUL", "number: beyond", "number: of 5", "no UTF-8", "half a", "very long", "SQL: a second")
IN_PATHS = ("path", "id", "number", "SQL", "NUL", "no UTF-8")
COOKIES = ("sessionid", "csrftoken", "answers", "modes", "known")
HEADERS = ("HTTP_USER_AGENT", "HTTP_REFERER", "HTTP_ACCEPT_LANGUAGE", "HTTP_X_FORWARDED_FOR")


def _each(value: Value) -> object:
    """Text that a database takes for text as every other is tried on one database."""
    marks = () if value.is_for_databases else (pytest.mark.one_database,)
    return pytest.param(value, id=value.name, marks=marks)


@pytest.mark.parametrize("value", [_each(value) for value in VALUES])
def test_every_way_in_stands_a_hostile_text(value: Value, world: World, ways_in: tuple[Input, ...]) -> None:
    before = rows()
    turn = VALUES.index(value)
    found = [
        *(each for at, way in enumerate(ways_in) for each in _in_fields(value, way, turn + at)),
        *_in_questions(value, world, turn),
        *_in_paths(value, world, turn),
        *_in_cookies_and_headers(value),
    ]
    assert not found, "\n".join(dict.fromkeys(found))
    assert rows() == before


def _in_fields(value: Value, way: Input, turn: int) -> Iterator[str]:
    """Once in all that people type, the rest in order; once in all the rest, which pages wrote themselves.
    Every third kind comes to each form, so that each form meets some of every sort; all forms meet what
    broke a page once, and in what pages wrote themselves all that leads away or forges an id.
    """
    names = {name for name, _ in way.fields}
    is_turn = _is_everywhere(value) or turn % TURNS == 0
    is_forged = is_turn or value.name.startswith(FORGING)
    for meant in (way.typed if is_turn else frozenset(), names - way.typed if is_forged else frozenset()):
        if not meant:
            continue
        fields = [
            (name, bytes_of(value) if name in meant else text.encode()) for name, text in _one_each(way)
        ]
        body = form(fields)
        path = way.path if way.method == "POST" else f"{way.path}?{body.decode()}"
        came = send(way.method, path, body if way.method == "POST" else None, cookies=way.walker.cookies)
        yield from faults(came, value, f"{way.method} {way.name} as {way.walker.name} in {sorted(meant)}")


def _is_everywhere(value: Value) -> bool:
    return IS_THOROUGH or value.name.startswith(EVERYWHERE)


def _one_each(way: Input) -> list[tuple[str, str]]:
    return [next(group) for _, group in groupby(sorted(way.fields), key=lambda each: each[0])]


def _in_questions(value: Value, world: World, turn: int) -> Iterator[str]:
    """The search meets every kind, every other page every third."""
    body = form([(name, bytes_of(value)) for name in QUESTIONS]).decode()
    for path in (SEARCH, *(PAGES if _is_everywhere(value) else PAGES[turn % TURNS :: TURNS])):
        came = send("GET", f"{path}?{body}", cookies=_named(world, "officer").cookies)
        yield from faults(came, value, f"GET {path}?…")


def _in_paths(value: Value, world: World, turn: int) -> Iterator[str]:
    """In place of each id of an address; of what is not made for one every third."""
    known, walker = recipes(), _named(world, "officer")
    for at, name in enumerate(addresses()):
        is_turn = _is_everywhere(value) or (turn + at) % TURNS == 0
        if not (is_turn or value.name.startswith(IN_PATHS)):
            continue
        thing = world.things(known[name].things, walker)[0]
        for part in thing.args:
            here = reverse(name, kwargs=dict(thing.args))
            path = here.replace(str(thing.args[part]), quote_from_bytes(bytes_of(value), safe=""))
            method = "GET" if known[name].reads else "POST"
            came = send(method, path, cookies=walker.cookies)
            yield from faults(came, value, f"{method} {name} with {part}")


def _in_cookies_and_headers(value: Value) -> Iterator[str]:
    text = bytes_of(value).decode("latin-1")
    for path in ("/", "/matching/results/", "/accounts/"):
        came = send("GET", path, cookies=dict.fromkeys(COOKIES, text), **dict.fromkeys(HEADERS, text))
        yield from faults(came, value, f"GET {path} with cookies and headers")


def _named(world: World, name: str) -> Walker:
    return next(each for each in world.walkers if each.name == name)


@pytest.mark.parametrize("value", [each for each in VALUES if each.is_welcome], ids=lambda each: each.name)
def test_what_is_no_attack_is_taken_as_it_is(value: Value, world: World) -> None:
    who = _named(world, "person")
    came = send("POST", "/accounts/name/", form([("name", bytes_of(value))]), cookies=who.cookies)
    assert came.status == 302
    found = send("GET", "/policies/", cookies=who.cookies)
    assert found.status == 200


# Pages of a provider of identities are not there without one; what it brings is tried with one.
WITHOUT_A_PROVIDER = {"accounts:identity_back", "accounts:identity_connect"}


def test_every_way_in_is_known(ways_in: tuple[Input, ...]) -> None:
    """Every address that takes a POST from somebody is among what was found."""
    taken = {each.name for each in ways_in if each.method == "POST"}
    assert {name for name, page in recipes().items() if page.writes} - taken == WITHOUT_A_PROVIDER
