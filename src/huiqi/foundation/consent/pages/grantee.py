"""收到的授权: the live consents one's organisation holds, and no others."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiqi.foundation.access.queries import demand, requires
from huiqi.foundation.clock.queries import now
from huiqi.foundation.consent.queries import consents_held
from huiqi.foundation.consent.queries.lists import HELD_A_PAGE

LONGEST_SEARCH, MOST_PAGES = 60, 10_000


@requires("consent.see_held")
@never_cache
@require_safe
def held(request: HttpRequest) -> HttpResponse:
    """By whom, for what, which classes, until when; what ends first on top."""
    demand(request.actor, "consent.see_held", {"organisation"})
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH].replace("\0", "")
    page = _number(request.GET.get("page", ""))
    found = consents_held(request.actor, text, now(), page)
    context = {
        "rows": found[:HELD_A_PAGE],
        "text": text,
        "page": page,
        "previous_url": _url(text, page - 1) if page > 1 else "",
        "next_url": _url(text, page + 1) if len(found) > HELD_A_PAGE else "",
        "place": request.actor.organisation.name if request.actor.organisation else "",
    }
    return render(request, "consent/held.html", context)


def _number(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= 5
    return min(max(1, int(text)), MOST_PAGES) if is_number else 1


def _url(text: str, page: int) -> str:
    return f"?{urlencode({'q': text, 'page': page} if text else {'page': page})}"
