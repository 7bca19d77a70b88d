"""The public homes, what ends soon, all services and the help."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiqi.catalogue.items import ItemKind
from huiqi.foundation.access.queries import requires
from huiqi.foundation.clock.queries import demo_offset, today
from huiqi.foundation.look.queries import modes_for
from huiqi.services.policy.calculator.queries import worth_of
from huiqi.services.policy.library.queries import (
    BENEFIT_GROUPS,
    ItemCard,
    ItemFilters,
    Library,
    card_of,
    closing_soon_days,
    current_library,
    matching_items,
)
from huiqi.services.policy.matching.queries import (
    ANSWERS_COOKIE,
    Answers,
    Group,
    answers_for,
    matches_for,
    next_question,
    profile_of,
    question_text,
)

SHOWN = 4
LOANS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Tile:
    """One door to the list: a group of benefits with the number of items now in force."""

    label: str
    icon: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Loan:
    """A loan product in a line: ``rate_from`` is the lowest yearly rate as a fraction, where it is known."""

    card: ItemCard
    bank: str
    rate_from: float | None


@requires("portal.see")
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Three homes: 长辈版 has its doors, who answered sees their own, everyone else what there is."""
    library, as_of = current_library(), today()
    answers = answers_for(request.actor, request.COOKIES.get(ANSWERS_COOKIE), library, as_of)
    context = {"as_of": as_of, "is_clock_moved": bool(demo_offset())}
    if answers.place is not None:
        context |= _own(answers, library, as_of)
    elif not modes_for(request).is_elder:
        context |= _everyone(library, as_of, closing_soon_days(as_of))
    template = "portal/elder.html" if modes_for(request).is_elder else "portal/home.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["Cookie"])
    return response


@requires("portal.see")
@require_safe
def closing(request: HttpRequest) -> HttpResponse:
    library, as_of = current_library(), today()
    cards = [card_of(each.item, as_of) for each in matching_items(library, ItemFilters(), as_of)]
    context = {"cards": _closing(cards), "as_of": as_of, "soon_days": closing_soon_days(as_of)}
    return render(request, "portal/closing.html", context)


@requires("portal.see")
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Every function that works; which ones do is known at the roof."""
    return render(request, "portal/services.html")


@requires("portal.see")
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about.html")


def _own(answers: Answers, library: Library, as_of: date) -> dict[str, object]:
    """What the visitor's own answers come to, what waits for them, and what of theirs ends soon."""
    matches = matches_for(answers, library, as_of)
    reachable = [
        match.card
        for group in (Group.ELIGIBLE, Group.TO_CHECK, Group.NEAR, Group.UNKNOWN)
        for match in matches.groups[group]
        if match.is_reachable
    ]
    return {
        "profile": profile_of(answers, library),
        "worth": worth_of(answers, library, as_of, matches),
        "eligible": matches.count(Group.ELIGIBLE),
        "to_check": matches.count(Group.TO_CHECK),
        "near": matches.count(Group.NEAR),
        "unknown": matches.count(Group.UNKNOWN),
        "next_text": question_text(next_question(answers, library, as_of), library),
        "closing": _closing(reachable)[:SHOWN],
        "soon_days": closing_soon_days(as_of),
    }


@lru_cache(maxsize=2)
def _everyone(library: Library, as_of: date, soon_days: int) -> Mapping[str, object]:
    """What there is for the whole city, in true figures: the same for all who come on that day, as long as
    ``soon_days`` is what its cards go by.
    """
    items = [each.item for each in matching_items(library, ItemFilters(), as_of)]
    cards = [card_of(item, as_of) for item in items]
    ending = _closing(cards)
    loans = [(item, card) for item, card in zip(items, cards, strict=True) if item.loan is not None]
    return {
        "policies": sum(card.kind is ItemKind.POLICY for card in cards),
        "loans": sum(card.kind is ItemKind.LOAN_PRODUCT for card in cards),
        "loan_lines": [
            Loan(card, item.loan.bank, item.loan.rate_min) for item, card in loans[:LOANS_SHOWN] if item.loan
        ],
        "closing_count": len(ending),
        "closing": ending[:SHOWN],
        "newest": _newest(library, as_of, {card.id for card in ending[:SHOWN]}),
        "soon_days": soon_days,
        "tiles": _tiles(library, as_of),
    }


def _closing(cards: Iterable[ItemCard]) -> list[ItemCard]:
    """Those that end soon, the next one first."""
    return sorted((card for card in cards if card.is_closing_soon), key=_by_last_day)


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
