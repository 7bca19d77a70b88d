"""Writing the answers of this device on the sheet of the business one acts for, where one asks for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from huiqi.foundation.access.queries import requires
from huiqi.foundation.businesses.actions import declare
from huiqi.foundation.clock.queries import now
from huiqi.services.policy.library.queries import current_library
from huiqi.services.policy.matching.pages.keeping import answers_of


@requires("businesses.declare")
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Only what the sheet does not say and the owner said themselves; the results say how many there were."""
    answers = answers_of(request, current_library())
    saved = declare(request.actor, answers.own, now())
    page = "matching:results" if answers.place else "matching:form"
    return redirect(f"{reverse(page)}?saved={saved}")
