"""What may be done with a visitor's answers: they are kept in the visitor's own browser and nowhere else."""

from django.conf import settings
from django.http import HttpResponse

from huiqi.services.policy.matching.queries import ANSWERS_COOKIE, Answers, seal_answers

KEPT_DAYS = 90


def remember(response: HttpResponse, answers: Answers) -> HttpResponse:
    """Send the answers along with a response, in a cookie no script can read."""
    response.set_cookie(
        ANSWERS_COOKIE,
        seal_answers(answers),
        max_age=KEPT_DAYS * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=settings.ANSWERS_COOKIE_SECURE,
    )
    return response
