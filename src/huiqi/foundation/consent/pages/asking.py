"""Asking a spouse or guarantor, and answering when one is asked."""

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huiqi.foundation.access.queries import demand, requires
from huiqi.foundation.accounts.queries import organisation_of
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.consent.actions import (
    ConsentRefusedError,
    answer,
    ask,
    decline,
    withdraw_ask,
    words_asked_for,
)
from huiqi.foundation.consent.domain import DATA_CLASSES, PURPOSES, RELATIONS
from huiqi.foundation.consent.forms import Drafted, new_draft, read_draft, with_whom
from huiqi.foundation.consent.pages.owner import choose_grantee, chosen_grantee
from huiqi.foundation.consent.pages.signing import Way, walk
from huiqi.foundation.consent.queries import ask_for, ask_made
from huiqi.foundation.parameters.queries import number
from huiqi.foundation.storage.actions import TooOftenError
from huiqi.foundation.storage.queries import wait_words

_METHODS = ["GET", "HEAD", "POST"]
_ASKABLE = {each.id: each for each in PURPOSES.values() if each.of_people}


@requires("consent.ask")
@never_cache
@require_http_methods(_METHODS)
def ask_page(request: HttpRequest) -> HttpResponse:
    """Choose for what, to whom it is given, and whom to ask."""
    demand(request.actor, "consent.ask", {"organisation"})
    purpose = _ASKABLE.get(request.GET.get("purpose", ""))
    if purpose is None:
        return render(request, "consent/purposes.html", {"purposes": _ASKABLE.values(), "is_ask": True})
    grantee = chosen_grantee(request, purpose)
    if not grantee:
        return choose_grantee(request, purpose, is_ask=True)
    longest = number("consent.longest_days", today())
    draft = new_draft(purpose, grantee, longest, today())
    if request.method != "POST":
        return _form(request, draft)
    draft = with_whom(read_draft(request.POST, draft, purpose.of_people, longest, today()))
    if draft.faults:
        return _form(request, draft)
    try:
        made = ask(request.actor, draft.asked, now())
    except ConsentRefusedError as refused:
        return _form(request, replace(draft, faults={"grantee": str(refused)}))
    except TooOftenError as refused:
        words = f"今天请得太多了，填的都还在，请等 {wait_words(refused.wait_seconds)}再发。"
        return _form(request, replace(draft, faults={"grantee": words}), 429)
    return HttpResponseRedirect(reverse("consent:ask_made", args=[made]))


@requires("consent.withdraw_ask")
@never_cache
@require_http_methods(_METHODS)
def made_page(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """What one asked for: the address to pass on, how it stands, and taking it back."""
    demand(request.actor, "consent.withdraw_ask", {"organisation"})
    refused = ""
    if request.method == "POST":
        try:
            withdraw_ask(request.actor, str(ask_id), now())
        except ConsentRefusedError as refusal:
            refused = str(refusal)
    found = ask_made(request.actor, str(ask_id), now())
    if found is None:
        raise Http404
    link = request.build_absolute_uri(reverse("consent:asked", args=[found.id]))
    context = {"ask": found, "link": link, "refused": refused}
    return render(request, "consent/ask_made.html", context, status=409 if refused else 200)


@requires("consent.answer")
@never_cache
@require_http_methods(_METHODS)
def asked_page(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """What one is asked to agree to, in one's own name; nobody else finds it."""
    actor, found = request.actor, ask_for(request.actor, str(ask_id), now())
    if found is None:
        return render(request, "consent/not_asked.html", {}, status=404)
    try:
        ask_, _, shown = words_asked_for(actor, found.id, now())
    except ConsentRefusedError:
        return render(request, "consent/answered.html", {"ask": found})
    asker = f"{ask_.asker.name} 请您作为{ask_.relation_words}"
    return walk(
        request,
        Way(
            shown,
            (),
            lambda digest, browser, code: answer(actor, found.id, digest, browser, code, now()),
            asker,
            reverse("consent:decline", args=[found.id]),
        ),
    )


@requires("consent.answer")
@never_cache
@require_POST
def decline_page(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """Not agree."""
    if ask_for(request.actor, str(ask_id), now()) is None:
        return render(request, "consent/not_asked.html", {}, status=404)
    try:
        decline(request.actor, str(ask_id), now())
    except ConsentRefusedError:
        return HttpResponseRedirect(reverse("consent:asked", args=[ask_id]))
    return HttpResponseRedirect(reverse("consent:asked", args=[ask_id]))


def _form(request: HttpRequest, draft: Drafted, status: int = 422) -> HttpResponse:
    context = {
        "draft": draft,
        "grantee": organisation_of(draft.grantee_id),
        "choices": [(DATA_CLASSES[each], each in draft.classes) for each in draft.purpose.of_people],
        "relations": [(each, words, each == draft.relation) for each, words in RELATIONS.items()],
        "longest_days": number("consent.longest_days", today()),
    }
    return render(request, "consent/ask.html", context, status=status if draft.faults else 200)
