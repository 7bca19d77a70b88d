"""Where somebody wants to go, how they get there once signed in, and the browsers they are known by."""

from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from huiqi.foundation.accounts.queries import page_after_sign_in
from huiqi.foundation.accounts.queries.account import digest_of_number, number_digest
from huiqi.foundation.accounts.queries.acting import PERSON_KEY

KNOWN_COOKIE = "known"
ENTERING_MINUTES = 30  # for who has not signed in yet
LONGEST_WAY = 2000
_SALT = "huiqi.accounts.known"
_KEPT_SECONDS = 365 * 24 * 3600
_MOST_KNOWN = 5


def wanted(request: HttpRequest) -> str:
    """The page to go on to, an address of this site: a link of a stranger must not lead away through us."""
    address = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours and len(address) <= LONGEST_WAY and address.isprintable() else "/"


def with_way(view: str, way: str) -> str:
    """The address of a page that goes on to ``way`` afterwards."""
    return reverse(view) + (f"?{urlencode({'next': way})}" if way != "/" else "")


def arrive(request: HttpRequest, way: str = "") -> HttpResponse:
    """Lead on whoever has just given a proof, to ``way`` where that was kept; the tokens of forms from before
    count no more.
    """
    rotate_token(request)
    response = HttpResponseRedirect(page_after_sign_in(request.session, way or wanted(request)))
    if person_id := request.session.get(PERSON_KEY):
        mine = number_digest(person_id)
        others = [each for each in _known(request) if each != mine]
        response.set_cookie(
            KNOWN_COOKIE,
            signing.dumps([mine, *others][:_MOST_KNOWN], salt=_SALT),
            max_age=_KEPT_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


def is_known(request: HttpRequest, phone: str) -> bool:
    """Whether this number has signed in here before."""
    return digest_of_number(phone) in _known(request)


def _known(request: HttpRequest) -> list[str]:
    try:
        found = signing.loads(request.COOKIES.get(KNOWN_COOKIE, ""), salt=_SALT, max_age=_KEPT_SECONDS)
    except signing.BadSignature:
        return []
    return [str(each) for each in found]
