"""代看: a support member sees what somebody sees, and whoever was seen finds it in their account."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiqi.core.standards.masks import mask_phone
from huiqi.foundation.access.queries import requires
from huiqi.foundation.accounts.actions.acting import end_seeing, find_seen, see_as
from huiqi.foundation.accounts.domain.members import RefusedError
from huiqi.foundation.accounts.forms.looking import Sought, read_sought
from huiqi.foundation.accounts.queries.looking import Seen, looks_at
from huiqi.foundation.clock.queries import now
from huiqi.foundation.storage.actions import TooOftenError
from huiqi.foundation.storage.queries import wait_words


@requires("accounts.see_as")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def seek(request: HttpRequest) -> HttpResponse:
    """Number and reason first, then as what to see them, with what they will be told; then the look."""
    if request.method != "POST":
        return _page(request, Sought())
    sought = read_sought(request.POST)
    if sought.phone.fault or sought.fault:
        return _page(request, sought, status=422)
    try:
        if sought.is_sure:
            phone, view = sought.phone.value, sought.view
            see_as(request.session, request.actor, phone, view, sought.reason, now())
            return redirect("/")
        found = find_seen(request.actor, sought.phone.value, sought.reason, now())
    except RefusedError as refused:
        return _page(request, sought.refused(str(refused)), status=422)
    except TooOftenError as refused:
        words = f"今天查得太多了，先停一停。填的都还在，请等 {wait_words(refused.wait_seconds)}再试。"
        return _page(request, sought.refused(words), status=429)
    return _page(request, sought, found)


@requires("accounts.end_seeing")
@never_cache
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """See the site as oneself again."""
    end_seeing(request.session, now())
    return redirect("accounts:see_as")


@requires("accounts.see_looks")
@never_cache
@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """谁代看过我的页面."""
    return render(request, "accounts/looks.html", {"looks": looks_at(request.actor.id)})


def _page(request: HttpRequest, sought: Sought, found: Seen | None = None, status: int = 200) -> HttpResponse:
    context = {
        "sought": sought,
        "found": found,
        "phone": mask_phone(sought.phone.value) if found else "",
        "minutes": settings.HUIQI_LOOK_MINUTES,
    }
    return render(request, "accounts/see_as.html", context, status=status)
