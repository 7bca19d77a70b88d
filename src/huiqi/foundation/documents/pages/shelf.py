"""What somebody hands in again and again: their own shelf, or their organisation's."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huiqi.foundation.access.queries import demand, may, requires
from huiqi.foundation.audit.actions import Subject, record_look
from huiqi.foundation.clock.queries import now
from huiqi.foundation.documents.actions import remove_document
from huiqi.foundation.documents.queries import (
    document,
    documents_of,
    is_on_a_shelf,
    is_served,
    offer_upload,
    party_behind,
    relations_to,
    shelf_of,
)


@requires("documents.see")
@never_cache
@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    holder = shelf_of(request.actor)
    relations = relations_to(request.actor, holder)
    demand(request.actor, "documents.see", relations)
    subject = Subject("documents", holder.id, "材料清单")
    record_look(request, "documents.see", subject, party_behind(request.actor, holder))
    can_upload = may(request.actor, "documents.upload", relations)
    can_remove = may(request.actor, "documents.remove", relations)
    lines = [
        {"document": one, "is_served": is_served(one), "can_remove": can_remove and is_on_a_shelf(one)}
        for one in documents_of(holder)
    ]
    context = {
        "lines": lines,
        "offer": offer_upload(request.actor, holder, reverse("documents:shelf")) if can_upload else None,
        "owner": request.actor.organisation.name if request.actor.organisation else "",
        "principal": request.actor.behalf_of,
    }
    return render(request, "documents/shelf.html", context)


@requires("documents.remove")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, document_id: UUID) -> HttpResponse:
    one = document(document_id)
    if one is None or not is_on_a_shelf(one):
        raise Http404
    demand(request.actor, "documents.remove", relations_to(request.actor, one.holder))
    if request.method == "POST":
        remove_document(one.id, request.actor, now())
        return redirect("documents:shelf")
    return render(request, "documents/remove.html", {"document": one})
