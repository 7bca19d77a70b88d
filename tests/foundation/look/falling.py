"""A site whose one page falls over."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from huiqi.foundation.access.queries import requires


@requires("portal.see")
def falls(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(request.path)


urlpatterns = [path("", falls)]
