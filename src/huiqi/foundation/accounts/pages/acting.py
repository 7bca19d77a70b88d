"""替人办事: choosing for whom, and being oneself again."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiqi.foundation.access.queries import may_open, requires
from huiqi.foundation.accounts.actions.acting import act_on_behalf, stop_acting
from huiqi.foundation.accounts.domain.mandates import Page
from huiqi.foundation.accounts.domain.members import RefusedError
from huiqi.foundation.accounts.queries.acting import BEHALF_KEY
from huiqi.foundation.accounts.queries.mandates import HELD_A_PAGE, count_held, mandates_held
from huiqi.foundation.clock.queries import now, today

LONGEST_SEARCH, LONGEST_NUMBER = 60, 4


@requires("accounts.act_on_behalf")
@never_cache
@require_safe
def principals(request: HttpRequest) -> HttpResponse:
    """For whom one may act: an agency has hundreds, so they are searched and turned over."""
    return _list(request)


@requires("accounts.act_on_behalf")
@never_cache
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Act for one of them from here on."""
    try:
        act_on_behalf(request.session, request.actor, request.POST.get("mandate", ""), now())
    except RefusedError as refused:
        return _list(request, str(refused))
    return redirect("/")


@requires("accounts.stop_acting")
@never_cache
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Be oneself again, and choose the next where one may."""
    stop_acting(request.session, now())
    is_agent = may_open(request.actor.role, "accounts.act_on_behalf")
    return redirect("accounts:principals" if is_agent else "/")


def _list(request: HttpRequest, refused: str = "") -> HttpResponse:
    actor, as_of = request.actor, today()
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH].replace("\0", "")
    total = count_held(actor, text, as_of)
    page = Page.of(total, HELD_A_PAGE, _number(request.GET.get("page", "")))
    taken = request.session.get(BEHALF_KEY)
    context = {
        "text": text,
        "total": total,
        "page": page,
        "rows": mandates_held(actor, text, as_of, page.number),
        "taken": taken["mandate"] if isinstance(taken, dict) and actor.behalf_of else "",
        "previous_url": _url(text, page.number - 1) if page.number > 1 else "",
        "next_url": _url(text, page.number + 1) if page.number < page.pages else "",
        "refused": refused,
    }
    return render(request, "accounts/principals.html", context, status=409 if refused else 200)


def _url(text: str, number: int) -> str:
    asked = {"q": text, "page": str(number) if number > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('accounts:principals')}{'?' if query else ''}{query}"


def _number(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return max(1, int(text)) if is_number else 1
