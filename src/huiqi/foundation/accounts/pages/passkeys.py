"""Passkeys: what the browser asks for, and what it answers."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiqi.foundation.access.queries import requires
from huiqi.foundation.accounts.actions.passkeys import (
    Site,
    add_passkey,
    ask_for_passkey,
    offer_passkey,
    remove_passkey,
    sign_in_by_passkey,
)
from huiqi.foundation.accounts.actions.proofs import make_recovery_codes
from huiqi.foundation.accounts.domain.sign_in import SignInRefusedError, device_words
from huiqi.foundation.accounts.pages.arriving import ENTERING_MINUTES, arrive, wanted
from huiqi.foundation.accounts.pages.second import show_codes, whose
from huiqi.foundation.accounts.queries import VISITOR, waiting_of
from huiqi.foundation.accounts.queries.proofs import has_recovery_codes
from huiqi.foundation.clock.queries import now
from huiqi.foundation.storage.actions import spend_or_refuse
from huiqi.foundation.storage.queries import visitor_of

ASKED_AN_HOUR = 120


@requires("accounts.sign_in")
@never_cache
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """What the browser needs to sign in by a passkey."""
    spend_or_refuse("accounts.passkey", visitor_of(request), ASKED_AN_HOUR, 3600, now())
    if request.actor.role == VISITOR.role and waiting_of(request.session) is None:
        request.session.set_expiry(now() + timedelta(minutes=ENTERING_MINUTES))
    return HttpResponse(ask_for_passkey(request.session, site_of(request)), content_type="application/json")


@requires("accounts.sign_in")
@never_cache
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Sign in by what the browser answered."""
    try:
        sign_in_by_passkey(request.session, request.POST.get("answer", ""), site_of(request), now())
    except SignInRefusedError as refused:
        back = "accounts:second" if waiting_of(request.session) else "accounts:sign_in"
        context = {"words": str(refused), "back": reverse(back), "next": wanted(request)}
        return render(request, "accounts/sign_in_refused.html", context, status=403)
    return arrive(request)


@requires("accounts.sign_in")
@never_cache
@require_POST
def offer(request: HttpRequest) -> HttpResponse:
    """What the browser needs to make a passkey."""
    person_id, _ = whose(request)
    if not person_id:
        return HttpResponse(status=403)
    made = offer_passkey(request.session, person_id, site_of(request))
    return HttpResponse(made, content_type="application/json")


@requires("accounts.sign_in")
@never_cache
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Keep the passkey the browser made."""
    person_id, is_waiting = whose(request)
    if not person_id:
        return HttpResponseRedirect(reverse("accounts:sign_in"))
    device = device_words(request.headers.get("User-Agent", ""))
    try:
        given = request.POST.get("answer", "")
        add_passkey(request.session, person_id, given, site_of(request), device, now())
    except SignInRefusedError as refused:
        back = reverse("accounts:set_up" if is_waiting else "accounts:own")
        context = {"words": str(refused), "back": back, "next": wanted(request)}
        return render(request, "accounts/sign_in_refused.html", context, status=403)
    if has_recovery_codes(person_id) and not is_waiting:
        return redirect("accounts:own")
    return show_codes(request, make_recovery_codes(person_id, now()), "passkey" if is_waiting else "")


@requires("accounts.keep_own")
@never_cache
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Take one passkey away."""
    try:
        remove_passkey(request.actor, request.POST.get("passkey", ""), now())
    except SignInRefusedError as refused:
        return render(request, "403.html", {"words": str(refused)}, status=403)
    return redirect("accounts:own")


def site_of(request: HttpRequest) -> Site:
    """The host without its port, and the origin as a browser says it."""
    host = request.get_host()
    return Site(host.rsplit(":", 1)[0] if not host.endswith("]") else host, f"{request.scheme}://{host}")
