"""Between the web and the people: every request knows who makes it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from huiqi.foundation.access.queries import VERB_OF_VIEW, may_open
from huiqi.foundation.accounts.domain.sign_in import device_words
from huiqi.foundation.accounts.queries.acting import (
    BEHALF_KEY,
    DEVICE_KEY,
    PERSON_KEY,
    VISITOR,
    actor_of,
    lapse_of,
)
from huiqi.foundation.accounts.queries.mandates import mandate_taken_up
from huiqi.foundation.clock.queries import now, today

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_WAYS_OUT = frozenset({"accounts.stop_acting", "accounts.end_seeing", "accounts.sign_out"})


class SignedIn:
    """Sets ``request.actor``; nobody is looked up before somebody asks. A session that has just begun
    learns in which browser. Who acted for somebody, or looked, and may no more is told so at the next click:
    what they meant for another must not be done as if for themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request.session, now()))
        response = self.get_response(request)
        session = request.session
        if session.modified and PERSON_KEY in session and DEVICE_KEY not in session:
            session[DEVICE_KEY] = device_words(request.headers.get("User-Agent", ""))
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: object) -> HttpResponse | None:
        verb = getattr(view, VERB_OF_VIEW, "")
        if verb in _WAYS_OUT or (request.method in _READING and may_open(VISITOR.role, verb)):
            return None
        lapsed = lapse_of(request.session, request.actor)
        return _told_of(request, lapsed) if lapsed else None


def _told_of(request: HttpRequest, lapsed: str) -> HttpResponse:
    is_mandate = lapsed == BEHALF_KEY
    taken = request.session[BEHALF_KEY] if is_mandate else {}
    context = {
        "mandate": mandate_taken_up(str(taken["mandate"]), today()) if is_mandate else None,
        "is_mandate": is_mandate,
    }
    return render(request, "accounts/lapsed.html", context, status=403)
