"""Around every request: versions of parameters are read once, and only where a page asks for one."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from huiqi.foundation.parameters.queries import read_once


class ParametersReadOnce:
    """What a request has read it keeps to its end and no longer, so no process ever knows an old value."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with read_once():
            return self.get_response(request)
