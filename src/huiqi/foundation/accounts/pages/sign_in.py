"""Signing in on two screens: the number, then the code. Beside them the password, and the demo's people."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from huiqi.core.standards.masks import mask_phone
from huiqi.foundation.access.queries import requires
from huiqi.foundation.accounts.actions import begin_session, end_session
from huiqi.foundation.accounts.actions.sign_in import request_code, sign_in_by_code, sign_in_by_password
from huiqi.foundation.accounts.domain.identities import asserted_from
from huiqi.foundation.accounts.domain.sign_in import NotSentError, SignInRefusedError
from huiqi.foundation.accounts.forms.sign_in import Line, read_code, read_phone
from huiqi.foundation.accounts.pages.arriving import ENTERING_MINUTES, arrive, is_known, wanted, with_way
from huiqi.foundation.accounts.queries import VISITOR, page_after_sign_in, waiting_of
from huiqi.foundation.accounts.queries.acting import METHOD_KEY
from huiqi.foundation.accounts.queries.demo import demo_people, demo_person
from huiqi.foundation.clock.queries import now
from huiqi.foundation.storage.actions import TooOftenError
from huiqi.foundation.storage.queries import visitor_of, wait_words

ENTERING_KEY = "entering"
LONGEST_TYPED_PASSWORD = 1000


@requires("accounts.sign_in")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The first screen: the number."""
    if request.method != "POST":
        if request.actor.role != VISITOR.role or waiting_of(request.session):
            return HttpResponseRedirect(page_after_sign_in(request.session, wanted(request)))
        return _start(request, Line())
    phone = read_phone(request.POST)
    fault = phone.fault or send_code(request, phone.value)
    if fault:
        return _start(request, Line(phone.typed, phone.value, fault))
    return _on(request, "accounts:code")


@requires("accounts.sign_in")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second screen: the code."""
    entering = request.session.get(ENTERING_KEY)
    if not entering:
        return _on(request, "accounts:sign_in")
    identity = asserted_from(entering["identity"]) if entering.get("identity") else None
    line = Line()
    if request.method == "POST" and "again" in request.POST:
        line = Line("", "", send_code(request, entering["phone"], entering.get("identity")))
        if not line.fault:
            return _on(request, "accounts:code")
    elif request.method == "POST":
        line = read_code(request.POST)
        try:
            if not line.fault:
                phone, browser = entering["phone"], entering["browser"]
                sign_in_by_code(request.session, phone, browser, line.value, now(), identity=identity)
                return arrive(request)
        except SignInRefusedError as refused:
            line = Line(line.typed, "", str(refused))
    context = {
        "line": line,
        "phone": mask_phone(entering["phone"]),
        "shown": entering["shown"],
        "minutes": settings.HUIQI_CODE_MINUTES,
        "provider": identity.provider if identity else "",
        "next": wanted(request),
    }
    return render(request, "accounts/sign_in_code.html", context)


@requires("accounts.sign_in")
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Number and password on one screen."""
    phone, fault, status = Line(), "", 200
    if request.method == "POST":
        phone, typed = read_phone(request.POST), request.POST.get("password", "")
        fault = "" if typed else "请填密码。"
        if len(typed) > LONGEST_TYPED_PASSWORD:
            fault = "密码没有这么长，请再填一次。"
        if not fault and not phone.fault:
            try:
                known = is_known(request, phone.value)
                who = visitor_of(request)
                sign_in_by_password(request.session, phone.value, typed, who, now(), is_known=known)
                return arrive(request)
            except SignInRefusedError as refused:
                fault = str(refused)
            except TooOftenError as refused:
                fault, status = _too_often(refused), 429
    context = {"phone": phone, "fault": fault, "next": wanted(request)}
    return render(request, "accounts/sign_in_password.html", context, status=status)


@requires("accounts.sign_in")
@never_cache
@require_POST
def demo(request: HttpRequest) -> HttpResponse:
    """One tap of the demo's sign-in page; anywhere else there is no such page."""
    person_id = demo_person(request.POST.get("person", ""))
    if not person_id:
        raise Http404
    begin_session(request.session, person_id, "code", now())
    return arrive(request)


@requires("accounts.sign_out")
@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Who came from a provider hears that they may still be signed in over there."""
    came_from_provider = str(request.session.get(METHOD_KEY, "")).startswith("oidc")
    end_session(request.session, now())
    return redirect("accounts:signed_out" if came_from_provider and request.identity_provider else "/")


def _start(request: HttpRequest, line: Line) -> HttpResponse:
    context = {
        "line": line,
        "next": wanted(request),
        "people": demo_people(),
        "provider": request.identity_provider.name if request.identity_provider else "",
    }
    return render(request, "accounts/sign_in.html", context)


def send_code(request: HttpRequest, phone: str, identity: dict[str, object] | None = None) -> str:
    """Send a code and remember for whom, and which identity it is to be connected to; a sentence where that
    cannot be done now.
    """
    session, moment = request.session, now()
    before = session.get(ENTERING_KEY) or {}
    browser = before.get("browser") or secrets.token_urlsafe(16)
    try:
        known = is_known(request, phone)
        sent = request_code(phone, browser, visitor_of(request), moment, is_known=known)
        shown = request.send_sms(phone, sent, moment)
    except TooOftenError as refused:
        return _too_often(refused)
    except NotSentError as failure:
        return str(failure)
    session[ENTERING_KEY] = {"phone": phone, "browser": browser, "shown": shown, "identity": identity}
    session.set_expiry(moment + timedelta(minutes=ENTERING_MINUTES))
    return ""


def _too_often(refused: TooOftenError) -> str:
    wait = wait_words(refused.wait_seconds)
    return f"试得太多了，为了您的账号安全先停一停。填的都还在，请等 {wait}再试，或换一种方式登录。"


def _on(request: HttpRequest, view: str) -> HttpResponse:
    return HttpResponseRedirect(with_way(view, wanted(request)))
