"""Between the web and the people: every request knows who makes it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from huiqi.foundation.accounts.domain.sign_in import device_words
from huiqi.foundation.accounts.queries.acting import DEVICE_KEY, PERSON_KEY, actor_of
from huiqi.foundation.clock.queries import now


class SignedIn:
    """Sets ``request.actor``; nobody is looked up before somebody asks. A session that has just begun
    learns in which browser.
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
