"""谁看过我的信息: to a person and to an owner, each look at what is theirs."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiqi.foundation.audit.actions import Party, Subject, record_look
from huiqi.foundation.audit.domain import ROLE, TOGETHER
from huiqi.foundation.audit.forms import read_before
from huiqi.foundation.audit.queries import KeptEntry, changes_of, looks_at_party, verbs


@never_cache
@require_safe
def looks_at_me(request: HttpRequest) -> HttpResponse:
    """Looks at the data of the person who asks."""
    return _shown(request, Party(request.actor.id, request.actor.name), is_ours=False)


@never_cache
@require_safe
def looks_at_us(request: HttpRequest) -> HttpResponse:
    """Looks at the data of the organisation whose owner asks."""
    if request.actor.organisation is None:
        raise Http404
    return _shown(request, request.actor.organisation, is_ours=True)


def _shown(request: HttpRequest, party: Party, *, is_ours: bool) -> HttpResponse:
    before = read_before(request.GET)
    page = looks_at_party(party.id, before)
    record_look(request, "audit.see_looks", Subject("looks", party.id, "谁看过"), party)
    context = {
        "lines": [_line(each) for each in page.entries],
        "page": page,
        "is_ours": is_ours,
        "place": party.name,
        "is_first": not before,
        "own_id": request.actor.id,
        "has_organisation": request.actor.role == "owner",
    }
    return render(request, "audit/looks.html", context)


def _line(entry: KeptEntry) -> dict[str, object]:
    told = {name: value for name, _, value in changes_of(entry)}
    return {
        "entry": entry,
        "words": verbs().get(entry.verb, entry.verb),
        "role": told.get(ROLE, ""),
        "together": told.get(TOGETHER, ""),
    }
