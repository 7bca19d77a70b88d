"""The second proof: giving it, and setting it up."""

import pyotp
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huiqi.foundation.access.queries import requires
from huiqi.foundation.accounts.actions.proofs import (
    begin_authenticator,
    confirm_authenticator,
    finish_by_authenticator,
    finish_by_recovery_code,
    make_recovery_codes,
    remove_proofs,
)
from huiqi.foundation.accounts.actions.sessions import finish_session
from huiqi.foundation.accounts.domain.sign_in import SignInRefusedError
from huiqi.foundation.accounts.forms.sign_in import Line, read_code
from huiqi.foundation.accounts.pages.arriving import arrive, wanted
from huiqi.foundation.accounts.queries import VISITOR, page_after_sign_in, waiting_of
from huiqi.foundation.accounts.queries.acting import HANDLE_KEY
from huiqi.foundation.accounts.queries.demo import demo_proof
from huiqi.foundation.accounts.queries.proofs import pending_secret
from huiqi.foundation.clock.queries import now

ISSUER = "焦个企惠"
LONGEST_TYPED = 60


@requires("accounts.sign_in")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """Who waits gives a code of their app, or one of their recovery codes."""
    waiting = waiting_of(request.session)
    if waiting is None or waiting.must_set_up:
        return HttpResponseRedirect(_way(request))
    line, spare = Line(), Line()
    if request.method == "POST":
        try:
            if "spare" in request.POST:
                spare = Line(request.POST["spare"][:LONGEST_TYPED])
                finish_by_recovery_code(request.session, spare.typed, now())
                return arrive(request)
            line = read_code(request.POST, words="动态码")
            if not line.fault:
                finish_by_authenticator(request.session, line.value, now())
                return arrive(request)
        except SignInRefusedError as refused:
            is_spare = "spare" in request.POST
            line = line if is_spare else Line(line.typed, "", str(refused))
            spare = Line(spare.typed, "", str(refused)) if is_spare else spare
    context = {
        "waiting": waiting,
        "line": line,
        "spare": spare,
        "shown": demo_proof(waiting.person_id, now()),
        "next": wanted(request),
    }
    return render(request, "accounts/sign_in_second.html", context)


@requires("accounts.sign_in")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Set up an app: for who must before anything else, and for who wants to."""
    person_id, is_waiting = whose(request)
    if not person_id:
        return HttpResponseRedirect(_way(request))
    line = Line()
    if request.method == "POST" and "begin" in request.POST:
        begin_authenticator(person_id)
        return redirect(request.get_full_path())
    if request.method == "POST":
        line = read_code(request.POST, words="动态码")
        try:
            if not line.fault:
                codes = confirm_authenticator(request.session, person_id, line.value, now())
                return show_codes(request, codes, "totp" if is_waiting else "")
        except SignInRefusedError as refused:
            line = Line(line.typed, "", str(refused))
    secret = pending_secret(person_id)
    context = {
        "line": line,
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "address": pyotp.TOTP(secret).provisioning_uri(name=_label(request), issuer_name=ISSUER)
        if secret
        else "",
        "is_waiting": is_waiting,
        "next": wanted(request),
    }
    return render(request, "accounts/sign_in_set_up.html", context)


@requires("accounts.keep_own")
@never_cache
@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown this once."""
    return show_codes(request, make_recovery_codes(request.actor.id, now()))


@requires("accounts.keep_own")
@never_cache
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Take the second proof away again, where it is one's own choice."""
    try:
        remove_proofs(request.actor, str(request.session[HANDLE_KEY]), now())
    except SignInRefusedError as refused:
        return render(request, "403.html", {"words": str(refused)}, status=403)
    return redirect("accounts:own")


def whose(request: HttpRequest) -> tuple[str, bool]:
    """Whose proof is set up here, and whether they wait for it; nobody's where they must give the one they
    have first.
    """
    waiting = waiting_of(request.session)
    if waiting is not None:
        return (waiting.person_id, True) if waiting.must_set_up else ("", False)
    return ("" if request.actor.role == VISITOR.role else request.actor.id), False


def show_codes(request: HttpRequest, codes: tuple[str, ...], waited_for: str = "") -> HttpResponse:
    """The page that is shown once. Who waited for a proof, given by ``waited_for`` now, is in from now on."""
    if not waited_for:
        context = {"codes": codes, "onward": reverse("accounts:own")}
        return render(request, "accounts/sign_in_codes.html", context)
    finish_session(request.session, waited_for, now())
    onward = arrive(request)
    response = render(request, "accounts/sign_in_codes.html", {"codes": codes, "onward": onward["Location"]})
    response.cookies.update(onward.cookies)
    return response


def _way(request: HttpRequest) -> str:
    onward = page_after_sign_in(request.session, wanted(request))
    is_in = request.actor.role != VISITOR.role or waiting_of(request.session)
    return onward if is_in else reverse("accounts:sign_in")


def _label(request: HttpRequest) -> str:
    waiting = waiting_of(request.session)
    return waiting.name if waiting else request.actor.name
