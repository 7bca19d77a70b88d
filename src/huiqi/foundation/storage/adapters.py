"""Between the web and the database: a page that only reads writes nothing, and who asks too often, or while
too many write, waits.
"""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huiqi.foundation.storage.actions.looking import table_added_to
from huiqi.foundation.storage.domain import TooOftenError, is_adding_to, is_reading, wait_words
from huiqi.foundation.storage.sqlite.turn import NoTurnError

_READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_BUSY_SECONDS = 10


class WriteWhileReadingError(RuntimeError):
    """A GET tried to change the database: a mistake of ours, never of the visitor."""


class PatientAnswers:
    """Answers TooOftenError with 429 and NoTurnError with 503, and one button that sends the same form again,
    whole.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, TooOftenError):
            return _try_later(request, "429.html", 429, error.wait_seconds)
        if isinstance(error, NoTurnError):
            return _try_later(request, "503.html", 503, _BUSY_SECONDS)
        return None


def _try_later(request: HttpRequest, template: str, status: int, seconds: int) -> HttpResponse:
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    context = {"wait": wait_words(seconds), "kept": kept}
    response = render(request, template, context, status=status)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store, private"
    return response


class ReadOnlyGuard:
    """Refuses SQL that writes during GET, HEAD and OPTIONS, on every database connection. One thing is let
    through: the look itself (`adding_while_reading`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in _READING_METHODS:
            return self.get_response(request)
        with ExitStack() as guards:
            for connection in connections.all():
                guards.enter_context(connection.execute_wrapper(_refuse_writes))
            return self.get_response(request)


def _refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    table = table_added_to()
    if not (is_reading(sql) or (table and is_adding_to(table, sql))):
        raise WriteWhileReadingError(f"A page that only reads tried to write: {sql[:120]}")
    return execute(sql, params, many, context)
