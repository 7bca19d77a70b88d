"""Whoever's turn to write does not come in time is told so on a page, with the form at hand."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from huiqi.config.urls import urlpatterns as real_patterns
from huiqi.foundation.access.queries import requires
from huiqi.foundation.storage.sqlite.turn import NoTurnError


@requires("portal.see")
def busy(request: HttpRequest) -> HttpResponse:
    raise NoTurnError("等了 20 秒还没有轮到")


urlpatterns = [path("busy/", busy), *real_patterns]


@pytest.mark.urls(__name__)
def test_a_form_that_could_not_be_saved_comes_back_whole_with_one_button() -> None:
    page = Client().post("/busy/", {"word": ["焦作<b>", "𬱖"], "empty": ""})
    text = page.content.decode()
    assert (page.status_code, page["Retry-After"], page["Cache-Control"]) == (503, "10", "no-store, private")
    assert "刚才这一次没有保存。您填的都还在，没有丢。请过 10 秒再试。" in text
    assert 'name="word" value="焦作&lt;b&gt;"' in text
    assert 'name="word" value="𬱖"' in text
    assert 'name="empty" value=""' in text


@pytest.mark.urls(__name__)
def test_a_page_that_only_reads_offers_itself_again() -> None:
    page = Client().get("/busy/?q=1")
    assert page.status_code == 503
    assert 'href="/busy/?q=1"' in page.content.decode()
