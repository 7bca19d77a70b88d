"""A member leaves, hands over, or is away: who takes what is shown before it is done."""

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huiqi.foundation.access.queries import demand, requires
from huiqi.foundation.accounts.actions.members import (
    Absence,
    appoint_deputy,
    end_deputy,
    end_membership,
    hand_over,
)
from huiqi.foundation.accounts.domain.members import RefusedError, period_fault
from huiqi.foundation.accounts.forms.organisations import Decided, read_decided
from huiqi.foundation.accounts.pages.finding import leaving_for
from huiqi.foundation.accounts.queries import member
from huiqi.foundation.accounts.queries.leaving import Leaving
from huiqi.foundation.accounts.queries.members import deputy
from huiqi.foundation.accounts.queries.relations import relations_to_member
from huiqi.foundation.clock.queries import now, today

_METHODS = ["GET", "HEAD", "POST"]


@requires("accounts.end_membership")
@never_cache
@require_http_methods(_METHODS)
def end(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Let a member go; what lies with them is given to a colleague first."""
    leaving = leaving_for(request, membership_id, "accounts.end_membership")
    decided = _decided(request, leaving, needs_receiver=bool(leaving.held))
    if decided.is_confirmed and not decided.fault:
        try:
            receiver = decided.receiver_id if leaving.held else ""
            end_membership(request.actor, leaving.member.id, receiver, decided.reason, now())
            return _after(leaving)
        except RefusedError as refused:
            decided = replace(decided, fault=str(refused))
    return _page(request, "accounts/member_end.html", leaving, decided)


@requires("accounts.hand_over")
@never_cache
@require_http_methods(_METHODS)
def hand_over_all(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Give everything that lies with a member to a colleague; the member stays."""
    leaving = leaving_for(request, membership_id, "accounts.hand_over")
    decided = _decided(request, leaving, needs_receiver=True)
    if decided.is_confirmed and not decided.fault:
        try:
            hand_over(request.actor, leaving.member.id, decided.receiver_id, decided.reason, now())
            return redirect("accounts:organisation_of", leaving.member.organisation.id)
        except RefusedError as refused:
            decided = replace(decided, fault=str(refused))
    return _page(request, "accounts/member_hand_over.html", leaving, decided)


@requires("accounts.appoint_deputy")
@never_cache
@require_http_methods(_METHODS)
def appoint(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Let a colleague stand in from a day until a day."""
    leaving = leaving_for(request, membership_id, "accounts.appoint_deputy")
    decided = _decided(request, leaving, needs_receiver=True)
    absence = None
    if request.method == "POST" and not decided.fault:
        if decided.from_on is None or decided.until_on is None:
            decided = replace(decided, fault="请填从哪天到哪天。填的都还在。")
        else:
            absence = Absence(decided.receiver_id, decided.from_on, decided.until_on, decided.reason)
            decided = replace(decided, fault=period_fault(absence.from_on, absence.until_on, today()))
    if absence and decided.is_confirmed and not decided.fault:
        try:
            appoint_deputy(request.actor, leaving.member.id, absence, now())
            return redirect("accounts:organisation_of", leaving.member.organisation.id)
        except RefusedError as refused:
            decided = replace(decided, fault=str(refused))
    return _page(request, "accounts/deputy.html", leaving, decided)


@requires("accounts.end_deputy")
@never_cache
@require_http_methods(_METHODS)
def end_standing_in(request: HttpRequest, deputy_id: UUID) -> HttpResponse:
    found = deputy(str(deputy_id))
    absent = member(found.absent_id) if found else None
    if found is None or absent is None:
        raise Http404
    verb = "accounts.end_deputy"
    demand(request.actor, verb, relations_to_member(request.actor, absent, verb))
    fault = ""
    if request.method == "POST":
        try:
            end_deputy(request.actor, found.id, now())
            return redirect("accounts:organisation_of", absent.organisation.id)
        except RefusedError as refused:
            fault = str(refused)
    context = {"deputy": found, "organisation": absent.organisation, "fault": fault}
    return render(request, "accounts/deputy_end.html", context, status=409 if fault else 200)


def _decided(request: HttpRequest, leaving: Leaving, *, needs_receiver: bool) -> Decided:
    if request.method != "POST":
        return Decided(from_on=today(), until_on=today())
    decided = read_decided(request.POST)
    if needs_receiver and not decided.fault and leaving.taker(decided.receiver_id) is None:
        return replace(decided, fault="请从同事里选一位。填的都还在。")
    return decided


def _after(leaving: Leaving) -> HttpResponse:
    """Who has left oneself sees that place no more."""
    if leaving.is_self:
        return redirect("accounts:own")
    return redirect("accounts:organisation_of", leaving.member.organisation.id)


def _page(request: HttpRequest, template: str, leaving: Leaving, decided: Decided) -> HttpResponse:
    is_sent = request.method == "POST"
    context = {
        "leaving": leaving,
        "organisation": leaving.member.organisation,
        "decided": decided,
        "receiver": leaving.taker(decided.receiver_id),
        "is_preview": is_sent and not decided.fault and not decided.is_back,
    }
    return render(request, template, context, status=422 if is_sent and decided.fault else 200)
