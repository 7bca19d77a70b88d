"""Whether a PDF somebody holds is genuine: by its number, its check code and, if wanted, its bytes."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from huiqi.foundation.access.queries import requires
from huiqi.foundation.clock.queries import now
from huiqi.foundation.documents.forms import Measure
from huiqi.foundation.documents.queries import verify_issued
from huiqi.foundation.storage.actions import spend_or_refuse
from huiqi.foundation.storage.queries import visitor_of

LONGEST = 80


@requires("documents.verify")
@csrf_exempt  # only so that nothing is read before it is counted: the check follows right after
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """A code that was scanned only fills in the form: looking up is counted, and counting writes."""
    if request.method != "POST":
        context = {
            "number": request.GET.get("number", "")[:LONGEST],
            "code": request.GET.get("code", "")[:LONGEST],
            "is_asked": False,
            "found": None,
            "megabytes": settings.HUIQI_UPLOAD_MOST_MB,
        }
        return render(request, "documents/verify.html", context)
    measure = Measure()
    request.upload_handlers = [measure]
    limit = settings.HUIQI_VERIFICATIONS_AN_HOUR
    spend_or_refuse("documents.verify", visitor_of(request), limit, 3600, now())
    return _verified(request, measure)


@csrf_protect
def _verified(request: HttpRequest, measure: Measure) -> HttpResponse:
    number, code = request.POST.get("number", "")[:LONGEST], request.POST.get("code", "")[:LONGEST]
    found = verify_issued(number, code)
    context = {
        "number": number,
        "code": code,
        "is_asked": True,
        "found": found,
        "has_file": bool(measure.sha256),
        "megabytes": settings.HUIQI_UPLOAD_MOST_MB,
        "is_same": found is not None and measure.sha256 == found.sha256,
    }
    return render(request, "documents/verify.html", context)
