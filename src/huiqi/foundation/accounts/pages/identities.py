"""Signing in by a city's 统一身份认证: the way there, the way back, and the first arrival."""

import secrets
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from huiqi.foundation.access.queries import requires
from huiqi.foundation.accounts.actions.identities import connect_identity, end_identity
from huiqi.foundation.accounts.actions.sign_in import refuse_identity, sign_in_by_identity
from huiqi.foundation.accounts.domain.identities import (
    Asking,
    Asserted,
    IdentityFault,
    IdentityRefusedError,
    asserted_from,
)
from huiqi.foundation.accounts.domain.sign_in import SignInRefusedError
from huiqi.foundation.accounts.forms.sign_in import Line, read_phone
from huiqi.foundation.accounts.pages.arriving import ENTERING_MINUTES, arrive, wanted, with_way
from huiqi.foundation.accounts.pages.sign_in import send_code
from huiqi.foundation.accounts.queries import VISITOR, page_after_sign_in, waiting_of
from huiqi.foundation.accounts.queries.acting import PERSON_KEY, PROVEN_KEY
from huiqi.foundation.clock.queries import now
from huiqi.foundation.storage.actions import spend, spend_or_refuse
from huiqi.foundation.storage.queries import visitor_of

ASKING_KEY, ARRIVING_KEY = "asking", "arriving"
TRIES_AN_HOUR = 120
LONGEST_CODE = 4000
BROUGHT = ("code", "state", "iss")


@requires("accounts.sign_in")
@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Go to the provider to sign in."""
    if request.actor.role != VISITOR.role:
        return HttpResponseRedirect(page_after_sign_in(request.session, wanted(request)))
    return _leave(request, "", wanted(request))


@requires("accounts.keep_own")
@never_cache
@require_POST
def connect(request: HttpRequest) -> HttpResponse:
    """Go to the provider to connect one's account there with the one here."""
    return _leave(request, request.actor.id, reverse("accounts:own"))


@requires("accounts.sign_in")
@never_cache
@sensitive_post_parameters("code", "state")
@require_http_methods(["GET", "HEAD", "POST"])
def back(request: HttpRequest) -> HttpResponse:
    """Back from the provider. What it sent along comes by GET, and is used by the form that hands it on."""
    provider = _provider(request)
    if request.method == "POST":
        return _complete(request)
    if "error" in request.GET or not request.GET.get("code"):
        is_cancelled = request.GET.get("error") == "access_denied"
        fault = IdentityFault.CANCELLED if is_cancelled else IdentityFault.REFUSED
        return _refused(request, IdentityRefusedError(fault, provider.name), _kept_way(request))
    if ASKING_KEY not in request.session and request.actor.role != VISITOR.role:
        return redirect("/")  # went back to a page that has done its work
    brought = [(name, request.GET.get(name, "")[:LONGEST_CODE]) for name in BROUGHT]
    return render(request, "accounts/identity_back.html", {"provider": provider.name, "brought": brought})


@requires("accounts.sign_in")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first(request: HttpRequest) -> HttpResponse:
    """Whose identity is nobody's yet says their number, and proves it on the next screen."""
    arriving = request.session.get(ARRIVING_KEY)
    if not arriving or _is_over(arriving["since"]):
        return redirect("accounts:sign_in")
    identity = asserted_from(arriving["identity"])
    line = Line(identity.phone)
    if request.method == "POST":
        line = read_phone(request.POST)
        fault = line.fault or send_code(request, line.value, arriving["identity"])
        if not fault:
            return HttpResponseRedirect(with_way("accounts:code", wanted(request)))
        line = Line(line.typed, line.value, fault)
    context = {"line": line, "provider": identity.provider, "next": wanted(request)}
    return render(request, "accounts/identity_first.html", context)


