"""我的授权: what one lets others see, giving and ending it, and the text as it was shown."""

from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huiqi.foundation.access.queries import demand, may, requires
from huiqi.foundation.accounts.queries import open_organisations, organisation_of
from huiqi.foundation.audit.actions import Subject, record_look
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.consent.actions import ConsentRefusedError, draw_up, give, revoke
from huiqi.foundation.consent.domain import DATA_CLASSES, PURPOSES, Purpose
from huiqi.foundation.consent.forms import Drafted, new_draft, read_draft
from huiqi.foundation.consent.pages.signing import Way, walk
from huiqi.foundation.consent.queries import (
    Document,
    asks_made,
    asks_received,
    consent_for,
    consents_given,
    day_of,
    others_live,
    own_party,
)
from huiqi.foundation.parameters.queries import number

GRANTEES_SHOWN, LONGEST_SEARCH = 20, 60
_METHODS = ["GET", "HEAD", "POST"]


@requires("consent.see")
@never_cache
@require_safe
def consents(request: HttpRequest) -> HttpResponse:
    """What one gave, live and ended; what one is asked for, and what one asked others for."""
    actor, at = request.actor, now()
    given = consents_given(actor, at)
    context = {
        "live": [each for each in given if each.is_live],
        "ended": [each for each in given if not each.is_live],
        "received": asks_received(actor, at),
        "made": asks_made(actor, at),
        "may_give": may(actor, "consent.give", _relation(request)),
        "may_ask": may(actor, "consent.ask", _relation(request)),
        "may_see_held": may(actor, "consent.see_held", {"organisation"}),
        "own_id": actor.id,
        "looks_url": _looks(request, is_ours=actor.organisation is not None),
    }
    return render(request, "consent/consents.html", context)


@requires("consent.see")
@never_cache
@require_safe
def consent_page(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """One of them with its text, for both sides; the grantee's look is in the log."""
    document, relations = _found(request, consent_id)
    return _shown(request, document, relations)


@requires("consent.revoke")
@never_cache
@require_http_methods(_METHODS)
def revoke_page(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """End it, after a look at what that means."""
    document, relations = _found(request, consent_id)
    demand(request.actor, "consent.revoke", relations)
    consent = document.consent
    if request.method == "POST":
        try:
            revoke(request.actor, consent.id, now())
        except ConsentRefusedError as refused:
            return _shown(request, _found(request, consent_id)[0], relations, str(refused))
        return HttpResponseRedirect(reverse("consent:consent", args=[consent.id]))
    if not consent.is_live:
        return HttpResponseRedirect(reverse("consent:consent", args=[consent.id]))
    context = {"consent": consent, "others": others_live(consent, now())}
    return render(request, "consent/revoke.html", context)


@requires("consent.give")
@never_cache
@require_http_methods(_METHODS)
def give_page(request: HttpRequest) -> HttpResponse:
    """Choose for what, whom, which classes and until when; read; confirm by a code."""
    demand(request.actor, "consent.give", _relation(request))
    purpose = PURPOSES.get(request.GET.get("purpose", ""))
    if purpose is None:
        return render(request, "consent/purposes.html", {"purposes": PURPOSES.values(), "is_ask": False})
    grantee = chosen_grantee(request, purpose)
    if not grantee:
        return choose_grantee(request, purpose, is_ask=False)
    longest = number("consent.longest_days", today())
    draft = new_draft(purpose, grantee, longest, today())
    if request.method != "POST":
        return _form(request, draft)
    draft = read_draft(request.POST, draft, purpose.classes, longest, today())
    if draft.step == "back":
        return _form(request, replace(draft, faults={}))
    if draft.faults:
        return _form(request, draft)
    return _agreeing(request, draft)


def _agreeing(request: HttpRequest, draft: Drafted) -> HttpResponse:
    actor, wanted = request.actor, draft.wanted
    try:
        shown = draw_up(actor, wanted, now())
    except ConsentRefusedError as refused:
        return _form(request, replace(draft, faults={"grantee": str(refused)}))
    hidden = (
        ("form_key", draft.form_key),
        ("until_on", draft.until_text),
        *(("classes", each) for each in sorted(draft.classes)),
    )
    return walk(
        request,
        Way(
            shown,
            hidden,
            lambda digest, browser, code: give(actor, wanted, digest, browser, code, now()),
        ),
    )


def chosen_grantee(request: HttpRequest, purpose: Purpose) -> str:
    """The id of the organisation chosen in the address; empty where it cannot be given such a consent."""
    found = organisation_of(request.GET.get("grantee", ""))
    return found.id if found and found.kind in purpose.grantees else ""


def choose_grantee(request: HttpRequest, purpose: Purpose, *, is_ask: bool) -> HttpResponse:
    """To whom: found by name."""
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH].replace("\0", "")
    found = open_organisations(purpose.grantees, text, GRANTEES_SHOWN)
    places = [(each, f"?{urlencode({'purpose': purpose.id, 'grantee': each.id})}") for each in found]
    context = {
        "purpose": purpose,
        "text": text,
        "places": places,
        "is_cut": len(found) == GRANTEES_SHOWN,
        "is_ask": is_ask,
    }
    return render(request, "consent/grantee.html", context)


def _form(request: HttpRequest, draft: Drafted) -> HttpResponse:
    grantee = organisation_of(draft.grantee_id)
    context = {
        "draft": draft,
        "subject": own_party(request.actor),
        "grantee": grantee,
        "choices": [(DATA_CLASSES[each], each in draft.classes) for each in draft.purpose.classes],
        "longest_days": number("consent.longest_days", today()),
    }
    return render(request, "consent/form.html", context, status=422 if draft.faults else 200)


def _found(request: HttpRequest, consent_id: UUID) -> tuple[Document, frozenset[str]]:
    """The consent with how the viewer stands to it; 404 for what is neither theirs nor held by them."""
    found = consent_for(request.actor, str(consent_id), now())
    if found is None:
        raise Http404
    demand(request.actor, "consent.see", found[1])
    return found


def _shown(
    request: HttpRequest, document: Document, relations: frozenset[str], refused: str = ""
) -> HttpResponse:
    consent = document.consent
    is_held = not relations & {"own", "organisation"}
    if is_held:
        subject = Subject("consent", consent.id, f"授权 {consent.number}")
        record_look(request, "consent.see", subject, consent.subject, reason=f"用途：{consent.label}")
    context = {
        "document": document,
        "consent": consent,
        "is_held": is_held,
        "is_new": request.GET.get("new") == "1" and consent.is_live and not refused,
        "may_revoke": consent.is_live and may(request.actor, "consent.revoke", relations),
        "refused": refused,
        "given_on": day_of(consent.from_at),
        "looks_url": _looks(request, is_ours="organisation" in relations),
    }
    return render(request, "consent/consent.html", context, status=409 if refused else 200)


def _relation(request: HttpRequest) -> frozenset[str]:
    return frozenset({"organisation" if request.actor.organisation else "own"})


def _looks(request: HttpRequest, *, is_ours: bool) -> str:
    """Where one sees who looked: at the organisation's data where one may, else at one's own."""
    may_see_ours = is_ours and may(request.actor, "audit.see_our_looks", {"organisation"})
    return reverse("audit:looks_at_us" if may_see_ours else "audit:looks_at_me")
