"""What the site leaves on a visitor's device: its name and icons, the worker that keeps pages, their list."""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from huiqi.foundation.access.queries import requires
from huiqi.foundation.look.queries import home_city

FILES = ("look/site.css", "look/site.js", "look/icon.svg")
ICONS = (("any", 192), ("any", 512), ("maskable", 192), ("maskable", 512))
PRIMARY, BACKGROUND = "#1a5fd0", "#f3f6fb"


@requires("portal.see")
@cache_control(max_age=3600)
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """How the site is called and drawn once it is put on the home screen (W3C Web Application Manifest)."""
    content = {
        "id": reverse("portal:home"),
        "name": f"焦个企惠：{home_city().short}的政策和贷款",
        "short_name": "焦个企惠",
        "description": "看政策、找贷款、查自己能享受什么。",
        "lang": "zh-Hans",
        "dir": "ltr",
        "start_url": reverse("portal:home"),
        "scope": reverse("portal:home"),
        "display": "standalone",
        "theme_color": PRIMARY,
        "background_color": BACKGROUND,
        "icons": [_icon(purpose, size) for purpose, size in ICONS],
        "shortcuts": [
            {"name": "我能享受什么", "url": reverse("matching:form")},
            {"name": "查政策", "url": reverse("library:list")},
        ],
    }
    return JsonResponse(content, content_type="application/manifest+json")


def _worker_source() -> str:
    """The built worker with the addresses of this site above it; the version changes with all it keeps."""
    if not settings.HUIQI_OFFLINE:
        return _text("look/farewell.js")
    body = _text("look/worker.js")
    site = {
        "files": [static(name) for name in FILES],
        "offline": reverse("portal:offline"),
        "own": {
            "pages": [reverse("portal:home"), reverse("library:list")],
            "rooms": [reverse("matching:form"), reverse("calculator:index")],
            "account": reverse("accounts:own"),
        },
        "clear": reverse("matching:clear"),
    }
    page = get_template("portal/offline.html").template.source
    site["version"] = _hash(json.dumps(site) + body + page + home_city().code)
    return f"const SITE = {json.dumps(site)};\n{body}"


def _etag(request: HttpRequest) -> str:  # noqa: ARG001
    return f'"{_hash(_worker_source())}"'


@cache_control(no_cache=True)
@condition(etag_func=_etag)
@requires("portal.see")
@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Served from the root, since a worker cares only for what lies below its own address."""
    return HttpResponse(_worker_source(), content_type="text/javascript; charset=utf-8")


@requires("portal.see")
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/offline.html")


def _icon(purpose: str, size: int) -> dict[str, str]:
    return {
        "src": static(f"look/icons/{purpose}-{size}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }


def _text(name: str) -> str:
    return Path(str(finders.find(name))).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
