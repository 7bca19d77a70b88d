"""What holds for every page: headers, error pages in plain words, compression, no dead tabs."""

import logging
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from huiqi.config.urls import urlpatterns as real_patterns
from huiqi.foundation.access.queries import requires

PAGES = (
    "/",
    "/about/",
    "/offline/",
    "/manifest.webmanifest",
    "/sw.js",
    "/healthz",
    "/matching/",
    "/matching/results/",
    "/matching/items/jz-tour-coach-2026/",
    "/matching/questions/employees/",
    "/policies/",
    "/policies/jz-tour-coach-2026/",
    "/no/such/page",
    "/static/look/site.css",
)
NO_PAGES = ("/healthz", "/manifest.webmanifest", "/sw.js", "/static/look/site.css")
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


@pytest.fixture
def owner(client: Client, library) -> Client:
    client.post("/matching/", {"region_code": "410825"})
    return client


def answered(visitor: Client, address: str, **headers: str) -> HttpResponse:
    """The answer, read to its end as a browser does, so that files are closed."""
    answer = visitor.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})
    if answer.streaming:
        b"".join(answer)
    return answer


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_carries_the_strict_headers(owner: Client, address: str) -> None:
    headers = answered(owner, address).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("address", [page for page in PAGES if page not in NO_PAGES])
def test_every_page_stands_in_the_same_frame(owner: Client, address: str) -> None:
    html = owner.get(address).content.decode()
    assert html.count("<h1") == 1
    assert '<html lang="zh-Hans">' in html
    assert 'href="#main"' in html
    assert html.count("<script") == html.count('<script src="/static/look/site.js') == 1
    assert "style=" not in html


@pytest.mark.parametrize("address", [page for page in PAGES if page.startswith(("/policies", "/matching"))])
def test_the_tab_of_the_page_is_marked_and_no_other(owner: Client, address: str) -> None:
    html = owner.get(address).content.decode()
    nav = html[html.index('class="tabs"') : html.index("</nav>")]
    assert nav.count("aria-current") == 1


def test_no_tab_is_dead(owner: Client) -> None:
    html = owner.get("/about/").content.decode()
    tabs = re.findall(r'class="tab" href="([^"]+)"', html)
    assert tabs == ["/", "/matching/results/", "/policies/", "/policies/?kind=loan_product", "/about/"]
    assert all(owner.get(tab).status_code == 200 for tab in tabs)


def test_a_browser_that_can_gets_pages_and_files_compressed(owner: Client) -> None:
    for address in ("/", "/static/look/site.css"):
        answer = answered(owner, address, accept_encoding="gzip")
        assert answer.headers["Content-Encoding"] == "gzip"


def test_a_file_may_be_kept_for_a_year_since_its_address_changes_with_it(owner: Client) -> None:
    kept = answered(owner, "/static/look/site.css").headers["Cache-Control"]
    assert "max-age=31536000" in kept
    assert "immutable" in kept


@pytest.mark.parametrize("address", [page for page in PAGES if page.startswith("/matching") or page == "/"])
def test_what_is_about_the_visitor_is_kept_by_nobody(owner: Client, address: str) -> None:
    kept = answered(owner, address).headers["Cache-Control"]
    assert "no-store" in kept
    assert "private" in kept


def test_a_form_that_claims_another_encoding_is_read_or_refused_but_breaks_nothing(db) -> None:
    visitor = Client(raise_request_exception=False, enforce_csrf_checks=True)
    kind = "application/x-www-form-urlencoded; charset=utf-16"
    page = visitor.post("/matching/", "region_code=410825", content_type=kind)
    assert page.status_code == 403
    assert "以前保存的回答都还在" in page.content.decode()


def test_an_upload_larger_than_any_form_is_not_even_read(client: Client, library) -> None:
    upload = SimpleUploadedFile("big.bin", b"0" * 300_000)
    page = client.post("/matching/", {"region_code": "410825", "file": upload})
    assert page.status_code == 400
    assert "没有丢" in page.content.decode()


@pytest.mark.parametrize("address", ["/", "/policies/", "/policies/suggest/", "/matching/"])
def test_an_address_that_asks_a_thousand_things_is_refused_in_plain_words(
    library, address: str, capfd
) -> None:
    visitor = Client(raise_request_exception=False)
    page = visitor.get(f"{address}?{'&'.join(f'q={number}' for number in range(1000))}")
    assert page.status_code == 400
    assert "没有丢" in page.content.decode()
    assert "Content-Security-Policy" in page.headers
    assert "Traceback" not in capfd.readouterr().err


def test_the_token_of_a_form_differs_each_time_so_that_compression_tells_nothing(
    library, client: Client
) -> None:
    client.post("/matching/", {"region_code": "410825"})
    pages = [client.get("/matching/results/").content.decode() for _ in range(2)]
    first, second = (re.search('csrfmiddlewaretoken" value="([^"]+)', page) for page in pages)
    assert first is not None
    assert second is not None
    assert first[1] != second[1]


def test_strangers_cannot_fill_the_log_with_stack_traces(client: Client, capfd) -> None:
    assert logging.getLogger("django.security.DisallowedHost").handlers  # or Python's last resort writes it
    client.get("/", headers={"host": "evil.example"})
    assert "evil.example" not in capfd.readouterr().err


def test_a_host_that_is_not_ours_is_refused_in_plain_words(client: Client) -> None:
    page = client.get("/", headers={"host": "evil.example"})
    assert page.status_code == 400
    assert "没有丢" in page.content.decode()


@requires("portal.see")
def broken(request):
    raise RuntimeError("a mistake of ours")


@requires("portal.see")
def forbidden(request):
    from django.core.exceptions import PermissionDenied  # noqa: PLC0415

    raise PermissionDenied


urlpatterns = [*real_patterns, path("broken/", broken), path("forbidden/", forbidden)]


@pytest.mark.parametrize(("address", "status"), [("/broken/", 500), ("/forbidden/", 403), ("/nowhere/", 404)])
def test_every_error_says_that_nothing_is_lost_and_what_to_do(
    settings, db, address: str, status: int
) -> None:
    settings.ROOT_URLCONF = __name__
    page = Client(raise_request_exception=False).get(address)
    html = page.content.decode()
    assert page.status_code == status
    assert "没有丢" in html
    assert 'href="/"' in html
    assert "RuntimeError" not in html
