"""The desk: what is due next, every choice in the address; and the list of a party's own cases."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiqi.foundation.access.queries import may_open, relations_for, requires
from huiqi.foundation.accounts.queries import Deputy, membership_of, stands_in_for
from huiqi.foundation.cases.domain import PILES, SCOPES, Pile, Scope, read_number
from huiqi.foundation.cases.forms import Asked, read_asked
from huiqi.foundation.cases.queries import (
    MOST_COUNTED,
    Desk,
    DeskFilters,
    cases_of_party,
    desk,
    kinds,
    party_ids_of,
)
from huiqi.foundation.clock.queries import today

URGENT = {Pile.OVERDUE: "stop", Pile.TODAY: "warn"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice as a link that keeps all others; ``count`` is how many lie there, None for not counted."""

    label: str
    url: str
    is_chosen: bool
    count: int | None = None
    tone: str = ""

    @property
    def count_text(self) -> str:
        """36, or 999+ where there are more than are counted."""
        return f"{MOST_COUNTED}+" if (self.count or 0) > MOST_COUNTED else str(self.count)


@requires("cases.see_desk")
@never_cache
@require_safe
def desk_page(request: HttpRequest) -> HttpResponse:
    asked, as_of = read_asked(request.GET), today()
    own = membership_of(request.actor)
    absent = stands_in_for(own, as_of) if own else ()
    shown = _desk(request, asked, own, absent)
    context = {
        "asked": asked,
        "desk": shown,
        "today": as_of,
        "absent": absent,
        "place": request.actor.organisation.name if request.actor.organisation else "",
        "piles": _piles(asked, shown),
        "scopes": _scopes(request, asked, shown),
        "kinds": _kinds(asked),
        "pile_label": PILES[asked.pile],
        "scope_label": SCOPES[asked.scope],
        "everything_url": _url(Asked(asked.scope)),
        "ours_url": _url(replace(asked, scope=Scope.OURS, page=1)),
        "previous_url": _url(replace(asked, page=shown.number - 1)) if shown.number > 1 else "",
        "next_url": _url(replace(asked, page=shown.number + 1)) if shown.number < shown.pages else "",
        "may_hand_over": may_open(request.actor.role, "cases.hand_over"),
        "done": read_number(request.GET.get("done", "")),
        "handed": request.GET.get("handed", "") if request.GET.get("handed", "").isdecimal() else "",
    }
    return render(request, "cases/desk.html", context)


@requires("cases.see_own")
@never_cache
@require_safe
def own_cases(request: HttpRequest) -> HttpResponse:
    rows = cases_of_party(party_ids_of(request.actor), today())
    context = {
        "open_rows": [row for row in rows if row.closed_on is None],
        "closed_rows": [row for row in rows if row.closed_on],
        "principal": request.actor.behalf_of,
    }
    return render(request, "cases/own.html", context)


def _desk(request: HttpRequest, asked: Asked, own: str, absent: Iterable[Deputy]) -> Desk:
    filters = DeskFilters(
        member_ids=frozenset({own, *(each.absent_id for each in absent)} - {""}),
        scope=asked.scope,
        pile=asked.pile,
        kind=asked.kind if asked.kind in kinds() else "",
        text=asked.text,
        page=asked.page,
    )
    return desk(request.actor, filters, today())


def _piles(asked: Asked, shown: Desk) -> list[Choice]:
    return [
        Choice(
            label,
            _url(replace(asked, pile=pile, page=1)),
            pile is asked.pile,
            shown.counts.get(pile),
            URGENT.get(pile, "") if shown.counts.get(pile) else "",
        )
        for pile, label in PILES.items()
    ]


def _scopes(request: HttpRequest, asked: Asked, shown: Desk) -> list[Choice]:
    can_raise = "below" in relations_for(request.actor, "cases.see")
    scopes: Iterable[Scope] = (each for each in Scope if each is not Scope.RAISED or can_raise)
    return [
        Choice(
            SCOPES[each], _url(replace(asked, scope=each, page=1)), each is asked.scope, shown.scopes[each]
        )
        for each in scopes
    ]


def _kinds(asked: Asked) -> list[Choice]:
    """Nothing to choose where there is one kind."""
    if len(kinds()) < 2:
        return []
    every = Choice("全部", _url(replace(asked, kind="", page=1)), not asked.kind)
    each = (
        Choice(kind.label, _url(replace(asked, kind=kind.id, page=1)), asked.kind == kind.id)
        for kind in kinds().values()
    )
    return [every, *each]


def _url(asked: Asked) -> str:
    chosen = {
        "scope": "" if asked.scope is Scope.MINE else str(asked.scope),
        "pile": "" if asked.pile is Pile.ALL else str(asked.pile),
        "kind": asked.kind,
        "q": asked.text,
        "page": str(asked.page) if asked.page > 1 else "",
    }
    query = urlencode({name: value for name, value in chosen.items() if value})
    return f"{reverse('cases:desk')}?{query}" if query else reverse("cases:desk")
