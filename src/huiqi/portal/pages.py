"""The visitor's home, the page about the site, and the answer for machines that watch over it."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiqi.catalogue.items import ItemKind
from huiqi.foundation.clock.queries import demo_offset, today
from huiqi.foundation.storage.queries import is_database_reachable
from huiqi.services.policy.library.queries import (
    BENEFIT_GROUPS,
    ItemCard,
    ItemFilters,
    Library,
    card_of,
    current_edition,
    current_library,
    matching_items,
)
from huiqi.services.policy.matching.queries import (
    ANSWERS_COOKIE,
    Group,
    matches_for,
    profile_of,
    read_answers,
)

SHOWN = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """One door to the list: a group of benefits with the number of items now in force."""

    label: str
    icon: str
    url: str
    count: int


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    library, as_of = current_library(), today()
    in_force = [card_of(each.item, as_of) for each in matching_items(library, ItemFilters(), as_of)]
    closing = sorted((card for card in in_force if card.is_closing_soon), key=_by_last_day)
    shown = {card.id for card in closing[:SHOWN]}
    context = {
        "policies": sum(card.kind is ItemKind.POLICY for card in in_force),
        "loans": sum(card.kind is ItemKind.LOAN_PRODUCT for card in in_force),
        "closing_count": len(closing),
        "closing": closing[:SHOWN],
        "newest": _newest(library, as_of, shown),
        "tiles": _tiles(library, as_of),
        "as_of": as_of,
        "is_clock_moved": bool(demo_offset()),
        **_own(request, library, as_of),
    }
    response = render(request, "portal/home.html", context)
    patch_vary_headers(response, ["Cookie"])
    return response


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about.html")


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """200 with the edition of the library, 503 where the database is away or nothing is loaded."""
    is_reachable = is_database_reachable()
    edition = current_edition().number if is_reachable else 0
    body = {"database": is_reachable, "catalogue_edition": edition}
    return JsonResponse(body, status=200 if edition else 503)


def _own(request: HttpRequest, library: Library, as_of: date) -> dict[str, object]:
    """What the visitor's own answers come to, where there are any."""
    answers = read_answers(request.COOKIES.get(ANSWERS_COOKIE), library.dictionary)
    if answers.place is None:
        return {"profile": None}
    matches = matches_for(answers, library, as_of)
    return {
        "profile": profile_of(answers, library),
        "eligible": matches.count(Group.ELIGIBLE) + matches.count(Group.TO_CHECK),
        "near": matches.count(Group.NEAR),
        "unknown": matches.count(Group.UNKNOWN),
    }


def _newest(library: Library, as_of: date, shown: set[str]) -> list[ItemCard]:
    """The items published last, without those already shown above."""
    items = [each.item for each in matching_items(library, ItemFilters(), as_of)]
    dated = [item for item in items if item.published_on is not None and item.id not in shown]
    dated.sort(key=lambda item: (item.published_on or date.min, item.id), reverse=True)
    return [card_of(item, as_of) for item in dated[:SHOWN]]


def _tiles(library: Library, as_of: date) -> list[Tile]:
    address = reverse("library:list")
    return [
        Tile(
            words.label,
            words.icon,
            f"{address}?group={group}",
            len(matching_items(library, ItemFilters(group=group), as_of)),
        )
        for group, words in BENEFIT_GROUPS.items()
    ]


def _by_last_day(card: ItemCard) -> tuple[date, str]:
    return (card.closes_on or date.max, card.id)
