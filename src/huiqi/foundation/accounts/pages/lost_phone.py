"""换号申请: the window asks for who has lost a number, another agrees, and the account can stop it."""

import secrets
from collections.abc import Callable
from dataclasses import asdict
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiqi.core.standards.masks import mask_phone
from huiqi.foundation.access.queries import demand, may_open, relations_for, requires
from huiqi.foundation.accounts.actions.lost_phone import (
    WAIT_HOURS,
    LostPhone,
    approve_phone_request,
    open_phone_request,
    prove_new_number,
    refuse_phone_request,
    stop_phone_request,
    withdraw_phone_request,
)
from huiqi.foundation.accounts.domain.lost_phone import PROOFS
from huiqi.foundation.accounts.domain.members import RefusedError
from huiqi.foundation.accounts.domain.sign_in import NotSentError, SignInRefusedError
from huiqi.foundation.accounts.forms.lost_phone import Said, Written, read_said, read_written
from huiqi.foundation.accounts.forms.sign_in import Line, read_code
from huiqi.foundation.accounts.queries.lost_phone import (
    OPEN,
    SEE,
    Asked,
    may_decide_on,
    request_for,
    requests_for,
    what_it_opens,
)
from huiqi.foundation.accounts.queries.numbers import number
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.storage.actions import TooOftenError
from huiqi.foundation.storage.queries import wait_words

ASKING_KEY = "asking_for_a_number"
NOTHING_SAID = Said("", "", agrees_to_proofs=False)


@requires("accounts.see_phone_requests")
@never_cache
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """What waits for whoever looks, what is under way, and what ended."""
    demand(request.actor, SEE, relations_for(request.actor, SEE))
    may_ask = may_open(request.actor.role, OPEN)
    context = {"tray": requests_for(request.actor, now()), "may_ask": may_ask}
    return render(request, "accounts/phone_requests.html", context)


@requires("accounts.open_phone_request")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The first of two screens: what was seen, and both numbers. A code goes to the new one."""
    demand(request.actor, OPEN, relations_for(request.actor, OPEN))
    if request.method != "POST":
        return _form(request, Written())
    written = read_written(request.POST)
    if not written.is_in_order:
        return _form(request, written, status=422)
    lost = LostPhone(
        written.old.value,
        written.new.value,
        written.name.value,
        written.proof,
        written.note,
        written.removes_proofs,
        written.form_key,
    )
    try:
        _send_code(request, lost)
    except TooOftenError as refused:
        words = f"发得太多了，先停一停。填的都还在，请等 {wait_words(refused.wait_seconds)}再试。"
        return _form(request, written, words, 429)
    except NotSentError as failure:
        return _form(request, written, str(failure), 503)
    return redirect("accounts:phone_request_code")


@requires("accounts.open_phone_request")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second: the code the new number got. With it the request is made."""
    demand(request.actor, OPEN, relations_for(request.actor, OPEN))
    asking = request.session.get(ASKING_KEY)
    if not asking:
        return redirect("accounts:phone_request_new")
    lost, line, status = LostPhone(**asking["lost"]), Line(), 200
    if request.method == "POST" and "back" in request.POST:
        del request.session[ASKING_KEY]
        return _form(request, _written(lost))
    if request.method == "POST":
        line = read_code(request.POST)
        try:
            if not line.fault:
                made = open_phone_request(request.actor, lost, line.value, asking["browser"], now())
                del request.session[ASKING_KEY]
                return redirect("accounts:phone_request", made)
        except SignInRefusedError as refused:
            line = Line(line.typed, "", str(refused))
        except RefusedError as refused:
            del request.session[ASKING_KEY]
            return _form(request, _written(lost), str(refused), 422)
        status = 422
    context = {
        "line": line,
        "lost": lost,
        "phone": mask_phone(lost.new_phone),
        "proof": PROOFS[lost.proof],
        "shown": asking["shown"],
        "minutes": settings.HUIQI_CODE_MINUTES,
    }
    return render(request, "accounts/phone_request_code.html", context, status=status)