@requires("accounts.keep_own")
@never_cache
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End one connection."""
    try:
        end_identity(request.actor, request.POST.get("identity", ""), now())
    except SignInRefusedError as refused:
        return render(request, "403.html", {"words": str(refused)}, status=403)
    return redirect("accounts:own")


@requires("accounts.sign_in")
@never_cache
@require_http_methods(["GET", "HEAD"])
def signed_out(request: HttpRequest) -> HttpResponse:
    """Signed out here, and perhaps still signed in over there."""
    provider = _provider(request)
    context = {"provider": provider.name, "farewell": provider.farewell()}
    return render(request, "accounts/identity_signed_out.html", context)


def _provider(request: HttpRequest) -> Any:
    """The provider of this site; where there is none there is no such page."""
    if request.identity_provider is None:
        raise Http404
    return request.identity_provider


def _leave(request: HttpRequest, person: str, way: str) -> HttpResponse:
    """The page between: a form may lead to no other site (form-action), but a page may."""
    provider, moment = _provider(request), now()
    spend_or_refuse("accounts.identity", visitor_of(request), TRIES_AN_HOUR, 3600, moment)
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    asking = Asking(state, nonce, verifier, way, person, moment.isoformat())
    try:
        address = provider.address(asking, _back_address(request))
    except IdentityRefusedError as refused:
        return _refuse(request, refused, moment, way)
    request.session[ASKING_KEY] = asdict(asking)
    if not person and waiting_of(request.session) is None:
        request.session.set_expiry(moment + timedelta(minutes=ENTERING_MINUTES))
    context = {"provider": provider.name, "address": address}
    response = render(request, "accounts/identity_leaving.html", context)
    response["Refresh"] = f"0; url={address}"
    return response


def _complete(request: HttpRequest) -> HttpResponse:
    provider, moment, way = _provider(request), now(), _kept_way(request)
    spend_or_refuse("accounts.identity.back", visitor_of(request), TRIES_AN_HOUR, 3600, moment)
    try:
        asking = _asking(request, moment)
        code, sender = request.POST.get("code", ""), request.POST.get("iss", "")
        asserted = provider.redeem(code[:LONGEST_CODE], sender, asking, _back_address(request), moment)
        if asking.person:
            return _connect(request, asking, asserted, moment)
        return _enter(request, asking, asserted, moment)
    except SignInRefusedError as refused:
        return _refuse(request, refused, moment, way)


def _asking(request: HttpRequest, moment: datetime) -> Asking:
    """What this browser was sent away with, if this is the way back from there: taken once, and no stranger's
    attempt takes it away.
    """
    name, kept = _provider(request).name, request.session.get(ASKING_KEY)
    state = request.POST.get("state", "")
    if not kept or not constant_time_compare(str(kept["state"]), state):
        raise IdentityRefusedError(IdentityFault.WRONG_STATE, name)
    del request.session[ASKING_KEY]
    asking = Asking(**kept)
    if asking.is_late(moment):
        raise IdentityRefusedError(IdentityFault.LATE, name)
    # Two requests at the same moment read the same session; the database lets one of them through.
    if not spend("accounts.identity.state", asking.state, 1, 3600, moment).is_allowed:
        raise IdentityRefusedError(IdentityFault.USED, name)
    return asking


def _enter(request: HttpRequest, asking: Asking, asserted: Asserted, moment: datetime) -> HttpResponse:
    opens = _provider(request).is_phone_trusted
    if sign_in_by_identity(request.session, asserted, moment, opens=opens):
        return arrive(request, asking.way)
    request.session[ARRIVING_KEY] = {"identity": asdict(asserted), "since": moment.isoformat()}
    return HttpResponseRedirect(with_way("accounts:identity_first", asking.way))


def _connect(request: HttpRequest, asking: Asking, asserted: Asserted, moment: datetime) -> HttpResponse:
    """To whoever is signed in now, if it is who went away."""
    if asking.person != request.session.get(PERSON_KEY) or asking.person != request.actor.id:
        raise IdentityRefusedError(IdentityFault.WRONG_STATE, asserted.provider)
    is_proven = bool(request.session.get(PROVEN_KEY))
    connect_identity(request.actor, asking.person, asserted, moment, is_proven=is_proven)
    return HttpResponseRedirect(asking.way)


def _refuse(request: HttpRequest, refused: SignInRefusedError, moment: datetime, way: str) -> HttpResponse:
    why = refused.fault if isinstance(refused, IdentityRefusedError) else "not_connected"
    refuse_identity(_provider(request).name, f"{refused}（{why}）", moment)
    return _refused(request, refused, way)


def _refused(request: HttpRequest, refused: SignInRefusedError, way: str) -> HttpResponse:
    fault = refused.fault if isinstance(refused, IdentityRefusedError) else None
    context = {
        "words": str(refused),
        "provider": _provider(request).name,
        "is_in": request.actor.role != VISITOR.role,
        "next": way,
    }
    status = {IdentityFault.UNREACHABLE: 503, IdentityFault.CANCELLED: 200}.get(fault, 403)
    return render(request, "accounts/identity_refused.html", context, status=status)


def _kept_way(request: HttpRequest) -> str:
    """Where this browser wanted to go before it went to the provider."""
    return str((request.session.get(ASKING_KEY) or {}).get("way") or "/")


def _back_address(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("accounts:identity_back"))


def _is_over(since: str) -> bool:
    return now() >= datetime.fromisoformat(since) + timedelta(minutes=ENTERING_MINUTES)
