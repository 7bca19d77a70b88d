"""Handing in files, from a form of any room. Works without JavaScript, and loses no other field."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from huiqi.foundation.access.queries import demand, requires
from huiqi.foundation.clock.queries import now
from huiqi.foundation.documents.actions import RefusedError, upload_document
from huiqi.foundation.documents.forms import Measure, Refusal, Spool, UploadForm, read_upload
from huiqi.foundation.documents.queries import (
    BACK_MARK,
    KeptDocument,
    Ticket,
    offer_upload,
    read_ticket,
    relations_to,
)
from huiqi.foundation.storage.actions import spend_or_refuse

_NOTHING_CAME = "没有收到文件。请先点“选择文件”，再点“上传”。选过了还这样，请把文件名改成简单的汉字或字母。"


@requires("documents.upload")
@csrf_exempt  # only so that nothing is read before it is known whose it is: the check follows right after
@never_cache
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    ticket = read_ticket(request.GET.get("ticket", ""), request.actor)
    if ticket is None:
        return render(request, "documents/stale.html", status=400)
    demand(request.actor, "documents.upload", relations_to(request.actor, ticket.holder))
    request.upload_handlers = [Measure()]  # keeps nothing, should the page of who comes too often read on
    spend_or_refuse("documents.upload", request.actor.id, settings.HUIQI_UPLOADS_AN_HOUR, 3600, now())
    spool = Spool(settings.HUIQI_UPLOAD_MOST_FILES, settings.HUIQI_UPLOAD_MOST_MB * 2**20)
    request.upload_handlers = [spool]
    try:
        return _taken(request, ticket, spool)
    finally:
        spool.close()


@csrf_protect
def _taken(request: HttpRequest, ticket: Ticket, spool: Spool) -> HttpResponse:
    form = read_upload(request, spool)
    if not form.form_key:
        return render(request, "documents/stale.html", status=400)
    documents, refused = _keep(request, ticket, form)
    if documents and not refused and not form.kept:
        return redirect(ticket.back)
    context: dict[str, Any] = {
        "documents": documents,
        "refused": refused,
        "kept": form.kept,
        "back": ticket.back,
        "mark": BACK_MARK,
        "offer": offer_upload(request.actor, ticket.holder, ticket.back),
    }
    return render(request, "documents/uploaded.html", context)


def _keep(request: HttpRequest, ticket: Ticket, form: UploadForm) -> tuple[list[KeptDocument], list[Refusal]]:
    """What is taken is kept, whatever is wrong with the others."""
    documents, refused = [], list(form.refused)
    for position, sent in enumerate(form.sent):
        try:
            documents.append(
                upload_document(sent, ticket.holder, request.actor, form.form_key, position, now())
            )
        except RefusedError as refusal:
            refused.append(Refusal(sent.name, str(refusal)))
    if not documents and not refused:
        refused.append(Refusal("", _NOTHING_CAME))
    return documents, refused