@requires("accounts.see_phone_requests")
@never_cache
@require_safe
def one(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request with its history, and what whoever looks may do about it."""
    return _one(request, request_id)


@requires("accounts.approve_phone_request")
@never_cache
@require_POST
def approve(request: HttpRequest, request_id: UUID) -> HttpResponse:
    said, actor = read_said(request.POST), request.actor

    def agree() -> None:
        agreed = said.agrees_to_proofs
        approve_phone_request(actor, str(request_id), said.text, now(), agrees_to_proofs=agreed)

    return _done(request, request_id, said, agree)


@requires("accounts.refuse_phone_request")
@never_cache
@require_POST
def refuse(request: HttpRequest, request_id: UUID) -> HttpResponse:
    said, actor = read_said(request.POST), request.actor
    return _done(
        request, request_id, said, lambda: refuse_phone_request(actor, str(request_id), said.text, now())
    )


@requires("accounts.withdraw_phone_request")
@never_cache
@require_POST
def withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    said, actor = read_said(request.POST), request.actor
    return _done(
        request, request_id, said, lambda: withdraw_phone_request(actor, str(request_id), said.text, now())
    )


@requires("accounts.stop_phone_request")
@never_cache
@require_POST
def stop(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """不是我: one tap of whoever is signed in on the account."""
    try:
        stop_phone_request(request.actor, str(request_id), now())
    except RefusedError as refused:
        return render(request, "accounts/phone_request_stopped.html", {"fault": str(refused)}, status=409)
    return render(request, "accounts/phone_request_stopped.html", {"fault": ""})


def _send_code(request: HttpRequest, lost: LostPhone) -> None:
    moment, browser = now(), secrets.token_urlsafe(16)
    made = prove_new_number(request.actor, lost, browser, moment)
    shown = request.send_sms(lost.new_phone, made, moment)
    request.session[ASKING_KEY] = {"lost": asdict(lost), "browser": browser, "shown": shown}


def _written(lost: LostPhone) -> Written:
    """The form again, as it was filled in."""
    lines = (Line(text, text) for text in (lost.old_phone, lost.new_phone, lost.name))
    return Written(*lines, lost.proof, lost.note, lost.removes_proofs, lost.form_key)


def _form(request: HttpRequest, written: Written, fault: str = "", status: int = 200) -> HttpResponse:
    context = {
        "written": written,
        "proofs": [(key, words, key == written.proof) for key, words in PROOFS.items()],
        "fault": fault,
    }
    return render(request, "accounts/phone_request_new.html", context, status=status)


def _done(request: HttpRequest, request_id: UUID, said: Said, work: Callable[[], None]) -> HttpResponse:
    """Do it, and show the request; what was written stays where it could not be done."""
    _seen(request, request_id)
    if said.fault:
        return _one(request, request_id, said, said.fault, 422)
    try:
        work()
    except RefusedError as refused:
        return _one(request, request_id, said, str(refused), 409)
    return redirect("accounts:phone_request", request_id)


def _one(
    request: HttpRequest, request_id: UUID, said: Said = NOTHING_SAID, fault: str = "", status: int = 200
) -> HttpResponse:
    found = _seen(request, request_id)
    context = {
        "asked": found,
        "opens": what_it_opens(found),
        "may_decide": found.is_waiting and may_decide_on(request.actor, found.id),
        "may_withdraw": found.is_open and found.requested_by_id == request.actor.id,
        "hours": number(WAIT_HOURS, today()),
        "said": said,
        "fault": fault,
    }
    return render(request, "accounts/phone_request.html", context, status=status)


def _seen(request: HttpRequest, request_id: UUID) -> Asked:
    found = request_for(request.actor, str(request_id), now())
    if found is None:
        raise Http404
    demand(request.actor, SEE, found[1])
    return found[0]
