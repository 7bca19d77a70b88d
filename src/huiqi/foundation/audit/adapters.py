"""Between the web and the log: nobody gets a page of somebody's data before the look is in the log."""

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from huiqi.foundation.audit.actions import keep_looks
from huiqi.foundation.clock.queries import now

_TRY_AGAIN_SECONDS = 10


class LookKeeper:
    """Writes what a page declared by `record_look` after the page is made and before it is given. Where the
    log takes nothing, the reader gets 503 and no data. HEAD is told that the page is there, and no more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.looks = []
        response = self.get_response(request)
        if not request.looks:
            return response
        if request.method == "HEAD":
            _put_away(response)
            response = HttpResponse(status=response.status_code)
        else:
            try:
                keep_looks(request.looks, request.actor, now())
            except DatabaseError:
                _put_away(response)
                response = render(request, "audit/not_kept.html", status=503)
                response["Retry-After"] = str(_TRY_AGAIN_SECONDS)
        response["Cache-Control"] = "no-store, private"
        return response


def _put_away(response: HttpResponseBase) -> None:
    """Close the files of an answer nobody gets. Its own `close` would end the request."""
    for close in response._resource_closers:  # noqa: SLF001 - Django's own
        close()
