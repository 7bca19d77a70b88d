"""委托: whom one lets act for oneself, for whom one may act, and taking either back."""

from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huiqi.foundation.access.queries import demand, mandatable, may, requires
from huiqi.foundation.accounts.actions.mandates import Grant, find_agent, grant_mandate, revoke_mandate
from huiqi.foundation.accounts.domain.mandates import MANDATE_KINDS, Mandate, MandateKind, Side
from huiqi.foundation.accounts.domain.members import RefusedError
from huiqi.foundation.accounts.forms.mandates import Drafted, new_draft, read_draft
from huiqi.foundation.accounts.queries import mandates_given, mandates_held
from huiqi.foundation.accounts.queries.mandates import (
    AGENTS_SHOWN,
    HELD_A_PAGE,
    mandate_for,
    possible_agent,
    possible_agents,
    uses_of,
)
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.storage.actions import TooOftenError
from huiqi.foundation.storage.queries import wait_words

LONGEST_SEARCH = 60
_METHODS = ["GET", "HEAD", "POST"]


@requires("accounts.see_mandates")
@never_cache
@require_safe
def mandates(request: HttpRequest) -> HttpResponse:
    """Both lists: given and held."""
    actor, as_of = request.actor, today()
    is_principal = may(actor, "accounts.see_mandates", _relation(request))
    held = mandates_held(actor, "", as_of)
    context = {
        "is_principal": is_principal,
        "given": mandates_given(actor, as_of) if is_principal else (),
        "held": held,
        "has_more": len(held) == HELD_A_PAGE,
        "may_grant": is_principal and may(actor, "accounts.grant_mandate", _relation(request)),
        "may_act": may(actor, "accounts.act_on_behalf", {"mandated"}),
    }
    return render(request, "accounts/mandates.html", context)


@requires("accounts.see_mandates")
@never_cache
@require_safe
def mandate(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """One of them, with everything that was done under it."""
    one, relations = _found(request, mandate_id)
    return _shown(request, one, relations)


@requires("accounts.revoke_mandate")
@never_cache
@require_http_methods(_METHODS)
def revoke(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """Take it back, or give it up, after a look at what that means."""
    one, relations = _found(request, mandate_id)
    demand(request.actor, "accounts.revoke_mandate", relations)
    if request.method == "POST":
        try:
            revoke_mandate(request.actor, one.id, now())
        except RefusedError as refused:
            return _shown(request, _found(request, mandate_id)[0], relations, str(refused))
        return HttpResponseRedirect(reverse("accounts:mandate", args=[one.id]))
    if not one.can_be_revoked:
        return HttpResponseRedirect(reverse("accounts:mandate", args=[one.id]))
    context = {"mandate": one, "is_agent": "mandated" in relations}
    return render(request, "accounts/mandate_revoke.html", context)


@requires("accounts.grant_mandate")
@never_cache
@require_http_methods(_METHODS)
def grant(request: HttpRequest) -> HttpResponse:
    """Choose of what kind, to which organisation where it is to one, what and until when; look; grant."""
    demand(request.actor, "accounts.grant_mandate", _relation(request))
    kind = MANDATE_KINDS.get(request.GET.get("kind", ""))
    if kind is None:
        return render(request, "accounts/mandate_kinds.html", {"kinds": MANDATE_KINDS.values()})
    agency = possible_agent(kind.id, request.GET.get("agent", "")) if kind.agents else None
    if kind.agents and agency is None:
        return _choose_agency(request, kind)
    agent, longest = agency.id if agency else "", settings.HUIQI_MANDATE_DAYS
    if request.method != "POST":
        return _form(request, kind, new_draft(kind, agent, longest, today()))
    draft = read_draft(request.POST, kind, agent, frozenset(mandatable()), longest, today())
    if draft.step == "back":
        return _form(request, kind, replace(draft, faults={}))
    if draft.faults:
        return _form(request, kind, draft)
    try:
        return _granted(request, kind, draft) if draft.step == "yes" else _preview(request, kind, draft)
    except RefusedError as refused:
        return _form(request, kind, replace(draft, faults={"agent": str(refused)}))
    except TooOftenError as refused:
        words = f"今天查得、写得太多了，先停一停。填的都还在，请等 {wait_words(refused.wait_seconds)}再试。"
        return _form(request, kind, replace(draft, faults={"agent": words}), 429)


def _granted(request: HttpRequest, kind: MandateKind, draft: Drafted) -> HttpResponse:
    wanted = Grant(draft.form_key, draft.agent.value, draft.terms(kind))
    made = grant_mandate(request.actor, wanted, now())
    return HttpResponseRedirect(f"{reverse('accounts:mandate', args=[made])}?new=1")


def _preview(request: HttpRequest, kind: MandateKind, draft: Drafted) -> HttpResponse:
    found = find_agent(request.actor, kind.id, draft.agent.value, now())
    return _form(request, kind, draft, agent=found)


def _choose_agency(request: HttpRequest, kind: MandateKind) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH].replace("\0", "")
    found = possible_agents(kind.id, text)
    places = [(each, f"?{urlencode({'kind': kind.id, 'agent': each.id})}") for each in found]
    context = {"kind": kind, "text": text, "places": places, "is_cut": len(found) == AGENTS_SHOWN}
    return render(request, "accounts/mandate_agency.html", context)


def _form(
    request: HttpRequest, kind: MandateKind, draft: Drafted, status: int = 422, agent: Side | None = None
) -> HttpResponse:
    """The form; with an ``agent`` what will be granted, to be looked at once more."""
    actor = request.actor
    agency = possible_agent(kind.id, draft.agent.value) if kind.agents and agent is None else None
    context = {
        "kind": kind,
        "draft": draft,
        "agent": agent,
        "agency": agency,
        "principal": actor.organisation.name if actor.organisation else "您本人",
        "choices": [(verb, words, verb in draft.verbs) for verb, words in mandatable().items()],
        "longest_days": settings.HUIQI_MANDATE_DAYS,
        "terms": draft.terms(kind) if agent else None,
        "days": (draft.terms(kind).until_on - today()).days if agent else 0,
    }
    page = "accounts/mandate_preview.html" if agent else "accounts/mandate_form.html"
    return render(request, page, context, status=status if draft.faults else 200)


def _found(request: HttpRequest, mandate_id: UUID) -> tuple[Mandate, frozenset[str]]:
    """The mandate with how the viewer is related to it; 404 for what is neither given nor held by them."""
    found = mandate_for(request.actor, str(mandate_id), today())
    if found is None:
        raise Http404
    demand(request.actor, "accounts.see_mandates", found[1])
    return found


def _shown(request: HttpRequest, one: Mandate, relations: frozenset[str], refused: str = "") -> HttpResponse:
    actor = request.actor
    is_agent = "mandated" in relations
    context = {
        "mandate": one,
        "uses": uses_of(one),
        "is_agent": is_agent,
        "is_new": request.GET.get("new") == "1" and one.can_be_revoked and not refused,
        "may_revoke": one.can_be_revoked and may(actor, "accounts.revoke_mandate", relations),
        "may_act": one.is_active and is_agent and may(actor, "accounts.act_on_behalf", {"mandated"}),
        "refused": refused,
    }
    return render(request, "accounts/mandate.html", context, status=409 if refused else 200)


def _relation(request: HttpRequest) -> frozenset[str]:
    return frozenset({"organisation" if request.actor.organisation else "own"})
