"""Sending something hostile, and judging what comes back and what stays behind."""

import logging
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, quote_from_bytes

from django.apps import apps
from django.core.handlers.base import BaseHandler
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseBase
from django.test import RequestFactory

from tests.hostile.kinds import Value
from tests.walk.walking import NOT_COUNTED, closed

FREE = NOT_COUNTED | {"audit_auditentry", "audit_auditunsealed"}  # the log may say that somebody tried
MARK = "40114011"  # what the arithmetic in a template would come to
LONGEST_SECONDS = 3
WORDS = ("请", "没有丢", "还在")
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Came:
    """What came back, and what was written: table names, and every value that went into them."""

    status: int
    text: str
    headers: Mapping[str, str]
    wrote: tuple[str, ...] = ()
    kept: str = ""
    seconds: float = 0.0
    cookies: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Nothing to be read, and nothing that asks to be read: a browser's own scripts get such answers."""
        return not self.text and not self.is_html

    @property
    def is_html(self) -> bool:
        return "text/html" in self.headers.get("Content-Type", "")


def send(
    method: str,
    path: str,
    body: bytes | None = None,
    content_type: str = FORM,
    cookies: Mapping[str, str] | None = None,
    *,
    is_checked: bool = False,
    **headers: str,
) -> Came:
    """One request through the whole site; what it wrote is undone where it was taken, for the next to find
    the same world. ``is_checked`` asks for the token of forms as a browser must send it.
    """
    request = RequestFactory().generic(method, path, body or b"", content_type, **headers)
    request.COOKIES.update(cookies or {})
    request._dont_enforce_csrf_checks = not is_checked
    began = time.thread_time()
    with _kept() as (wrote, values), transaction.atomic():
        response = _site_for(request).get_response(request)
        came = _came(response, wrote, values, time.thread_time() - began)
        if came.wrote and came.status < HTTPStatus.BAD_REQUEST:
            transaction.set_rollback(True)
    return came


def form(fields: list[tuple[str, bytes]]) -> bytes:
    """A body as browsers write it, with whatever bytes in it."""
    return "&".join(f"{quote(name)}={quote_from_bytes(value)}" for name, value in fields).encode()


def bytes_of(value: Value) -> bytes:
    return value.raw or value.text.encode("utf-8", "surrogatepass")


def rows() -> dict[str, int]:
    """How many rows there are in every table in which nothing may come or go."""
    tables = {model._meta.db_table: model for model in apps.get_models()}
    return {name: model._base_manager.count() for name, model in tables.items() if name not in FREE}


def faults(came: Came, value: Value, where: str) -> Iterator[str]:
    """A sentence for everything that is not as it should be."""
    found = (*_of_answer(came), *_of_page(came, value), *_of_headers(came.headers))
    yield from (f"{where}: {fault}" for fault in found)
    if unseen := [sign for sign in value.unseen if sign in came.kept]:
        yield f"{where}: keeps {unseen!r}"


def _of_answer(came: Came) -> Iterator[str]:
    if came.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        yield f"{came.status} {came.text[:200]}"
    if came.status >= HTTPStatus.BAD_REQUEST and came.wrote:
        yield f"{came.status}, and yet it wrote to {came.wrote}"
    if came.seconds > LONGEST_SECONDS:
        yield f"took {came.seconds:.1f} s"


def _of_page(came: Came, value: Value) -> Iterator[str]:
    is_refused = came.status >= HTTPStatus.BAD_REQUEST
    if is_refused and not came.is_empty and not any(word in came.text for word in WORDS):
        yield f"{came.status} says nothing of what to do: {came.text[:80]!r}"
    if came.is_html and any(sign in value.text for sign in "<>\"'") and value.text in came.text:
        yield "shown as it was sent"
    if "template" in value.name and MARK in came.text:
        yield "it was worked out"
    if "Traceback (most recent" in came.text or "site-packages" in came.text:
        yield "shows a traceback"


def _of_headers(headers: Mapping[str, str]) -> Iterator[str]:
    if leads_away(headers.get("Location", "/")):
        yield f"leads to {headers['Location']}"
    if any("evil" in name.lower() or "\n" in f"{name}{text}" for name, text in headers.items()):
        yield "it made a header"


def leads_away(location: str) -> bool:
    """Whether a browser would leave the site for this address, or run it."""
    return not re.fullmatch(r"/(?![/\\])[^\s\\]*|\?[^\s]*|https?://testserver/[^\s]*", location)


@contextmanager
def _kept() -> Iterator[tuple[list[str], list[str]]]:
    """The tables written to meanwhile, and the values."""
    wrote: list[str] = []
    values: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        done = execute(sql, params, many, context)
        words = sql.split(None, 3)
        verb = words[0].upper() if words else ""
        if verb == "INSERT" or (verb in ("UPDATE", "DELETE") and context["cursor"].rowcount):
            table = words[1 if verb == "UPDATE" else 2].strip('"')
            values.extend(str(each) for each in params or ())
            wrote.extend({table} - FREE)
        return done

    with connection.execute_wrapper(note):
        yield wrote, values


def _came(response: HttpResponseBase, wrote: list[str], values: list[str], seconds: float) -> Came:
    content = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    closed(response)
    cookies = {name: morsel.value for name, morsel in response.cookies.items()}
    return Came(
        response.status_code,
        content.decode(errors="replace"),
        dict(response.headers),
        tuple(wrote),
        "\n".join(values),
        seconds,
        cookies,
    )


_sites: list[BaseHandler] = []


def _site_for(request: HttpRequest) -> BaseHandler:
    del request
    if not _sites:
        logging.getLogger("django.request").setLevel(logging.CRITICAL)  # of each refusal a line
        _sites.append(BaseHandler())
        _sites[0].load_middleware()
    return _sites[0]
