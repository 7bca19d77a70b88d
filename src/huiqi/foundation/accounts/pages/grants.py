"""The second pair of eyes: roles that open other people's files or money wait here to be agreed to."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiqi.foundation.access.queries import requires, what_role_may
from huiqi.foundation.accounts.actions.invitations import approve_grant, refuse_grant
from huiqi.foundation.accounts.domain import KINDS
from huiqi.foundation.accounts.domain.members import InvitationState, RefusedError, needs_approval
from huiqi.foundation.accounts.forms.organisations import read_decided
from huiqi.foundation.accounts.pages.invitations import send_letter
from huiqi.foundation.accounts.queries.invited import invitation, waiting_grants
from huiqi.foundation.clock.queries import now


@requires("accounts.see_grants")
@never_cache
@require_safe
def grants(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/grants.html", {"waiting": waiting_grants(request.actor, now())})


@requires("accounts.see_grants")
@never_cache
@require_safe
def grant(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Who proposes whom for what, and what that role may do, before anybody agrees to it."""
    return _grant(request, invitation_id)


@requires("accounts.approve_grant")
@never_cache
@require_POST
def approve(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    try:
        approve_grant(request.actor, str(invitation_id), now())
    except RefusedError as refused:
        return _grant(request, invitation_id, str(refused), 409)
    send_letter(request, str(invitation_id))
    return redirect("accounts:grant", invitation_id)


@requires("accounts.refuse_grant")
@never_cache
@require_POST
def refuse(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    decided = read_decided(request.POST)
    if decided.fault:
        return _grant(request, invitation_id, decided.fault, 422)
    try:
        refuse_grant(request.actor, str(invitation_id), decided.reason, now())
    except RefusedError as refused:
        return _grant(request, invitation_id, str(refused), 409)
    return redirect("accounts:grant", invitation_id)


def _grant(request: HttpRequest, invitation_id: UUID, fault: str = "", status: int = 200) -> HttpResponse:
    found = invitation(str(invitation_id), now())
    if found is None or not needs_approval(found.role):
        raise Http404
    context = {
        "invitation": found,
        "kind_label": KINDS[found.organisation.kind].label,
        "may": what_role_may(found.role),
        "is_waiting": found.state is InvitationState.WAITING,
        "fault": fault,
    }
    return render(request, "accounts/grant.html", context, status=status)
