"""Every request has a number, by which we find what somebody tells us of."""

import logging
from io import StringIO

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from huiqi.foundation.look.adapters import NumberedLines, RequestNumber
from huiqi.foundation.look.domain import NUMBER_ALPHABET, NUMBER_LENGTH, is_request_number
from huiqi.foundation.look.queries import request_number

OURS = "ABCDEFGH2345"  # pragma: allowlist secret


def answered(header: str) -> HttpResponse:
    def page(request: HttpRequest) -> HttpResponse:
        assert request
        return HttpResponse(request_number())

    return RequestNumber(page)(RequestFactory().get("/", headers={"x-request-id": header}))


def test_a_number_is_made_kept_for_the_request_and_sent_with_the_answer() -> None:
    numbers = {answered("")["X-Request-ID"] for _ in range(50)}
    assert len(numbers) == 50
    assert all(map(is_request_number, numbers))
    answer = answered("")
    assert answer.content.decode() == answer["X-Request-ID"]
    assert request_number() == ""


@pytest.mark.parametrize("is_behind_proxy", [False, True])
def test_nobody_else_chooses_the_number(settings: LazySettings, *, is_behind_proxy: bool) -> None:
    settings.HUIQI_BEHIND_PROXY = is_behind_proxy
    for brought in (OURS, OURS[:-1], "<script>alert"):
        assert answered(brought)["X-Request-ID"] != brought


@given(st.text(max_size=14))
def test_only_our_letters_make_a_number(text: str) -> None:
    assert is_request_number(text) == (len(text) == NUMBER_LENGTH and set(text) <= set(NUMBER_ALPHABET))


@pytest.mark.django_db
def test_every_page_of_an_error_tells_it(settings: LazySettings) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    answers = {
        404: client.get("/nothing-here/"),
        403: client.post("/accounts/sign-in/", {"phone": "1"}),
        400: client.get("/", headers={"host": "strange host"}),
    }
    settings.ROOT_URLCONF = "tests.foundation.look.falling"
    answers[500] = client.get("/")
    for status, answer in answers.items():
        assert answer.status_code == status
        assert f"编号 {answer['X-Request-ID']}，联系我们时请告诉我们" in answer.content.decode()


def test_every_line_of_the_process_log_has_it() -> None:
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(NumberedLines())
    handler.setFormatter(logging.Formatter("%(request_number)s %(message)s"))
    log = logging.Logger("trial")
    log.addHandler(handler)

    def page(request: HttpRequest) -> HttpResponse:
        log.warning("answered %s", request.path)
        return HttpResponse()

    number = RequestNumber(page)(RequestFactory().get("/"))["X-Request-ID"]
    log.warning("alone")
    assert written.getvalue() == f"{number} answered /\n- alone\n"
