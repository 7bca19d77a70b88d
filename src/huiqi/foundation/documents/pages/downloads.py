"""Giving a document to whom it is theirs to see: as a file to keep, never as a page to open."""

from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiqi.foundation.access.queries import NotAllowedError, demand, may_while_seeing, requires
from huiqi.foundation.audit.actions import Subject, record_look
from huiqi.foundation.documents.queries import (
    KeptDocument,
    NotServedError,
    document,
    party_behind,
    pieces_of,
    relations_to,
)

_FROM_ELSEWHERE = "这个链接是从别的网站打开的，所以没有下载。材料没有丢。请从本站“我的材料”里点下载。"
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


@requires("documents.download")
@never_cache
@require_safe
def download(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """Each fetch is a look and is recorded before the first byte leaves, one's own as well: a file that
    was taken is out of our hands. Another site cannot make somebody take one, nor can support while seeing
    the site as somebody.
    """
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return render(request, "documents/not_served.html", {"words": _FROM_ELSEWHERE}, status=403)
    one = document(document_id)
    if one is None:
        raise Http404
    demand(request.actor, "documents.download", relations_to(request.actor, one.holder), str(one.state))
    if request.actor.seen_by and not may_while_seeing("documents.download"):
        raise NotAllowedError("documents.download")
    try:
        pieces = pieces_of(one)
    except NotServedError as refusal:
        return render(request, "documents/not_served.html", {"words": str(refusal)}, status=409)
    subject = Subject("document", one.id, one.name)
    record_look(
        request, "documents.download", subject, party_behind(request.actor, one.holder), even_own=True
    )
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
