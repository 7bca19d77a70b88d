"""我的单位 and 全部单位: who belongs where, and opening, changing and closing a place."""

from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huiqi.core.standards.divisions import Division
from huiqi.foundation.access.queries import may_open, requires
from huiqi.foundation.accounts.actions.organisations import (
    Particulars,
    change_organisation,
    close_organisation,
    open_organisation,
)
from huiqi.foundation.accounts.domain import KINDS, Organisation
from huiqi.foundation.accounts.domain.members import RefusedError
from huiqi.foundation.accounts.domain.organisations import LONGEST_ORGANISATION_NAME
from huiqi.foundation.accounts.forms.organisations import (
    Asked,
    Described,
    read_asked,
    read_decided,
    read_described,
)
from huiqi.foundation.accounts.pages.finding import organisation_for
from huiqi.foundation.accounts.queries import organisation_of
from huiqi.foundation.accounts.queries.invited import own_invitations
from huiqi.foundation.accounts.queries.organisations import (
    closing_of,
    listed_organisations,
    organisation_counts,
    possible_parents,
)
from huiqi.foundation.accounts.queries.roster import roster_of
from huiqi.foundation.audit.actions import Party, Subject, record_look
from huiqi.foundation.clock.queries import now
from huiqi.foundation.look.queries import counties, home_city

_METHODS = ["GET", "HEAD", "POST"]


@requires("accounts.see_organisation")
@never_cache
@require_safe
def own_organisation(request: HttpRequest) -> HttpResponse:
    """The organisation one acts for; who acts for none is told what to do."""
    ours = request.actor.organisation
    found = organisation_of(ours.id) if ours else None
    if found is None:
        invitations = own_invitations(request.actor.id, now())
        return render(request, "accounts/no_organisation.html", {"invitations": invitations})
    return _roster(request, found)


@requires("accounts.see_organisation")
@never_cache
@require_safe
def organisation(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    return _roster(request, organisation_for(request, organisation_id, "accounts.see_organisation"))


@requires("accounts.see_organisations")
@never_cache
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation, by name and kind, a page at a time."""
    asked = read_asked(request.GET)
    page = listed_organisations(request.actor, asked.text, asked.kind, asked.page)
    kinds = [("全部", _url(replace(asked, kind="", page=1)), not asked.kind)]
    kinds += [
        (kind.label, _url(replace(asked, kind=kind.id, page=1)), asked.kind == kind.id)
        for kind in KINDS.values()
    ]
    context = {
        "asked": asked,
        "page": page,
        "counts": organisation_counts(request.actor),
        "kinds": kinds,
        "kind_labels": {kind.id: kind.label for kind in KINDS.values()},
        "rows": [(each, KINDS[each.organisation.kind].label) for each in page.rows],
        "previous_url": _url(replace(asked, page=page.number - 1)) if page.number > 1 else "",
        "next_url": _url(replace(asked, page=page.number + 1)) if page.number < page.pages else "",
        "may_open": may_open(request.actor.role, "accounts.open_organisation"),
    }
    return render(request, "accounts/organisations.html", context)


@requires("accounts.open_organisation")
@never_cache
@require_http_methods(_METHODS)
def open_one(request: HttpRequest) -> HttpResponse:
    """First the kind, by the address; then name, place and what it stands under; then a look at it all."""
    if request.method != "POST":
        kind = request.GET.get("kind", "")
        return _describe(request, Described(kind=kind if kind in KINDS else ""))
    described = read_described(request.POST, frozenset(code for code, _ in _places()))
    if described.is_confirmed and not described.fault:
        particulars = Particulars(
            described.form_key, described.kind, described.name, described.division, described.parent_id
        )
        try:
            made = open_organisation(request.actor, particulars, now())
            return redirect("accounts:organisation_of", made)
        except RefusedError as refused:
            described = replace(described, fault=str(refused))
    return _describe(request, described)


@requires("accounts.change_organisation")
@never_cache
@require_http_methods(_METHODS)
def change(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    found = organisation_for(request, organisation_id, "accounts.change_organisation")
    described, status = Described(found.kind, found.name, found.division, found.parent_id), 200
    if request.method == "POST":
        described, status = read_described(request.POST, frozenset()), 422
        try:
            if not described.fault:
                change_organisation(request.actor, found.id, described.name, described.parent_id, now())
                return redirect("accounts:organisation_of", found.id)
        except RefusedError as refused:
            described = replace(described, fault=str(refused))
    context = {
        "organisation": found,
        "described": described,
        "parents": possible_parents(found.kind, found.id),
        "longest": LONGEST_ORGANISATION_NAME,
    }
    return render(request, "accounts/organisation_change.html", context, status=status)


@requires("accounts.close_organisation")
@never_cache
@require_http_methods(_METHODS)
def close_one(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """What closing ends stands on the page before anything is closed."""
    found = organisation_for(request, organisation_id, "accounts.close_organisation")
    decided, status = read_decided(request.POST), 200
    if request.method == "POST":
        status = 422
        try:
            if not decided.fault:
                close_organisation(request.actor, found.id, decided.reason, now())
                return redirect(f"{reverse('accounts:organisations')}?{urlencode({'q': found.name})}")
        except RefusedError as refused:
            decided = replace(decided, fault=str(refused))
    else:
        decided = replace(decided, fault="")
    context = {"organisation": found, "closing": closing_of(found.id), "decided": decided}
    return render(request, "accounts/organisation_close.html", context, status=status)


def _roster(request: HttpRequest, found: Organisation) -> HttpResponse:
    roster = roster_of(request.actor, found, now())
    subject, party = Subject("organisation", found.id, found.name), Party(found.id, found.name)
    record_look(request, "accounts.see_organisation", subject, party)
    context = {
        "roster": roster,
        "organisation": found,
        "standing_in": [line for line in roster.lines if line.deputies],
        "may_list": may_open(request.actor.role, "accounts.see_organisations"),
    }
    return render(request, "accounts/organisation.html", context)


def _describe(request: HttpRequest, described: Described) -> HttpResponse:
    is_sent = request.method == "POST"
    kind = KINDS.get(described.kind)
    parents = possible_parents(described.kind) if kind else ()
    context = {
        "described": described,
        "kind": kind,
        "kinds": KINDS.values(),
        "parents": parents,
        "parent": next((each for each in parents if each.id == described.parent_id), None),
        "places": _places(),
        "place": dict(_places()).get(described.division, ""),
        "longest": LONGEST_ORGANISATION_NAME,
        "is_preview": is_sent
        and kind is not None
        and not described.fault
        and request.POST.get("confirmed") != "back",
    }
    status = 422 if is_sent and described.fault else 200
    return render(request, "accounts/organisation_open.html", context, status=status)


def _places() -> list[tuple[str, str]]:
    """The city and its counties, by code."""
    below: tuple[Division, ...] = counties()
    return [(home_city().code, home_city().name), *((each.code, each.name) for each in below)]


def _url(asked: Asked) -> str:
    chosen = {"q": asked.text, "kind": asked.kind, "page": str(asked.page) if asked.page > 1 else ""}
    query = urlencode({name: value for name, value in chosen.items() if value})
    return reverse("accounts:organisations") + (f"?{query}" if query else "")
