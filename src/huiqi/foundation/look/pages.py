"""The switch in the head of every page: 长辈版 and 高对比, kept in the visitor's browser."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huiqi.foundation.look.queries import MODES_COOKIE, modes_for

KEPT_SECONDS = 365 * 24 * 3600
LONGEST_WAY_BACK = 2000
IS_ON = {"1": True, "0": False}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: HttpRequest) -> HttpResponse:
    """Keep what was tapped and lead back to the page it was tapped on. The button says what is wanted, not
    "the other one", so a second tap changes nothing; who only comes by the address is led home.
    """
    response = HttpResponseRedirect(_way_back(request.POST.get("next", "")))
    if request.method != "POST":
        return response
    modes = modes_for(request)
    modes = replace(
        modes,
        is_elder=IS_ON.get(request.POST.get("elder", ""), modes.is_elder),
        is_contrast=IS_ON.get(request.POST.get("contrast", ""), modes.is_contrast),
    )
    response.set_cookie(
        MODES_COOKIE,
        modes.text,
        max_age=KEPT_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.CSRF_COOKIE_SECURE,
    )
    return response


def _way_back(address: str) -> str:
    """An address of this site, or the home: a link of a stranger must not lead away through us."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours and len(address) <= LONGEST_WAY_BACK else "/"
