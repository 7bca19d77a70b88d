"""Between the web and the people: every request knows who makes it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from huiqi.foundation.accounts.queries import actor_of


class SignedIn:
    """Sets ``request.actor``; nobody is looked up before somebody asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request.session))
        return self.get_response(request)
