"""Calls from our server to a provider's, which must never hold up the site."""

import http.client
import json
import time
import urllib.request
from collections.abc import Callable, Mapping
from threading import BoundedSemaphore
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode

CALL_SECONDS = 5
TURN_SECONDS = 1
REST_SECONDS = 10
LARGEST_ANSWER = 256 * 1024


class UnreachableError(Exception):
    """There was no answer that could be used; the message is for the operator and holds nothing secret."""


class BackChannel:
    """One provider's line. One call at a time, and none for ten seconds after one that failed: a provider
    that hangs holds one thread of the site, and that seldom. Follows no redirect, reads no more than it
    must, opens nothing but http and https.
    """

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._turn = BoundedSemaphore(1)
        self._rests_until = float("-inf")
        self._opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler(),
            urllib.request.HTTPHandler(),
            urllib.request.HTTPSHandler(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
        ):
            self._opener.add_handler(handler)

    def call(
        self, url: str, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        """The status and the JSON object answered to a GET, or to a POST of a form; UnreachableError."""
        if self._ticks() < self._rests_until:
            raise UnreachableError("it did not answer a moment ago")
        if not self._turn.acquire(timeout=TURN_SECONDS):
            raise UnreachableError("another call is still waiting for it")
        try:
            return self._call(url, form, headers or {})
        except UnreachableError:
            self._rests_until = self._ticks() + REST_SECONDS
            raise
        finally:
            self._turn.release()

    def _call(
        self, url: str, form: Mapping[str, str] | None, headers: Mapping[str, str]
    ) -> tuple[int, dict[str, Any]]:
        body = urlencode(form).encode("ascii") if form is not None else None
        request = urllib.request.Request(  # noqa: S310 - the opener knows http and https alone
            url, body, {"Accept": "application/json", **headers}
        )
        try:
            with self._opener.open(request, timeout=CALL_SECONDS) as answer:
                return answer.status, _object_in(answer)
        except HTTPError as refusal:
            if 400 <= refusal.code < 500:
                with refusal:
                    return refusal.code, _object_in(refusal)
            raise UnreachableError(f"it answered {refusal.code}") from refusal
        except (OSError, http.client.HTTPException, ValueError) as failure:
            raise UnreachableError(type(failure).__name__) from failure


def _object_in(answer: Any) -> dict[str, Any]:
    last, body = time.monotonic() + CALL_SECONDS, bytearray()
    while chunk := answer.read1(16 * 1024):
        body += chunk
        if len(body) > LARGEST_ANSWER or time.monotonic() > last:
            raise UnreachableError("its answer is too long")
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise UnreachableError("its answer is no JSON object")
    return found
