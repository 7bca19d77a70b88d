"""One item with the five answers, its basis and what is known of its source."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiqi.core.rules.explanation import explain
from huiqi.foundation.access.queries import requires
from huiqi.foundation.clock.queries import today
from huiqi.foundation.look.queries import code_name
from huiqi.services.policy.library.domain import SOURCE_GRADES
from huiqi.services.policy.library.queries import (
    ItemCard,
    Library,
    card_of,
    current_library,
    last_check,
    predecessors_of,
)

# What can be read from a few steps away.
MOST_SENTENCES = 4


@requires("library.see")
@require_safe
def poster(request: HttpRequest, item_id: str) -> HttpResponse:
    """One sheet of A4 to hang up: what it is, for whom, how much, until when, and where to read on."""
    library = current_library()
    if item_id not in library.items:
        raise Http404
    item, as_of = library.items[item_id].item, today()
    context = {
        "address": request.build_absolute_uri(reverse("library:item", args=[item_id])),
        "as_of": as_of,
        "card": card_of(item, as_of),
        "item": item,
        "sentences": item.conditions_text[:MOST_SENTENCES],
        "more": max(0, len(item.conditions_text) - MOST_SENTENCES),
    }
    return render(request, "library/poster.html", context)


@requires("library.see")
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
        "address": request.build_absolute_uri(reverse("library:item", args=[item_id])),
        "as_of": as_of,
        "check": last_check(item_id),
        "item": item,
        "card": card_of(item, as_of),
        "root": explanation.root,
        "revision": found.revision,
        "grade_words": SOURCE_GRADES[item.source.grade],
        "is_local": found.is_local,
        "successor": _card(library, item.superseded_by, as_of),
        "predecessors": [card_of(each.item, as_of) for each in predecessors_of(item_id, library)],
    }
    return render(request, "library/item.html", context)


def _card(library: Library, item_id: str | None, as_of: date) -> ItemCard | None:
    found = library.items.get(item_id or "")
    return card_of(found.item, as_of) if found else None
