"""The first page: the licence's four questions, a few more for who likes, and the credit code."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huiqi.foundation.access.queries import requires
from huiqi.foundation.clock.queries import today
from huiqi.services.policy.library.queries import Library, current_library
from huiqi.services.policy.matching.actions import KEPT_DAYS, remember
from huiqi.services.policy.matching.domain import OPTIONAL, REGISTRATION
from huiqi.services.policy.matching.forms import CodeField, Field
from huiqi.services.policy.matching.pages.keeping import (
    SHOWN,
    answered_field,
    answers_of,
    ask_next,
    carried_of,
    read_posted,
    shown_texts,
    touched,
)
from huiqi.services.policy.matching.queries import ANSWERS_COOKIE, Answers

UNUSED = "您填了代码，还没有查。点“查一下”，下面 4 题就不用答了。"


@requires("matching.ask")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    library = current_library()
    answers = answers_of(request, library)
    if request.method == "POST":
        return take_form(request, answers, library)
    fields = [answered_field(fact, answers, library) for fact in open_facts(answers, library)]
    return form_page(request, answers, fields, CodeField())


@requires("matching.ask")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def clear(request: HttpRequest) -> HttpResponse:
    """Back to an empty form; who only comes by an address, without the button, clears nothing."""
    response = redirect("matching:form")
    if request.method == "POST":
        response.delete_cookie(ANSWERS_COOKIE, samesite="Lax")
    return response


def asked_facts(library: Library) -> list[str]:
    """What the form asks, as far as the dictionary knows it."""
    return [fact for fact in (*REGISTRATION, *OPTIONAL) if fact in library.dictionary]


def open_facts(answers: Answers, library: Library) -> list[str]:
    """What the form still asks of whoever acts for a business: what its sheet does not say."""
    return [fact for fact in asked_facts(library) if fact not in answers.sheet]


def take_form(request: HttpRequest, answers: Answers, library: Library) -> HttpResponse:
    """Keep what was filled in and lead on, or show it again with what is to be changed."""
    as_of = today()
    reading = read_posted(request.POST, open_facts(answers, library), library, as_of)
    if reading.mistakes:
        text = request.POST.get("code", "").strip()
        return form_page(request, answers, reading.fields, CodeField(text, remark=UNUSED if text else ""))
    answers = answers.with_changes(touched(reading, request.POST, answers), as_of)
    if "results" in request.POST:
        return remember(redirect("matching:results"), answers)
    return ask_next(answers, library, as_of)


def form_page(
    request: HttpRequest, answers: Answers, fields: Sequence[Field], code: CodeField, status: int = 200
) -> HttpResponse:
    """The form with ``fields`` as they stand, whatever else has to be said about the code."""
    opened_with = request.POST.get(SHOWN)
    context = {
        "registration": [field for field in fields if field.name in REGISTRATION],
        "optional": [field for field in fields if field.name in OPTIONAL],
        "mistakes": [field for field in fields if field.error],
        "is_optional_open": any(not field.is_blank for field in fields if field.name in OPTIONAL),
        "has_answers": bool(answers.own),
        "kept_days": KEPT_DAYS,
        "carried": carried_of(request, answers),
        "code": code,
        "shown_name": SHOWN,
        "shown": shown_texts((field.name for field in fields), answers)
        if opened_with is None
        else opened_with,
    }
    return render(request, "matching/form.html", context, status=status)
