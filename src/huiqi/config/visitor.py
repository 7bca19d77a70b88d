"""What the rooms below matching may know of a visitor. The roof knows both, so they meet here."""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse

from huiqi.services.policy.matching.queries import ANSWERS_COOKIE, standings_of


class Visitor:
    """Sets ``request.standings``: called with the library and the day, it gives the standing of each item by
    the visitor's own answers and the sheet of the business they act for, and an empty mapping where there is
    neither. Nothing is worked out before.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.standings = partial(standings_of, request.actor, request.COOKIES.get(ANSWERS_COOKIE))
        return self.get_response(request)
