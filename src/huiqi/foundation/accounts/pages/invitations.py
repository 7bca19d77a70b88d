"""Inviting, and being invited: who gets what is shown before it is done."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huiqi.core.standards.masks import mask_phone
from huiqi.foundation.access.queries import demand, requires, role_words
from huiqi.foundation.accounts.actions.invitations import (
    Invited,
    accept_invitation,
    accept_own_invitation,
    decline_invitation,
    invite,
    withdraw_invitation,
)
from huiqi.foundation.accounts.domain import KINDS, Organisation
from huiqi.foundation.accounts.domain.members import Invitation, RefusedError, needs_approval
from huiqi.foundation.accounts.domain.sign_in import NotSentError
from huiqi.foundation.accounts.forms.sign_in import Line, read_phone
from huiqi.foundation.accounts.pages.finding import organisation_for
from huiqi.foundation.accounts.queries import VISITOR, relations_to
from huiqi.foundation.accounts.queries.invited import (
    invitation,
    invitation_by_secret,
    letter_to_invited,
    own_invitation,
    own_invitations,
    words_to_invited,
)
from huiqi.foundation.clock.queries import now

_METHODS = ["GET", "HEAD", "POST"]
# The link of the last invitation made in this browser: it can be shown again there, and nowhere else.
INVITED_KEY = "invited"


@requires("accounts.invite")
@never_cache
@require_http_methods(_METHODS)
def invite_member(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Number and role; then who will get what; then the invitation itself."""
    place = organisation_for(request, organisation_id, "accounts.invite")
    role = request.POST.get("role", "")
    role = role if role in KINDS[place.kind].roles else ""
    phone, fault = Line(), ""
    if request.method == "POST":
        phone = read_phone(request.POST)
        fault = "" if role else "请选一个身份。"
        if request.POST.get("confirmed") == "yes" and not (phone.fault or fault):
            try:
                made = invite(request.actor, place.id, phone.value, role, now())
                _keep_link(request, made)
                return redirect("accounts:invitation_made", made.id)
            except RefusedError as refused:
                fault = str(refused)
    return _invite_page(request, place, phone, role, fault)


@requires("accounts.invite")
@never_cache
@require_safe
def invitation_made(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """What was sent to whom, and the link to pass on; only where it was made can the link be shown."""
    found = _of_ours(request, invitation_id, "accounts.invite")
    kept = request.session.get(INVITED_KEY) or {}
    kept = kept if kept.get("id") == found.id else {}
    link = kept.get("secret") and reverse("accounts:invited", args=[kept["secret"]])
    context = {
        "invitation": found,
        "link": request.build_absolute_uri(link) if link else "",
        "sent": kept.get("sent", ""),
        "not_sent": kept.get("not_sent", ""),
    }
    return render(request, "accounts/invitation_made.html", context)


@requires("accounts.withdraw_invitation")
@never_cache
@require_http_methods(_METHODS)
def withdraw(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    found, fault = _of_ours(request, invitation_id, "accounts.withdraw_invitation"), ""
    if request.method == "POST":
        try:
            withdraw_invitation(request.actor, found.id, now())
            return redirect("accounts:organisation_of", found.organisation.id)
        except RefusedError as refused:
            fault = str(refused)
            found = invitation(found.id, now()) or found
    context = {"invitation": found, "fault": fault}
    return render(request, "accounts/invitation_withdraw.html", context, status=409 if fault else 200)


@requires("accounts.accept_invitation")
@never_cache
@require_safe
def invitations(request: HttpRequest) -> HttpResponse:
    """What one's own number is invited to now."""
    return _own(request)


@requires("accounts.see_invitation")
@never_cache
@require_safe
def invited(request: HttpRequest, secret: str) -> HttpResponse:
    """What a link invites to, for whoever holds it; to accept one signs in with the invited number."""
    found = invitation_by_secret(secret, now())
    if found is None:
        raise Http404
    is_signed_in = request.actor.role != VISITOR.role
    context = {
        "invitation": found,
        "secret": secret,
        "is_signed_in": is_signed_in,
        "is_mine": is_signed_in and own_invitation(request.actor, found.id, now()) is not None,
    }
    return render(request, "accounts/invited.html", context)


@requires("accounts.accept_invitation")
@never_cache
@require_http_methods(_METHODS)
def accept(request: HttpRequest) -> HttpResponse:
    """Accept by the link or from one's own list, then choose in which role to go on."""
    if request.method != "POST":
        return redirect("accounts:invitations")
    secret, key = request.POST.get("secret", ""), request.POST.get("invitation", "")
    try:
        if secret:
            accept_invitation(request.actor, secret, now())
        else:
            accept_own_invitation(request.actor, key, now())
    except RefusedError as refused:
        return _own(request, str(refused), 409)
    return redirect(f"{reverse('accounts:role')}?next={reverse('accounts:organisation')}")


@requires("accounts.decline_invitation")
@never_cache
@require_http_methods(_METHODS)
def decline(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Say no, after a look at what that means; afterwards the same page says that it is done."""
    fault = ""
    if request.method == "POST":
        try:
            decline_invitation(request.actor, str(invitation_id), now())
            return redirect("accounts:decline", invitation_id)
        except RefusedError as refused:
            fault = str(refused)
    found = own_invitation(request.actor, str(invitation_id), now())
    if found is None:
        raise Http404
    context = {"invitation": found, "fault": fault}
    return render(request, "accounts/invitation_decline.html", context, status=409 if fault else 200)


def send_letter(request: HttpRequest, invitation_id: str) -> tuple[str, str]:
    """Send the short message to who can accept now; what was sent, or why nothing was."""
    letter = letter_to_invited(invitation_id, now())
    if letter is None:
        return "", ""
    try:
        request.send_invitation(*letter, now())
    except NotSentError as failure:
        return "", str(failure)
    return letter[1], ""


def _keep_link(request: HttpRequest, made: Invited) -> None:
    sent, not_sent = send_letter(request, made.id)
    request.session[INVITED_KEY] = {
        "id": made.id,
        "secret": made.secret,
        "sent": sent,
        "not_sent": not_sent,
    }


def _invite_page(
    request: HttpRequest, place: Organisation, phone: Line, role: str, fault: str
) -> HttpResponse:
    is_sent = request.method == "POST"
    has_fault = is_sent and bool(phone.fault or fault)
    context = {
        "organisation": place,
        "phone": phone,
        "masked": mask_phone(phone.value) if phone.value else "",
        "role": role,
        "role_label": role_words(role) if role else "",
        "roles": [(each, role_words(each), needs_approval(each)) for each in KINDS[place.kind].roles],
        "needs_approval": bool(role) and needs_approval(role),
        "words": words_to_invited(place.name, role) if role else "",
        "expires_at": now() + timedelta(days=settings.HUIQI_INVITATION_DAYS),
        "days": settings.HUIQI_INVITATION_DAYS,
        "fault": fault,
        "is_preview": is_sent and not has_fault and request.POST.get("confirmed") != "back",
    }
    return render(request, "accounts/invite.html", context, status=422 if has_fault else 200)


def _own(request: HttpRequest, fault: str = "", status: int = 200) -> HttpResponse:
    context = {"invitations": own_invitations(request.actor.id, now()), "fault": fault}
    return render(request, "accounts/invitations.html", context, status=status)


def _of_ours(request: HttpRequest, invitation_id: UUID, verb: str) -> Invitation:
    found = invitation(str(invitation_id), now())
    if found is None:
        raise Http404
    demand(request.actor, verb, relations_to(request.actor, found.organisation.id, verb))
    return found
