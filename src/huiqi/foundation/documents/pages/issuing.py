"""What an office issues with a number and a check code: written, looked at, issued, revoked."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huiqi.foundation.access.queries import demand, may, requires
from huiqi.foundation.clock.queries import now
from huiqi.foundation.documents.actions import (
    NoChineseFontError,
    NoGlyphError,
    NotInForceError,
    NumberTakenError,
    Order,
    PrintContent,
    RefusedError,
    issue_pdf,
    revoke_pdf,
)
from huiqi.foundation.documents.domain import TEMPLATES
from huiqi.foundation.documents.forms import WrittenPdf, pdf_fault, read_pdf, read_reason
from huiqi.foundation.documents.queries import issued_by, issued_pdf, shelf_of

OURS = frozenset({"organisation"})
NO_FONT = "本站没有装中文字体，印不出来。请告诉系统管理员。"
_METHODS = ["GET", "HEAD", "POST"]


@requires("documents.see_issued")
@never_cache
@require_safe
def issued_list(request: HttpRequest) -> HttpResponse:
    demand(request.actor, "documents.see_issued", OURS)
    text = request.GET.get("page", "")
    is_number = text.isascii() and text.isdigit() and len(text) < 7
    page, address = issued_by(request.actor, int(text) if is_number else 1), reverse("documents:issued")
    context = {
        "page": page,
        "place": request.actor.organisation.name if request.actor.organisation else "",
        "may_issue": may(request.actor, "documents.issue_pdf", OURS),
        "may_revoke": may(request.actor, "documents.revoke_pdf", OURS),
        "previous_url": f"{address}?page={page.number - 1}" if page.number > 1 else "",
        "next_url": f"{address}?page={page.number + 1}" if page.number < page.pages else "",
    }
    return render(request, "documents/issued_list.html", context)


@requires("documents.issue_pdf")
@never_cache
@require_http_methods(_METHODS)
def issue(request: HttpRequest) -> HttpResponse:
    """Write, look at it, issue. The same form sent again issues nothing more: one number, one file."""
    demand(request.actor, "documents.issue_pdf", OURS)
    written, said, status = read_pdf(request.POST), "", 200
    if request.method == "POST" and written.answer != "back":
        said = pdf_fault(written) or _said_of_content(written)
        if not said and written.answer != "yes":
            return _page(request, written, "documents/issue_preview.html")
        said = said or _refusal(request, written)
        if not said:
            return redirect("documents:issued")
        status = 422
    return _page(request, written, "documents/issue.html", said, status)


@requires("documents.revoke_pdf")
@never_cache
@require_http_methods(_METHODS)
def revoke(request: HttpRequest, issued_id: UUID) -> HttpResponse:
    """Say why; whoever verifies it from then on reads it."""
    found = issued_pdf(issued_id)
    if found is None:
        raise Http404
    ours = request.actor.organisation.id if request.actor.organisation else ""
    demand(request.actor, "documents.revoke_pdf", OURS if ours == found.issuer_id else frozenset())
    said, status = "", 200
    if request.method == "POST":
        try:
            revoke_pdf(found.number, read_reason(request.POST), request.actor, now())
            return redirect("documents:issued")
        except NotInForceError as refused:
            said, status = f"{refused}什么也没有改。", 409
        except RefusedError as refused:
            said, status = str(refused), 422
    context = {"found": found, "said": said}
    return render(request, "documents/revoke.html", context, status=status)


def _page(
    request: HttpRequest, written: WrittenPdf, template: str, said: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "written": written,
        "templates": TEMPLATES.items(),
        "template_label": TEMPLATES.get(written.template, ""),
        "place": request.actor.organisation.name if request.actor.organisation else "",
        "said": said,
    }
    return render(request, template, context, status=status)


def _content(written: WrittenPdf) -> PrintContent:
    return PrintContent(written.title, written.recipient, written.paragraphs)


def _said_of_content(written: WrittenPdf) -> str:
    try:
        _content(written)
    except RefusedError as refused:
        return str(refused)
    return ""


def _refusal(request: HttpRequest, written: WrittenPdf) -> str:
    """Issue it; why not in words, empty where it was. It lies on the office's own shelf."""
    address = request.build_absolute_uri(reverse("documents:verify"))
    holder = shelf_of(request.actor)
    order = Order(written.template, _content(written), written.number, holder, address)
    try:
        issue_pdf(order, request.actor, now())
    except (NumberTakenError, RefusedError) as refused:
        return str(refused)
    except NoGlyphError:
        return "有的字在本站的字体里没有，印出来会缺字。请换一个写法。"
    except NoChineseFontError:
        return NO_FONT
    return ""
