"""消息: what somebody was told, and how they want to be told."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiqi.foundation.access.queries import demand, requires
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.notices import actions
from huiqi.foundation.notices.domain import HOURS_A_DAY
from huiqi.foundation.notices.forms import Line, read_address, read_choices, read_code
from huiqi.foundation.notices.queries import MAIL_WORDS, letters_of, own_choices
from huiqi.foundation.storage.actions import spend_or_refuse

OWN = {"own"}
MAILS_AN_HOUR = 5


@requires("notices.read")
@never_cache
@require_safe
def own_list(request: HttpRequest) -> HttpResponse:
    demand(request.actor, "notices.read", OWN)
    is_unread_only = request.GET.get("show") == "unread"
    number = request.GET.get("page", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 7
    page = letters_of(request.actor.id, is_unread_only=is_unread_only, number=int(number) if is_number else 1)
    context = {
        "page": page,
        "is_unread_only": is_unread_only,
        "here": _address(is_unread_only, page.number),
        "previous_url": _address(is_unread_only, page.number - 1) if page.number > 1 else "",
        "next_url": _address(is_unread_only, page.number + 1) if page.number < page.pages else "",
    }
    return render(request, "notices/list.html", context)


@requires("notices.mark_read")
@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    """One, or all there were when the page was shown. A number that is not one's own changes nothing."""
    demand(request.actor, "notices.mark_read", OWN)
    letter, newest = (_id(request.POST.get(name, "")) for name in ("letter", "newest"))
    if request.POST.get("letter") == "all":
        actions.mark_read(None, now(), request.actor, newest)
    elif letter is not None:
        actions.mark_read(letter, now(), request.actor)
    number = request.POST.get("page", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 7
    address = _address(request.POST.get("show") == "unread", int(number) if is_number else 1)
    return HttpResponseRedirect(address)


@requires("notices.choose")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    demand(request.actor, "notices.choose", OWN)
    if request.method == "POST":
        shown = own_choices(request.actor.id, request.actor.role, today())
        chosen = read_choices(request.POST, tuple(kind.name for kind in shown.kinds))
        actions.choose(chosen, now(), request.actor)
        return redirect(f"{reverse('notices:choices')}?saved=1")
    return _choices_page(request)


@requires("notices.choose")
@never_cache
@sensitive_post_parameters("mail")
@require_POST
def mail(request: HttpRequest) -> HttpResponse:
    """Keep an address and send it a code."""
    demand(request.actor, "notices.choose", OWN)
    line = read_address(request.POST)
    if line.fault:
        return _choices_page(request, mail_line=line)
    if line.value:
        spend_or_refuse("notices.set_mail", request.actor.id, MAILS_AN_HOUR, 3600, now())
    actions.set_mail(line.value, now(), request.actor)
    return redirect(f"{reverse('notices:choices')}#mail")


@requires("notices.choose")
@never_cache
@sensitive_post_parameters("code")
@require_POST
def mail_code(request: HttpRequest) -> HttpResponse:
    demand(request.actor, "notices.choose", OWN)
    line = read_code(request.POST)
    if not line.fault:
        try:
            actions.confirm_mail(line.value, now(), request.actor)
        except actions.ChoiceError as mistake:
            line = Line(line.value, str(mistake))
    if line.fault:
        return _choices_page(request, code_line=line)
    return redirect(f"{reverse('notices:choices')}?saved=1")


def _choices_page(
    request: HttpRequest, mail_line: Line | None = None, code_line: Line | None = None
) -> HttpResponse:
    context = {
        "choices": own_choices(request.actor.id, request.actor.role, today()),
        "mail_modes": MAIL_WORDS.items(),
        "hours": range(HOURS_A_DAY),
        "mail_line": mail_line or Line(),
        "code_line": code_line or Line(),
        "is_saved": request.method == "GET" and request.GET.get("saved") == "1",
    }
    return render(request, "notices/choices.html", context)


def _id(text: str) -> int | None:
    """The id of a letter; None for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _address(is_unread_only: bool, number: int) -> str:
    asked = ({"show": "unread"} if is_unread_only else {}) | ({"page": number} if number > 1 else {})
    return f"{reverse('notices:list')}?{urlencode(asked)}" if asked else reverse("notices:list")
