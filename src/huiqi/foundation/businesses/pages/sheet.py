"""The fact sheet on a phone: groups, one fact with its history, and what its owner says of it."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huiqi.foundation.access.queries import NotAllowedError, may, requires
from huiqi.foundation.audit.actions import Party, Subject, record_look
from huiqi.foundation.businesses.actions import BusinessError, Objection, declare, dispute, erase_declared
from huiqi.foundation.businesses.domain.correcting import LONGEST_STATEMENT
from huiqi.foundation.businesses.forms import StatementForm, new_key, read_day, read_statement
from huiqi.foundation.businesses.queries import (
    AnswerError,
    Field,
    Purpose,
    Sheet,
    SheetFact,
    SourceKind,
    codes_of,
    dictionary,
    disputes_of,
    field_of,
    groups_of,
    line_of,
    read_answer,
    sheet_for,
    texts_of,
)
from huiqi.foundation.cases.actions import Act
from huiqi.foundation.clock.queries import now, today, workday_table
from huiqi.foundation.parameters.queries import number

_METHODS = ["GET", "HEAD", "POST"]
_DONE = {
    "saved": "存好了。以后匹配政策都用它。",
    "same": "和原来填的一样，没有改动。",
    "erased": "您自己填的内容已经删掉，谁也看不到了。",
}


@requires("businesses.see")
@never_cache
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    party, as_of = _party(request), read_day(request.GET, today())
    found = _sheet(request, party)
    groups = groups_of(found)
    context = {
        "name": party.name,
        "code": codes_of(frozenset({party.id})).get(party.id, ""),
        "groups": groups,
        "known": sum(len(each.known) for each in groups),
        "contested": [line for group in groups for line in group.known if line.is_contested],
        "as_of": as_of,
        "is_past": as_of < today(),
        "is_whole": found.is_whole,
        "may_change": found.is_whole and as_of == today(),
        "may_code": may(request.actor, "businesses.change_code", {"organisation"}) and found.is_whole,
        "may_erase": may(request.actor, "businesses.erase", {"organisation"}) and found.is_whole,
        "done": _DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "businesses/sheet.html", context)


@requires("businesses.see")
@never_cache
@require_safe
def fact(request: HttpRequest, fact_id: str) -> HttpResponse:
    party = _party(request)
    found = _sheet(request, party)
    if fact_id not in found.facts and fact_id in dictionary():
        return redirect("businesses:sheet")  # a protected fact, to support who only looks
    line = line_of(_line(found, fact_id))
    context = {
        "line": line,
        "disputes": disputes_of(found, fact_id),
        "is_whole": found.is_whole,
        "as_of": found.as_of,
        "may_change": found.is_whole and found.as_of == today(),
        "may_erase": may(request.actor, "businesses.erase", {"organisation"})
        and found.is_whole
        and line.is_declared_ever,
        "done": _DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "businesses/fact.html", context)


@requires("businesses.declare")
@never_cache
@require_http_methods(_METHODS)
def change(request: HttpRequest, fact_id: str) -> HttpResponse:
    """Say it oneself: what no department says now, or beside what one says."""
    line = _own_line(request, fact_id)
    if line is None:
        return redirect("businesses:sheet")
    if request.method != "POST":
        return _change_form(request, line, field_of(line.fact, texts_of(line.value)))
    texts = request.POST.getlist(fact_id)
    try:
        value = read_answer(line.fact, texts, today())
    except AnswerError as mistake:
        return _change_form(request, line, field_of(line.fact, texts, str(mistake)), 422)
    told = declare(request.actor, {fact_id: value}, now())
    return redirect(_address(fact_id, "saved" if told else "same"))


@requires("businesses.dispute")
@never_cache
@require_http_methods(_METHODS)
def correct(request: HttpRequest, fact_id: str) -> HttpResponse:
    """Ask the department to look again at what it says."""
    line = _own_line(request, fact_id)
    if line is None:
        return redirect("businesses:sheet")
    if request.method != "POST":
        return _correct_form(request, line, StatementForm(new_key()), field_of(line.fact, ()))
    form, texts = read_statement(request.POST), request.POST.getlist(fact_id)
    try:
        value = read_answer(line.fact, texts, today()) if any(text.strip() for text in texts) else None
    except AnswerError as mistake:
        return _correct_form(request, line, form, field_of(line.fact, texts, str(mistake)), 422)
    try:
        objection = Objection(form.form_key, fact_id, form.statement, value)
        case = dispute(objection, Act(request.actor, now(), workday_table()))
    except BusinessError as refused:
        form = replace(form, form_key=form.form_key or new_key(), said=str(refused))
        return _correct_form(request, line, form, field_of(line.fact, texts), 422)
    return redirect("cases:case", number=case.number)


@requires("businesses.erase")
@never_cache
@require_http_methods(_METHODS)
def erase(request: HttpRequest, fact_id: str = "") -> HttpResponse:
    """Erase what one said oneself of a fact, or of everything."""
    line = _own_line(request, fact_id) if fact_id else None
    if request.method != "POST":
        context = {"line": line_of(line) if line else None}
        return render(request, "businesses/erase.html", context)
    try:
        erase_declared(request.actor, [fact_id] if fact_id else None, now())
    except BusinessError as refused:
        context = {"line": line_of(line) if line else None, "said": str(refused)}
        return render(request, "businesses/erase.html", context, status=409)
    return redirect(_address(fact_id, "erased"))


def _party(request: HttpRequest) -> Party:
    """The business somebody acts for, or is seen acting for."""
    actor = request.actor
    if actor.organisation is None or actor.behalf_of is not None:
        raise NotAllowedError("businesses.see")
    found: Party = actor.organisation
    return found


def _sheet(request: HttpRequest, party: Party) -> Sheet:
    record_look(request, "businesses.see", Subject("business", party.id, party.name), party)
    return sheet_for(request.actor, party.id, read_day(request.GET, today()), Purpose.OWN_USE)


def _line(found: Sheet, fact_id: str) -> SheetFact:
    if fact_id not in found.facts:
        raise Http404
    return found.facts[fact_id]


def _own_line(request: HttpRequest, fact_id: str) -> SheetFact | None:
    """A fact as it stands today, for its own people; None for support, who only looks and changes nothing."""
    found = sheet_for(request.actor, _party(request).id, today(), Purpose.OWN_USE)
    return _line(found, fact_id) if found.is_whole else None


def _change_form(request: HttpRequest, line: SheetFact, field: Field, status: int = 200) -> HttpResponse:
    is_told = line.said is not None and line.said.source_kind is SourceKind.DEPARTMENT
    context = {"line": line_of(line), "field": field, "is_told": is_told}
    return render(request, "businesses/change.html", context, status=status)


def _correct_form(
    request: HttpRequest, line: SheetFact, form: StatementForm, field: Field, status: int = 200
) -> HttpResponse:
    context = {
        "line": line_of(line),
        "form": form,
        "field": field,
        "longest": LONGEST_STATEMENT,
        "days": number("businesses.correction_days", today()),
        "is_told": line.said is not None and line.said.source_kind is SourceKind.DEPARTMENT,
    }
    return render(request, "businesses/correct.html", context, status=status)


def _address(fact_id: str, done: str) -> str:
    page = reverse("businesses:fact", args=[fact_id]) if fact_id else reverse("businesses:sheet")
    return f"{page}?done={done}"
