"""Headers that tell a browser to load nothing from elsewhere and to run nothing written into a page."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class PlainForms:
    """Reads every form as UTF-8, which is what our pages send: a sender who claims otherwise would make
    Django fail again while it shows the error page. A body larger than any form of ours is not read at
    all: Django's own limit leaves uploaded files out, and those would be written to disk first. An address
    that asks more than any form is refused here, or the error page would stumble over it again.
    ``LARGER_BODIES`` names the exact addresses that take files, each with how many bytes more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.encoding = "utf-8"
        except TooManyFieldsSent:
            request.GET = QueryDict()  # the page of the mistake has the tabs, and they look at the address
            return render(request, "400.html", status=400)
        length = request.META.get("CONTENT_LENGTH") or "0"
        larger = settings.LARGER_BODIES.get(request.path, 0)
        is_number = length.isascii() and length.isdigit()
        if not is_number or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE + larger:
            if larger:
                return render(request, "413.html", {"megabytes": larger // 2**20}, status=413)
            return render(request, "400.html", status=400)
        return self.get_response(request)


class ContentSecurityPolicy:
    """Sets both policies on every answer, error pages and files included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(
            "Content-Security-Policy", CONTENT_SECURITY_POLICY
        )  # a file has a stricter one
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        return response
