"""The list: filters as links, searches, and what may have been meant."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from huiqi.catalogue.items import ItemKind, Level
from huiqi.foundation.access.queries import requires
from huiqi.foundation.clock.queries import today
from huiqi.foundation.look.queries import counties, home_city, shortened
from huiqi.services.policy.library.domain import (
    AUDIENCES,
    BENEFIT_GROUPS,
    KINDS,
    LEVELS,
    Audience,
    BenefitGroup,
    ItemCard,
    Standing,
)
from huiqi.services.policy.library.queries import (
    NO_STANDINGS,
    Finding,
    ItemFilters,
    card_of,
    current_library,
    find_items,
    list_items,
)

LONGEST_SEARCH = 60
MOST_LINES = 4_096  # about 1 kB each
MORE = "more-"  # begins the names of the rows that are folded away


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice of a filter, as a link that keeps all other choices."""

    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ChipRow:
    name: str
    label: str
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor asks of the list: the choices, the words, and whether to leave the own answers aside."""

    filters: ItemFilters
    text: str
    is_plain: bool

    def narrowed(self, **choices: Any) -> "Asked":
        return replace(self, filters=replace(self.filters, **choices))


@requires("library.see")
@never_cache
@vary_on_cookie
@require_safe
def item_list(request: HttpRequest) -> HttpResponse:
    text = shortened(request.GET.get("q", "").strip(), LONGEST_SEARCH)
    asked = Asked(_filters(request.GET, text), text, request.GET.get("order") == "plain")
    number, as_of, library = _page_number(request.GET.get("page", "")), today(), current_library()
    known = request.standings(library, as_of) if asked.filters.is_local else NO_STANDINGS
    standings = NO_STANDINGS if asked.is_plain else known
    finding = find_items(library, asked.filters, text, number, as_of) if text else None
    page = finding.page if finding else list_items(library, asked.filters, number, as_of, standings)
    context = {
        "lines": [_line(card_of(each.item, as_of), standings.get(each.item.id)) for each in page.items],
        "is_known": bool(known),
        "is_plain": asked.is_plain,
        "order_url": _url(replace(asked, is_plain=not asked.is_plain)),
        "page": page,
        "filters": asked.filters,
        "text": text,
        "finding": finding,
        "guesses": [Chip(guess, _url(replace(asked, text=guess)), False) for guess in _guesses(finding)],
        "other_side_url": _url(asked.narrowed(is_local=not asked.filters.is_local, place=None)),
        "wider_url": _url(Asked(ItemFilters(is_in_force=not text), text, asked.is_plain)),
        "rows": _first_rows(asked),
        "more_rows": _more_rows(asked),
        "is_more_open": _is_narrowed(asked) or request.headers.get("HX-Trigger", "").startswith(MORE),
        "previous_url": _url(asked, page.number - 1) if page.number > 1 else "",
        "next_url": _url(asked, page.number + 1) if page.number < page.pages else "",
        "hidden": {name: value for name, value in _parameters(asked).items() if name not in {"q", "ended"}},
    }
    return render(request, "library/list.html", context)


@lru_cache(maxsize=MOST_LINES)
def _line(card: ItemCard, standing: Standing | None) -> SafeString:
    """One item, with its standing for the visitor where there is one: the same for all who stand alike."""
    return render_to_string("library/line.html", {"card": card, "standing": standing})


def _filters(query: QueryDict, text: str) -> ItemFilters:
    """Read a query string; a choice that does not exist is no choice."""
    place = query.get("place")
    return ItemFilters(
        is_local=place != "elsewhere",
        place=next((county.code for county in counties() if county.code == place), None),
        is_in_force=query.get("ended") == "0" or (query.get("ended") != "1" and not text),
        kind=next((kind for kind in ItemKind if kind == query.get("kind")), None),
        level=next((level for level in Level if level == query.get("level")), None),
        group=next((group for group in BenefitGroup if group == query.get("group")), None),
        audience=next((audience for audience in Audience if audience == query.get("who")), None),
        needs_applying={"auto": False, "apply": True}.get(query.get("how", "")),
    )


def _page_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _guesses(finding: Finding | None) -> tuple[str, ...]:
    return finding.guesses if finding else ()


def _is_narrowed(asked: Asked) -> bool:
    first = replace(asked.filters, is_local=True, group=None)
    return first != ItemFilters(is_in_force=not asked.text)


def _parameters(asked: Asked) -> Mapping[str, str]:
    filters = asked.filters
    # A search looks at ended items too, at the end; a list does so only when told.
    times = "" if filters.is_in_force is not bool(asked.text) else "0" if filters.is_in_force else "1"
    chosen = {
        "place": (filters.place or "") if filters.is_local else "elsewhere",
        "group": filters.group or "",
        "who": filters.audience or "",
        "how": {None: "", False: "auto", True: "apply"}[filters.needs_applying],
        "kind": filters.kind or "",
        "level": filters.level or "",
        "ended": times,
        "order": "plain" if asked.is_plain else "",
        "q": asked.text,
    }
    return {name: str(value) for name, value in chosen.items() if value}


def _url(asked: Asked, page: int = 1) -> str:
    parameters = dict(_parameters(asked))
    if page > 1:
        parameters["page"] = str(page)
    return f"{_address()}?{urlencode(parameters)}" if parameters else _address()


@cache
def _address() -> str:
    """A page of the list names itself some forty times."""
    return reverse("library:list")


def _row(name: str, label: str, asked: Asked, choices: Iterable[tuple[str, Asked]]) -> ChipRow:
    return ChipRow(name, label, tuple(Chip(text, _url(to), to == asked) for text, to in choices))


def _first_rows(asked: Asked) -> tuple[ChipRow, ...]:
    local = asked.narrowed(is_local=True, place=asked.filters.place)
    places = (
        (f"{home_city().short}能用的", local),
        ("外地的（参考）", asked.narrowed(is_local=False, place=None)),
    )
    groups = ((words.label, asked.narrowed(group=group)) for group, words in BENEFIT_GROUPS.items())
    every = ("全部", asked.narrowed(group=None))
    return (_row("place", "地区", asked, places), _row("group", "好处", asked, (every, *groups)))


def _more_rows(asked: Asked) -> tuple[ChipRow, ...]:
    audiences = ((words.label, asked.narrowed(audience=each)) for each, words in AUDIENCES.items())
    ways = (
        ("不用申请", asked.narrowed(needs_applying=False)),
        ("要自己申请", asked.narrowed(needs_applying=True)),
    )
    kinds = ((label, asked.narrowed(kind=kind)) for kind, label in KINDS.items())
    levels = ((label, asked.narrowed(level=level)) for level, label in LEVELS.items())
    times = (
        ("现在能用", asked.narrowed(is_in_force=True)),
        ("连过期的也看", asked.narrowed(is_in_force=False)),
    )
    return (
        _row(f"{MORE}who", "给谁", asked, (("全部", asked.narrowed(audience=None)), *audiences)),
        _row(f"{MORE}how", "怎么领", asked, (("全部", asked.narrowed(needs_applying=None)), *ways)),
        _row(f"{MORE}kind", "种类", asked, (("全部", asked.narrowed(kind=None)), *kinds)),
        _row(f"{MORE}level", "谁发的", asked, (("全部", asked.narrowed(level=None)), *levels)),
        _row(f"{MORE}time", "时间", asked, times),
        *_county_rows(asked),
    )


def _county_rows(asked: Asked) -> Iterator[ChipRow]:
    """What applies in one county, for a city that has counties."""
    if asked.filters.is_local and counties():
        every = (home_city().name, asked.narrowed(place=None))
        places = ((county.name, asked.narrowed(place=county.code)) for county in counties())
        yield _row(f"{MORE}county", "县区", asked, (every, *places))
