"""The form for whoever finds that an item is wrong."""

from urllib.parse import urlencode

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huiqi.foundation.access.queries import requires
from huiqi.foundation.cases.actions import Act, CaseRef
from huiqi.foundation.cases.queries import receipt_of
from huiqi.foundation.clock.queries import now, today, workday_table
from huiqi.foundation.parameters.queries import number
from huiqi.foundation.storage.actions import spend_or_refuse
from huiqi.foundation.storage.queries import visitor_of
from huiqi.services.policy.library.actions import report_mistake
from huiqi.services.policy.library.domain import LONGEST_REPORT, MISTAKES
from huiqi.services.policy.library.forms import ReportForm, new_form, read_form
from huiqi.services.policy.library.queries import LibraryItem, case_of, current_library

_SALT = "huiqi.library.report"


@requires("library.report_mistake")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mistake(request: HttpRequest, item_id: str) -> HttpResponse:
    found = current_library().items.get(item_id)
    if found is None:
        raise Http404
    form = read_form(request.POST) if request.method == "POST" else new_form()
    if request.method == "POST" and not form.faults:
        case = _case(request, form, found)
        sealed = signing.dumps([case.id, case.number], salt=_SALT)
        return redirect(f"{reverse('library:mistake', args=[item_id])}?{urlencode({'received': sealed})}")
    received = _received(request.GET.get("received", ""))
    context = {
        "item": found.item,
        "form": form,
        "kinds": MISTAKES.items(),
        "longest": LONGEST_REPORT,
        "days": number("library.contact_days", today()),
        "number": received.number if received else "",
        "follow_url": reverse("cases:follow", args=[receipt_of(received.id)]) if received else "",
    }
    return render(request, "library/mistake.html", context)


def _case(request: HttpRequest, form: ReportForm, found: LibraryItem) -> CaseRef:
    """The case of the report; a form sent twice has one already and costs nothing."""
    kept = case_of(form.form_key)
    if kept is None and (report := form.report):
        limit = number("library.reports_an_hour", today())
        spend_or_refuse("library.mistake", visitor_of(request), limit, 3600, now())
        kept = report_mistake(
            found.item.id, found.revision, report, Act(request.actor, now(), workday_table())
        )
    if kept is None:
        raise Http404
    return kept


def _received(sealed: str) -> CaseRef | None:
    """The case we gave out ourselves; nobody else can make one up."""
    try:
        return CaseRef(*signing.loads(sealed, salt=_SALT)) if sealed else None
    except (signing.BadSignature, TypeError):
        return None
