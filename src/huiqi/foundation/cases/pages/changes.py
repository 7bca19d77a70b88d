"""Pausing, transferring and handing over: each shows who will see it before it is done."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huiqi.foundation.access.queries import NotAllowedError, requires
from huiqi.foundation.accounts.queries import colleagues, workplaces
from huiqi.foundation.cases.actions import CaseError, ConflictError, Destination, hand_over, pause, transfer
from huiqi.foundation.cases.forms import Written, read_written
from huiqi.foundation.cases.pages.asking import act_of
from huiqi.foundation.cases.pages.case import file_of, gone_page, status_of
from huiqi.foundation.cases.queries import CaseFile, open_counts

_METHODS = ["GET", "HEAD", "POST"]


@requires("cases.pause")
@never_cache
@require_http_methods(_METHODS)
def pause_case(request: HttpRequest, number: str) -> HttpResponse:
    written = _read(request, "请写明在等什么。对方会看到这句话。")
    refused = None
    if written.is_confirmed and not written.said:
        refused = _tried(lambda: pause(number, written.version, written.text, act_of(request)))
        if refused is None:
            return redirect("cases:case", number)
    file = _still_mine(request, number, "pause", refused)
    if file is None:
        return gone_page(request, number, written, refused)
    shown = _shown(written, file, refused)
    context = {"file": file, "row": file.row, "written": shown, "is_preview": _is_preview(request, shown)}
    return render(request, "cases/pause.html", context, status=_status(shown, refused))


@requires("cases.transfer")
@never_cache
@require_http_methods(_METHODS)
def transfer_case(request: HttpRequest, number: str) -> HttpResponse:
    written = _read(request, "请写一句为什么转交，接手的人要知道。")
    if request.method == "POST" and not written.organisation_id:
        written = replace(written, said="请选转交给谁。写的都还在。")
    refused = None
    if written.is_confirmed and not written.said:
        to = Destination(written.organisation_id, written.member_id)
        refused = _tried(lambda: transfer(number, written.version, to, written.text, act_of(request)))
        if refused is None:
            return redirect(f"{reverse('cases:desk')}?{urlencode({'done': number})}")
    file = _still_mine(request, number, "transfer", refused)
    if file is None:
        return gone_page(request, number, written, refused)
    shown = _shown(written, file, refused)
    context = {**_choices(file, shown), "is_preview": _is_preview(request, shown)}
    return render(request, "cases/transfer.html", context, status=_status(shown, refused))


@requires("cases.hand_over")
@never_cache
@require_http_methods(_METHODS)
def hand_over_cases(request: HttpRequest) -> HttpResponse:
    ours = request.actor.organisation
    counts = open_counts(ours.id)
    leaver, status, written = request.POST.get("from", ""), 200, Written()
    if request.method == "POST":
        written = _checked(read_written(request.POST), "请写一句为什么移交，接手的人要知道。")
        if leaver not in counts:
            written = replace(written, said="请选一位手上有在办件的人。")
        if written.is_confirmed and not written.said:
            try:
                moved = hand_over(leaver, written.member_id, written.text, act_of(request))
                return redirect(f"{reverse('cases:desk')}?{urlencode({'scope': 'ours', 'handed': moved})}")
            except CaseError as refused:
                written, status = replace(written, said=str(refused)), status_of(refused)
        elif written.said:
            status = 422
    known = colleagues(ours.id, frozenset(counts))
    names = {each.id: each.name for each in known}
    context = {
        "place": ours,
        "written": written,
        "leaver": leaver,
        "count": counts.get(leaver, 0),
        "leavers": [(each, counts[each.id]) for each in known if each.id in counts],
        "colleagues": colleagues(ours.id),
        "leaver_name": names.get(leaver, ""),
        "heir_name": names.get(written.member_id, "待接手"),
        "is_preview": _is_preview(request, written),
    }
    return render(request, "cases/hand_over.html", context, status=status)


def _still_mine(request: HttpRequest, number: str, verb: str, refused: CaseError | None) -> CaseFile | None:
    """The case, where the viewer may do ``verb`` to it; None where a colleague gave it away meanwhile."""
    try:
        file = file_of(request, number)
    except NotAllowedError:
        file = None
    if file is not None and verb in file.allowed:
        return file
    if isinstance(refused, ConflictError):
        return None
    raise NotAllowedError(f"cases.{verb}")


def _choices(file: CaseFile, written: Written) -> dict[str, object]:
    """To whom a case can go, and what was chosen."""
    places, staff = workplaces(), colleagues(file.row.organisation_id)
    return {
        "file": file,
        "row": file.row,
        "written": written,
        "colleagues": staff,
        "places": [each for each in places if each.id != file.row.organisation_id],
        "is_outward": written.organisation_id not in ("", file.row.organisation_id),
        "target": _target(written, {each.id: each.name for each in (*places, *staff)}),
    }


def _read(request: HttpRequest, wanted: str) -> Written:
    """What was sent, with what is missing; an empty form where nothing was."""
    return _checked(read_written(request.POST), wanted) if request.method == "POST" else Written()


def _tried(attempt: Callable[[], None]) -> CaseError | None:
    """None where it was done, otherwise why it was not."""
    try:
        attempt()
    except CaseError as refused:
        return refused
    return None


def _checked(written: Written, wanted: str) -> Written:
    return written if written.text else replace(written, said=f"{wanted}别的都还在，没有丢。")


def _shown(written: Written, file: CaseFile, refused: CaseError | None) -> Written:
    """The form as it goes on: a new one, and one whose case was changed by another, from now on."""
    if refused is None:
        return written if written.version else replace(written, version=file.row.version)
    version = file.row.version if isinstance(refused, ConflictError) else written.version
    return replace(written, said=str(refused), version=version, is_confirmed=False)


def _status(shown: Written, refused: CaseError | None) -> int:
    if refused is not None:
        return status_of(refused)
    return 422 if shown.said else 200


def _is_preview(request: HttpRequest, written: Written) -> bool:
    is_back = request.POST.get("confirmed") == "back"
    return request.method == "POST" and not written.said and not is_back


def _target(written: Written, names: dict[str, str]) -> str:
    place = names.get(written.organisation_id, "")
    member = names.get(written.member_id, "")
    return f"{place}的{member}" if member else f"{place}（待接手）"
