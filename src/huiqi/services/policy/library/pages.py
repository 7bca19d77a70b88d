"""The library as the public sees it: the list and the item."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiqi.catalogue.items import ItemKind, Level
from huiqi.core.rules.explanation import explain
from huiqi.foundation.clock.queries import today
from huiqi.foundation.look.queries import code_name, home_city
from huiqi.services.policy.library.domain import (
    BENEFIT_GROUPS,
    KINDS,
    LEVELS,
    SOURCE_GRADES,
    BenefitGroup,
    card_of,
)
from huiqi.services.policy.library.queries import (
    ItemFilters,
    current_library,
    list_items,
)

LONGEST_SEARCH = 60


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice of a filter, as a link that keeps all other choices."""

    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ChipRow:
    label: str
    chips: tuple[Chip, ...]


@require_safe
def item_list(request: HttpRequest) -> HttpResponse:
    filters = _filters(request.GET)
    as_of = today()
    page = list_items(filters, _page_number(request.GET.get("page", "")), as_of)
    context = {
        "cards": [card_of(each.item, as_of) for each in page.items],
        "page": page,
        "filters": filters,
        "rows": _first_rows(filters),
        "more_rows": _more_rows(filters),
        "is_narrowed": bool(filters.kind or filters.level or not filters.is_in_force),
        "previous_url": _url(filters, page.number - 1) if page.number > 1 else "",
        "next_url": _url(filters, page.number + 1) if page.number < page.pages else "",
        "hidden": {name: value for name, value in _parameters(filters).items() if name != "q"},
    }
    return render(request, "library/list.html", context)


@require_safe
def item_page(request: HttpRequest, item_id: str) -> HttpResponse:
    library = current_library()
    found = library.items.get(item_id)
    if found is None:
        raise Http404
    item, as_of = found.item, today()
    explanation = explain(
        item.rule,
        {},
        as_of,
        library.dictionary,
        clauses=item.conditions_text,
        code_name=code_name,
    )
    context = {
        "item": item,
        "card": card_of(item, as_of),
        "root": explanation.root,
        "revision": found.revision,
        "grade_words": SOURCE_GRADES[item.source.grade],
        "is_local": found.is_local,
    }
    return render(request, "library/item.html", context)


def _filters(query: QueryDict) -> ItemFilters:
    """Read a query string; a choice that does not exist is no choice."""
    return ItemFilters(
        is_local=query.get("place") != "elsewhere",
        is_in_force=query.get("ended") != "1",
        kind=next((kind for kind in ItemKind if kind == query.get("kind")), None),
        level=next((level for level in Level if level == query.get("level")), None),
        group=next((group for group in BenefitGroup if group == query.get("group")), None),
        text=query.get("q", "").strip()[:LONGEST_SEARCH],
    )


def _page_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _parameters(filters: ItemFilters) -> Mapping[str, str]:
    chosen = {
        "place": "" if filters.is_local else "elsewhere",
        "group": filters.group or "",
        "kind": filters.kind or "",
        "level": filters.level or "",
        "ended": "" if filters.is_in_force else "1",
        "q": filters.text,
    }
    return {name: str(value) for name, value in chosen.items() if value}


def _url(filters: ItemFilters, page: int = 1) -> str:
    parameters = dict(_parameters(filters))
    if page > 1:
        parameters["page"] = str(page)
    address = reverse("library:list")
    return f"{address}?{urlencode(parameters)}" if parameters else address


def _row(label: str, filters: ItemFilters, choices: Iterable[tuple[str, ItemFilters]]) -> ChipRow:
    return ChipRow(label, tuple(Chip(text, _url(to), to == filters) for text, to in choices))


def _first_rows(filters: ItemFilters) -> tuple[ChipRow, ...]:
    places = (
        (f"{home_city().short}能用的", replace(filters, is_local=True)),
        ("外地的（参考）", replace(filters, is_local=False)),
    )
    groups = ((words.label, replace(filters, group=group)) for group, words in BENEFIT_GROUPS.items())
    every = ("全部", replace(filters, group=None))
    return (_row("地区", filters, places), _row("好处", filters, (every, *groups)))


def _more_rows(filters: ItemFilters) -> tuple[ChipRow, ...]:
    kinds = ((label, replace(filters, kind=kind)) for kind, label in KINDS.items())
    levels = ((label, replace(filters, level=level)) for level, label in LEVELS.items())
    times = (
        ("现在能用", replace(filters, is_in_force=True)),
        ("连过期的也看", replace(filters, is_in_force=False)),
    )
    return (
        _row("种类", filters, (("全部", replace(filters, kind=None)), *kinds)),
        _row("谁发的", filters, (("全部", replace(filters, level=None)), *levels)),
        _row("时间", filters, times),
    )
