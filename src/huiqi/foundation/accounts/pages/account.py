"""我的账号: what is kept of oneself, and what one can change of it."""

import secrets
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from huiqi.core.standards.masks import mask_phone
from huiqi.foundation.access.queries import may_open, relations_for, requires
from huiqi.foundation.accounts.actions.accounts import (
    change_phone,
    close_account,
    correct_name,
    request_phone_change,
    set_password,
)
from huiqi.foundation.accounts.actions.sessions import end_other_sessions, switch_role
from huiqi.foundation.accounts.domain.sign_in import LONGEST_NAME, NotSentError, SignInRefusedError
from huiqi.foundation.accounts.forms.sign_in import Line, read_code, read_name, read_phone
from huiqi.foundation.accounts.pages.arriving import arrive, wanted
from huiqi.foundation.accounts.queries import ACTING_KEY, account_of, membership_of, roles_of
from huiqi.foundation.accounts.queries.account import way_on
from huiqi.foundation.accounts.queries.acting import HANDLE_KEY, METHOD_KEY
from huiqi.foundation.accounts.queries.invited import own_invitations
from huiqi.foundation.accounts.queries.lost_phone import SEE, own_requests
from huiqi.foundation.clock.queries import now

CHANGING_KEY = "changing_phone"
FRESH = ("code", "passkey")


@requires("accounts.keep_own")
@never_cache
@require_http_methods(["GET", "HEAD"])
def own(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    # The session is that of who looks, not of who is seen.
    session = {ACTING_KEY: membership_of(actor)} if actor.seen_by else request.session
    account, provider = account_of(actor.id, session), request.identity_provider
    is_offered = provider and all(each.issuer != provider.issuer for each in account.identities)
    context = {
        "account": account,
        "offered": provider.name if is_offered else "",
        # organisations and members
        "invitations": own_invitations(actor.id, now()),
        "organisation": actor.organisation,
        "may_list": may_open(actor.role, "accounts.see_organisations"),
        "may_agree": may_open(actor.role, "accounts.see_grants"),
        # the lost telephone
        "requests": own_requests(actor.id, now()),
        "may_see_requests": relations_for(actor, SEE),
    }
    return render(request, "accounts/account.html", context)


@requires("accounts.keep_own")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    line = Line()
    if request.method == "POST":
        line = read_name(request.POST)
        if not line.fault:
            correct_name(request.actor, line.value, now())
            return redirect("accounts:own")
    return render(request, "accounts/account_name.html", {"line": line, "longest": LONGEST_NAME})


@requires("accounts.keep_own")
@never_cache
@sensitive_post_parameters("old", "new")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Who has just signed in by telephone or passkey need not know the old one."""
    is_fresh = str(request.session.get(METHOD_KEY, "")).startswith(FRESH)
    fault = ""
    if request.method == "POST":
        old, new = request.POST.get("old", ""), request.POST.get("new", "")
        fault = "" if new == request.POST.get("again", "") else "两次填的新密码不一样，请再填一遍。"
        try:
            if not fault:
                handle = str(request.session[HANDLE_KEY])
                set_password(request.actor, old, new, handle, now(), is_fresh=is_fresh)
                return redirect("accounts:own")
        except SignInRefusedError as refused:
            fault = str(refused)
    account = account_of(request.actor.id, request.session)
    context = {"fault": fault, "asks_old": account.has_password and not is_fresh, "account": account}
    return render(request, "accounts/account_password.html", context)


@requires("accounts.keep_own")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def phone(request: HttpRequest) -> HttpResponse:
    """The first of two screens: the new number. Codes go to both telephones."""
    line = Line()
    if request.method == "POST":
        line = read_phone(request.POST)
        if not line.fault:
            try:
                _send_both(request, line.value)
                return redirect("accounts:phone_codes")
            except (SignInRefusedError, NotSentError) as refused:
                line = Line(line.typed, "", str(refused))
    return render(request, "accounts/account_phone.html", {"line": line})


@requires("accounts.keep_own")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def phone_codes(request: HttpRequest) -> HttpResponse:
    """The second: what both telephones got."""
    changing = request.session.get(CHANGING_KEY)
    if not changing:
        return redirect("accounts:phone")
    old, new, fault = Line(), Line(), ""
    if request.method == "POST":
        old, new = read_code(request.POST, "old"), read_code(request.POST, "new")
        if not old.fault and not new.fault:
            codes, handle = (old.value, new.value), str(request.session[HANDLE_KEY])
            try:
                change_phone(request.actor, changing["phone"], codes, changing["browser"], handle, now())
                del request.session[CHANGING_KEY]
                return redirect("accounts:own")
            except SignInRefusedError as refused:
                fault = str(refused)
    context = {
        "old": old,
        "new": new,
        "fault": fault,
        "phone": mask_phone(changing["phone"]),
        "shown": changing["shown"],
    }
    return render(request, "accounts/account_phone_codes.html", context)


@requires("accounts.keep_own")
@never_cache
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End one other session, or all of them."""
    handle = request.POST.get("session", "")
    if not handle or _is_a_handle(handle):
        end_other_sessions(request.session, request.actor, now(), handle)
    return redirect("accounts:own")


@requires("accounts.keep_own")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """Close the account, after saying what that means."""
    fault = ""
    if request.method == "POST":
        fault = "" if request.POST.get("sure") == "yes" else "还没有注销。要注销，请先勾选“我明白”。"
        try:
            if not fault:
                close_account(request.actor, now())
                request.session.flush()
                return redirect("/")
        except SignInRefusedError as refused:
            fault = str(refused)
    account = account_of(request.actor.id, request.session)
    return render(request, "accounts/account_close.html", {"fault": fault, "account": account})


@requires("accounts.switch_role")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def role(request: HttpRequest) -> HttpResponse:
    """Choose in which role to act."""
    fault = ""
    if request.method == "POST":
        try:
            if switch_role(request.session, request.POST.get("role", ""), now()):
                return HttpResponseRedirect(way_on(wanted(request)))
            return arrive(request)
        except SignInRefusedError as refused:
            fault = str(refused)
    roles = roles_of(request.actor.id, request.session)
    return render(request, "accounts/role.html", {"roles": roles, "fault": fault, "next": wanted(request)})


def _send_both(request: HttpRequest, new: str) -> None:
    moment, browser = now(), secrets.token_urlsafe(16)
    made = request_phone_change(request.actor, new, browser, moment)
    shown = [request.send_sms(number, code, moment) for number, code in made]
    request.session[CHANGING_KEY] = {"phone": new, "browser": browser, "shown": " ".join(filter(None, shown))}


def _is_a_handle(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
