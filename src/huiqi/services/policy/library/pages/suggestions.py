"""The lines below a search while it is being typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiqi.foundation.access.queries import requires
from huiqi.foundation.clock.queries import today
from huiqi.foundation.look.queries import shortened
from huiqi.services.policy.library.pages.lists import LONGEST_SEARCH
from huiqi.services.policy.library.queries import suggest


@requires("library.see")
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """A fragment to put below the search; empty where nothing is typed."""
    text = shortened(request.GET.get("q", "").lstrip(), LONGEST_SEARCH)
    if not text:
        return HttpResponse()
    return render(request, "library/suggestions.html", {"suggestions": suggest(text, today())})
