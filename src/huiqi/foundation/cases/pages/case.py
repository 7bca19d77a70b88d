"""One case: its clock, its timeline, who has it, and what may be done next."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiqi.foundation.access.queries import NotAllowedError, may_open, requires
from huiqi.foundation.audit.actions import Party, Subject, record_look
from huiqi.foundation.cases.actions import CaseError, ConflictError, Visibility, advance, note, resume
from huiqi.foundation.cases.domain import LONGEST_TEXT
from huiqi.foundation.cases.forms import Written, read_written
from huiqi.foundation.cases.pages.asking import act_of
from huiqi.foundation.cases.queries import CaseFile, case_file, case_of_receipt, followed_case
from huiqi.foundation.clock.queries import today, workday_table


@requires("cases.see")
@never_cache
@require_safe
def case_page(request: HttpRequest, number: str) -> HttpResponse:
    return shown(request, file_of(request, number), Written())


@requires("cases.advance")
@never_cache
@require_POST
def advance_case(request: HttpRequest, number: str) -> HttpResponse:
    written = read_written(request.POST)
    try:
        advance(number, written.version, written.action, written.text, act_of(request))
    except CaseError as refused:
        return refused_page(request, number, written, refused)
    return redirect("cases:case", number)


@requires("cases.note")
@never_cache
@require_POST
def note_case(request: HttpRequest, number: str) -> HttpResponse:
    written = replace(read_written(request.POST), action="note")
    visibility = Visibility.INTERNAL if written.is_internal else Visibility.BOTH
    try:
        note(number, written.text, visibility, written.form_key, act_of(request))
    except CaseError as refused:
        return refused_page(request, number, written, refused)
    return redirect("cases:case", number)


@requires("cases.resume")
@never_cache
@require_POST
def resume_case(request: HttpRequest, number: str) -> HttpResponse:
    written = read_written(request.POST)
    try:
        resume(number, written.version, written.text, act_of(request))
    except CaseError as refused:
        return refused_page(request, number, written, refused)
    return redirect("cases:case", number)


@requires("cases.follow")
@never_cache
@require_safe
def follow(request: HttpRequest, receipt: str) -> HttpResponse:
    case_id = case_of_receipt(receipt)
    file = followed_case(case_id, workday_table(), today()) if case_id else None
    if file is None:
        raise Http404
    return shown(request, file, Written())


def file_of(request: HttpRequest, number: str) -> CaseFile:
    """The case as this viewer sees it, 404 where there is none. To see the case of a party is a look."""
    file = case_file(number, request.actor, workday_table(), today())
    if file is None:
        raise Http404
    if file.row.party_id:
        subject = Subject("case", file.row.number, file.row.title)
        record_look(request, "cases.see", subject, Party(file.row.party_id, file.row.party))
    return file


def refused_page(request: HttpRequest, number: str, written: Written, refused: CaseError) -> HttpResponse:
    """The case as it stands now, with why nothing was done and with everything that was written."""
    try:
        file = file_of(request, number)
    except NotAllowedError:
        if isinstance(refused, ConflictError):
            return gone_page(request, number, written, refused)
        raise
    return shown(request, file, replace(written, said=str(refused)), status_of(refused))


def gone_page(request: HttpRequest, number: str, written: Written, refused: CaseError) -> HttpResponse:
    """A colleague gave the case away meanwhile: who, when, and what was written, to be copied."""
    context = {"number": number, "text": written.text, "said": str(refused)}
    return render(request, "cases/gone.html", context, status=409)


def status_of(refused: CaseError) -> int:
    return 409 if isinstance(refused, ConflictError) else 422


def shown(request: HttpRequest, file: CaseFile, written: Written, status: int = 200) -> HttpResponse:
    """The page of a case."""
    is_note = written.action == "note"
    context = {
        "file": file,
        "row": file.row,
        "clock": file.main_clock,
        "written": written,
        "step_text": "" if is_note else written.text,
        "note_text": written.text if is_note else "",
        "longest": LONGEST_TEXT,
        "has_desk": file.is_ours and may_open(request.actor.role, "cases.see_desk"),
        "is_party": not file.is_ours and bool(file.allowed),
    }
    return render(request, "cases/case.html", context, status=status)
