"""Static files with the hash of their content in the address, and a number for every request."""

import hashlib
import logging
import secrets
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponse

from huiqi.foundation.look.domain import NUMBER_ALPHABET, NUMBER_LENGTH
from huiqi.foundation.look.queries import REQUEST_NUMBER, request_number

NUMBER_HEADER = "X-Request-ID"


class VersionedStaticFiles(StaticFilesStorage):
    """``/static/look/site.css?v=3f9a…``: a new content is a new address, so browsers may keep the old."""

    def url(self, name: str | None) -> str:
        address = super().url(name)
        version = "" if settings.DEBUG or name is None else _version_of(name)
        return f"{address}?v={version}" if version else address


@lru_cache(maxsize=256)
def _version_of(name: str) -> str:
    found = finders.find(name)
    if found is None:
        raise FileNotFoundError(f"Static file {name} does not exist.")
    return hashlib.sha256(Path(str(found)).read_bytes()).hexdigest()[:12]


class RequestNumber:
    """Gives every request a number, for its log entries, its lines in the process log and its answer; an
    error page shows it. A number that comes along is never taken over: whoever sends it could make two
    requests look like one in the log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = _new_number()
        token = REQUEST_NUMBER.set(number)
        try:
            response = self.get_response(request)
        finally:
            REQUEST_NUMBER.reset(token)
        response[NUMBER_HEADER] = number
        return response


class NumberedLines(logging.Filter):
    """Puts the number of the request into every line of the process log; a dash outside of one."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_number = request_number() or "-"
        return True


def _new_number() -> str:
    return "".join(secrets.choice(NUMBER_ALPHABET) for _ in range(NUMBER_LENGTH))
