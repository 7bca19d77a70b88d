"""Giving a document to whom it is theirs to see: as a file to keep, never as a page to open."""

from urllib.parse import quote
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiqi.foundation.access.queries import demand, requires
from huiqi.foundation.accounts.actions import hold_mandate
from huiqi.foundation.audit.actions import Entry, Subject, record
from huiqi.foundation.clock.queries import now
from huiqi.foundation.documents.queries import (
    KeptDocument,
    NotServedError,
    document,
    pieces_of,
    relations_to,
)

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


@requires("documents.download")
@never_cache
@require_POST
def download(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """Each fetch is a look, and is recorded; that is why a button asks for it and not a link."""
    one = document(document_id)
    if one is None:
        raise Http404
    demand(request.actor, "documents.download", relations_to(request.actor, one.holder), str(one.state))
    moment = now()
    with transaction.atomic():
        hold_mandate(request.actor, "documents.download", moment.date())
        try:
            pieces = pieces_of(one)
        except NotServedError as refusal:
            return render(request, "documents/not_served.html", {"words": str(refusal)}, status=409)
        subject = Subject("document", one.id, one.name)
        record(Entry(moment, request.actor, "documents.download", subject))
    return attachment(one, StreamingHttpResponse(pieces, content_type=one.media_type))


def attachment(one: KeptDocument, response: StreamingHttpResponse) -> HttpResponseBase:
    """What keeps a file from being anything but a file, whoever opens it."""
    plain = f"document{one.ending}"
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(one.name)}"
    response["Content-Length"] = str(one.size)
    response["Content-Encoding"] = "identity"  # packed already: packing again would cost and gain nothing
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
