"""Around every page: a read nobody agreed to ends in 403, and the subject sees who tried."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huiqi.foundation.audit.actions import record_look
from huiqi.foundation.consent.actions import refused_subject, refused_words
from huiqi.foundation.consent.queries import ConsentMissingError


class RefusedReads:
    """Answers ConsentMissingError. What the page had declared to show before is shown to nobody, so the one
    look that is kept is the refusal.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, ConsentMissingError):
            return None
        request.looks.clear()
        subject, words = refused_subject(error), refused_words(error)
        record_look(request, "consent.refuse_read", subject, error.subject, reason=words)
        return render(request, "403.html", {"words": str(error)}, status=403)
