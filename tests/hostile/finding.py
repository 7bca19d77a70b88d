"""Every form and every question of an address, found by looking at every page as everybody."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from tests.walk.reading import expected
from tests.walk.recipe import Outcome, Page
from tests.walk.recipes import addresses, recipes
from tests.walk.walking import address, ask, outcome_wanted
from tests.walk.world import Walker, World

TYPED = ("text", "search", "tel", "email", "number", "password", "textarea", "url", "date")
LABELS = ("", "own", "ours", "own as a person", "an item", "a fact", "a list", "a receipt", "a colleague")


@dataclass
class Form:
    """A form as its page shows it: where it goes and what it holds, ``typed`` being what people write."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    typed: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Input:
    """One way into the site: who may use it, where it is, and a sending of it that is in order."""

    name: str
    walker: Walker
    path: str
    method: str
    fields: tuple[tuple[str, str], ...]
    typed: frozenset[str]


class Reader(HTMLParser):
    """The forms and the links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._form: Form | None = None
        self._area = self._choice = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        name = given.get("name", "")
        if tag == "a":
            self.links.append(given.get("href", ""))
        elif tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").upper())
            self.forms.append(self._form)
        elif self._form is None or not (name or tag == "option"):
            return
        elif tag in ("input", "button"):
            self._took(name, given.get("type", "text"), given.get("value", ""))
        elif tag == "textarea":
            self._took(name, tag, "")
        elif tag == "select":
            self._choice = name
        elif tag == "option" and self._choice:
            self._took(self._choice, "choice", given.get("value", ""))
            self._choice = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None

    def _took(self, name: str, kind: str, value: str) -> None:
        assert self._form is not None
        self._form.fields.append((name, value))
        if kind in TYPED:
            self._form.typed.add(name)


def inputs(world: World) -> tuple[Input, ...]:
    """Every form there is once, with the POST addresses and the questions that no form has."""
    found: dict[tuple[object, ...], Input] = {}
    for each in (*_of_pages(world), *_halfway(world)):
        is_link = each.method == "GET"
        found.setdefault((each.name, is_link or frozenset(name for name, _ in each.fields)), each)
        if is_link:
            found[each.name, True] = _together(found[each.name, True], each)
    shown = {each.name for each in found.values() if each.method == "POST"}
    for each in _of_recipes(world):
        if each.name not in shown:
            found.setdefault((each.name, False), each)
    return tuple(found.values())


def _together(one: Input, other: Input) -> Input:
    """All the questions of a page in one."""
    return replace(one, fields=tuple(dict(one.fields + other.fields).items()), typed=one.typed | other.typed)


def _halfway(world: World) -> Iterator[Input]:
    """Forms shown only to who has begun something: an answer, a sign-in, a change of one's number."""
    visitor, person = world.walkers[0], next(each for each in world.walkers if each.name == "person")
    answered = {"region_code": "410825", "entity_type": "individual", "industry_code": "6210"}
    number = {"phone": "13911112222"}
    clerk = next(each for each in world.walkers if each.name == "window_clerk")
    lost = {"old": "13911112223", "new": "13911112222", "name": "王小明", "proof": "id_card"}
    begun = (
        (visitor, "/matching/", answered, "/matching/questions/"),
        (visitor, "/accounts/sign-in/", number, "/accounts/sign-in/code/"),
        (person, "/accounts/phone/", number, "/accounts/phone/codes/"),
        (clerk, "/accounts/phone-requests/new/", lost, "/accounts/phone-requests/new/code/"),
        (person, "/accounts/set-up/", {"begin": ""}, "/accounts/set-up/"),
    )
    for walker, first, sent, then in begun:
        browser = Client()
        browser.cookies.load(walker.cookies)
        browser.post(first, sent)
        page = browser.get(then, follow=True)
        cookies = {name: morsel.value for name, morsel in browser.cookies.items()}
        reader = Reader()
        reader.feed(page.content.decode())
        for form in reader.forms:
            action = form.action or page.wsgi_request.get_full_path()
            begun_by = replace(walker, cookies=cookies)
            yield from _input(begun_by, action, form.method, form.fields, form.typed)


def _of_pages(world: World) -> Iterator[Input]:
    for name, page, walker, path in _open_pages(world):
        del name, page
        reader = Reader()
        reader.feed(ask(walker, "GET", path, {}).text)
        for form in reader.forms:
            action = form.action or path
            yield from _input(walker, action, form.method, form.fields, form.typed)
        for link in reader.links:
            if link.startswith(("/", "?")) and "?" in link:
                whole = link if link.startswith("/") else f"{urlsplit(path).path}{link}"
                yield from _input(walker, whole, "GET", parse_qsl(urlsplit(link).query))


def _of_recipes(world: World) -> Iterator[Input]:
    """What is sent without a form on any page: the recipe says what it holds."""
    rights, known = expected(), recipes()
    for name in addresses():
        page = known[name]
        for walker in world.walkers if page.writes else ():
            for thing in world.things(page.things, walker):
                if outcome_wanted(page, walker, thing, "POST", rights) is not Outcome.OPEN:
                    continue
                sent = {**page.sends, **thing.sends}
                fields = [(key, str(value)) for key, value in sent.items()]
                yield from _input(walker, address(name, thing), "POST", fields, set(sent))


def _input(
    walker: Walker, action: str, method: str, fields: list[tuple[str, str]], typed: set[str] | None = None
) -> Iterator[Input]:
    parts = urlsplit(action)
    if parts.netloc:
        return
    try:
        match = resolve(parts.path)
    except Resolver404:
        return
    sent = tuple((name, value) for name, value in fields if name != "csrfmiddlewaretoken")
    path = action if method == "POST" else parts.path
    yield Input(match.view_name, walker, path, method, sent, frozenset(typed or ()))


def _open_pages(world: World) -> Iterator[tuple[str, Page, Walker, str]]:
    rights, known = expected(), recipes()
    for name in addresses():
        page = known[name]
        for walker in world.walkers if page.reads else ():
            if walker.is_seeing or walker.mandate:
                continue
            for thing in world.things(page.things, walker):
                if (
                    thing.label in LABELS
                    and outcome_wanted(page, walker, thing, "GET", rights) is Outcome.OPEN
                ):
                    yield name, page, walker, address(name, thing)
