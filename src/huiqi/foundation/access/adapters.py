"""Before every page: what it takes to open it is asked of the table."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from huiqi.foundation.access.domain.words import VISITOR
from huiqi.foundation.access.queries import (
    VERB_OF_VIEW,
    NotAllowedError,
    may_open,
    may_while_seeing,
    refusal,
    relations_for,
)

NO_SUCH_WAY = 405
READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
ONLY_LOOKING = "您正在代看别人的页面，只能看，不能替对方办。什么也没有改动。要办自己的事，请先点“结束代看”。"
NOT_IN_THE_MANDATE = "您正在替{name}办事，这件不在委托里，什么也没有改动。要办自己的事，请先点上面的“结束”。"
# Pages of rooms below this one, which cannot say it themselves.
VERBS_BELOW = {
    "look:modes": "look.switch_modes",
    "audit:looks_at_me": "audit.see_looks",
    "audit:looks_at_us": "audit.see_our_looks",
    "audit:log": "audit.search",
    "audit:entry": "audit.see_entry",
    "audit:export": "audit.export",
}


class UndeclaredPageError(RuntimeError):
    """A page says nothing of what it takes to open it: a mistake of ours, so it opens to nobody."""


class DoorGuard:
    """Opens a page to those whom the table lets do its verb; a visitor is led to the sign-in first. Who asks
    for nothing that needs a name is never looked up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return _no_such_way(request, response) if response.status_code == NO_SUCH_WAY else response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: object) -> HttpResponse | None:
        verb = verb_of(view, request.resolver_match.view_name if request.resolver_match else "")
        if not verb:
            raise UndeclaredPageError(f"{view.__module__}.{view.__name__} declares no verb")
        if request.method not in READING_METHODS and request.actor.seen_by and not may_while_seeing(verb):
            return _refused(request, ONLY_LOOKING)
        if may_open(VISITOR, verb):
            return None
        actor = request.actor
        if relations_for(actor, verb):
            return None
        if actor.role == VISITOR:
            return HttpResponseRedirect(
                f"{settings.SIGN_IN_URL}?{urlencode({'next': request.get_full_path()})}"
            )
        if actor.behalf_of is not None:
            return _refused(request, NOT_IN_THE_MANDATE.format(name=f" {actor.behalf_of.name} "))
        return _refused(request, refusal(verb))

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return _refused(request, str(error)) if isinstance(error, NotAllowedError) else None


def verb_of(view: Callable[..., Any], name: str) -> str:
    """The verb a page declares, or that is declared for it here; empty where nobody did."""
    return getattr(view, VERB_OF_VIEW, "") or VERBS_BELOW.get(name, "")


def _no_such_way(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Who comes by an address that only a form sends to is told so, instead of being shown nothing."""
    told = render(request, "405.html", status=NO_SUCH_WAY)
    told["Allow"] = response["Allow"]
    return told


def _refused(request: HttpRequest, words: str) -> HttpResponse:
    return render(request, "403.html", {"words": words}, status=403)
