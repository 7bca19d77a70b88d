"""The log as auditors read it: searched, one entry, and taken away as a file. Each is itself a look."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiqi.foundation.audit.actions import Party, Subject, record_look
from huiqi.foundation.audit.domain import Watermark, csv_text
from huiqi.foundation.audit.forms import Asked, read_asked, read_before, read_purpose
from huiqi.foundation.audit.queries import (
    KeptEntry,
    changes_of,
    entry_of,
    log_state,
    masked,
    seal_state,
    search_log,
    verbs,
)
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.look.queries import request_number

LOG = Subject("audit_log", "search", "审计记录")
MOST_EXPORTED = 2000
LARGEST_ID = 2**63 - 1


@never_cache
@require_safe
def log_page(request: HttpRequest) -> HttpResponse:
    return _searched(request, read_asked(request.GET, today()), "", 200)


@never_cache
@require_safe
def entry_page(request: HttpRequest, entry_id: int) -> HttpResponse:
    entry = entry_of(entry_id) if entry_id <= LARGEST_ID else None
    if entry is None:
        raise Http404
    party = Party(entry.party_id, entry.party_name) if entry.party_id else None
    record_look(request, "audit.see_entry", Subject("audit_entry", str(entry.id), f"第 {entry.id} 条"), party)
    context = {
        "entry": entry,
        "line": _line(entry),
        "changes": changes_of(entry),
        "seal": seal_state(entry.id),
        "reason": masked(entry.reason),
    }
    return render(request, "audit/entry.html", context)


@never_cache
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """A file of at most MOST_EXPORTED entries, with who took it, when and for what as its first line."""
    asked, purpose = read_asked(request.POST, today()), read_purpose(request.POST)
    if asked.said or not purpose:
        said = asked.said or "请写导出来做什么用。填的都还在，没有丢。"
        return _searched(request, asked, said, 422)
    found = search_log(asked.search, rows=MOST_EXPORTED)
    _look(request, asked, found.entries, "audit.export", purpose)
    actor = request.actor
    who = f"{actor.name}（{actor.organisation.name}）" if actor.organisation else actor.name
    mark = Watermark(who, now(), purpose, request_number(), is_cut=bool(found.next_before))
    response = HttpResponse(csv_text(found.entries, verbs(), mark), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="audit-{today().isoformat()}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _searched(request: HttpRequest, asked: Asked, said: str, status: int) -> HttpResponse:
    before = read_before(request.GET)
    is_shown = not asked.said
    page = search_log(asked.search, before) if is_shown else None
    if page:
        _look(request, asked, page.entries, "audit.search", "")
    chosen = {name: value for name, value in asked.texts if value}
    chosen |= {"since": asked.since.isoformat(), "until": asked.until.isoformat()}
    context = {
        "asked": asked,
        "search": asked.search,
        "said": said or asked.said,
        "page": page,
        "lines": [_line(each) for each in page.entries] if page else (),
        "verbs": sorted(verbs().items(), key=lambda each: each[1]),
        "chain": log_state(now()),
        "chosen": chosen,
        "next_url": f"?{urlencode({**chosen, 'before': page.next_before})}"
        if page and page.next_before
        else "",
        "first_url": f"?{urlencode(chosen)}" if before else "",
        "most": MOST_EXPORTED,
    }
    return render(request, "audit/log.html", context, status=status if not asked.said else 422)


def _look(request: HttpRequest, asked: Asked, found: tuple[KeptEntry, ...], verb: str, purpose: str) -> None:
    """Reading what was done to one party's data is a look at it; anything else is of nobody in particular."""
    wanted = asked.search.party_id
    party = Party(wanted, found[0].party_name if found else "") if wanted else None
    record_look(request, verb, LOG, party, reason=purpose)


def _line(entry: KeptEntry) -> dict[str, object]:
    return {
        "entry": entry,
        "done": verbs().get(entry.verb, entry.verb),
        "subject": masked(entry.subject_name or entry.subject_id),
    }
