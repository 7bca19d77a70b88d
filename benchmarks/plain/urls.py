"""`/plain/<name>/` gives the bytes kept under that name in HUIQI_DATA: a template without a single tag, read
once and rendered for every request, through the server and the middleware of all other pages.
"""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.django import Template
from django.urls import path

from benchmarks.plain import FOLDER
from huiqi.config.urls import urlpatterns as real_patterns
from huiqi.foundation.access.queries import requires


@cache
def _template(name: str) -> Template:
    page = Path(settings.HUIQI_DATA, FOLDER, f"{name}.html").read_text(encoding="utf-8")
    template: Template = engines["django"].from_string(page)
    return template


@requires("portal.see")
def plain(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001
    return HttpResponse(_template(name).render())


urlpatterns = [*real_patterns, path("plain/<slug:name>/", plain)]
