"""What a visitor sees of matching: the form, the results, one question, one verdict explained."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huiqi.core.rules.facts import Value
from huiqi.foundation.clock.queries import today
from huiqi.services.policy.library.queries import Library, current_library
from huiqi.services.policy.matching.domain import GROUP_WORDS, OPTIONAL, REGISTRATION
from huiqi.services.policy.matching.forms import AnswerError, Field, field_of, read_answer, texts_of
from huiqi.services.policy.matching.queries import (
    ANSWERS_COOKIE,
    Answers,
    Match,
    detail_of,
    matches_for,
    profile_of,
    read_answers,
    seal_answers,
)

KEPT_DAYS = 90


@dataclass(frozen=True, slots=True)
class GroupSection:
    """One group of the results with its words."""

    name: str
    label: str
    icon: str
    meaning: str
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was posted: values that could be read, and the questions shown again with their faults."""

    values: Mapping[str, Value | None]
    fields: tuple[Field, ...]

    @property
    def mistakes(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.error)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    library, as_of = current_library(), today()
    answers = _answers(request, library)
    asked = [fact for fact in (*REGISTRATION, *OPTIONAL) if fact in library.dictionary]
    if request.method == "POST":
        reading = _read(request.POST, asked, library, as_of)
        if not reading.mistakes:
            return _remember(redirect("matching:results"), answers.with_changes(reading.values, as_of))
        fields = reading.fields
    else:
        facts, dictionary = answers.facts, library.dictionary
        fields = tuple(field_of(dictionary[fact], texts_of(facts.get(fact))) for fact in asked)
    context = {
        "registration": [field for field in fields if field.name in REGISTRATION],
        "optional": [field for field in fields if field.name in OPTIONAL],
        "mistakes": [field for field in fields if field.error],
        "is_optional_open": any(field.error for field in fields if field.name in OPTIONAL),
        "has_answers": bool(answers.facts),
        "kept_days": KEPT_DAYS,
    }
    return render(request, "matching/form.html", context)


@never_cache
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    library, as_of = current_library(), today()
    answers = _answers(request, library)
    if answers.place is None:
        return redirect("matching:form")
    matches = matches_for(answers, library, as_of)
    sections = [
        GroupSection(group, words.label, words.icon, words.meaning, matches.groups[group])
        for group, words in GROUP_WORDS.items()
    ]
    context = {
        "profile": profile_of(answers, library),
        "sections": sections,
        "matches": matches,
        "as_of": as_of,
        "best": field_of(matches.best_question, ()) if matches.best_question else None,
    }
    return render(request, "matching/results.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, fact_id: str) -> HttpResponse:
    library, as_of = current_library(), today()
    if fact_id not in library.dictionary:
        raise Http404
    answers = _answers(request, library)
    back = _back_url(request, library)
    fact = library.dictionary[fact_id]
    field = field_of(fact, texts_of(answers.facts.get(fact_id)))
    if request.method == "POST":
        reading = _read(request.POST, [fact_id], library, as_of)
        if not reading.mistakes:
            return _remember(HttpResponseRedirect(back), answers.with_changes(reading.values, as_of))
        field = reading.fields[0]
    context = {
        "field": field,
        "back_url": back,
        "item_id": _item_id(request, library),
        "is_answered": fact_id in answers.facts,
    }
    return render(request, "matching/question.html", context)


@never_cache
@require_safe
def item(request: HttpRequest, item_id: str) -> HttpResponse:
    library, as_of = current_library(), today()
    if item_id not in library.items:
        raise Http404
    answers = _answers(request, library)
    if answers.place is None:
        return redirect("matching:form")
    detail = detail_of(item_id, answers, library, as_of)
    if detail is None:
        return redirect("library:item", item_id=item_id)
    context = {
        "detail": detail,
        "match": detail.match,
        "item": detail.item,
        "words": GROUP_WORDS[detail.match.group],
        "asks": [field_of(fact, ()) for fact in detail.asks],
        "profile": profile_of(answers, library),
        "as_of": as_of,
    }
    return render(request, "matching/item.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def clear(request: HttpRequest) -> HttpResponse:
    """Back to an empty form; who only comes by an address, without the button, clears nothing."""
    response = redirect("matching:form")
    if request.method == "POST":
        response.delete_cookie(ANSWERS_COOKIE, samesite="Lax")
    return response


def _answers(request: HttpRequest, library: Library) -> Answers:
    return read_answers(request.COOKIES.get(ANSWERS_COOKIE), library.dictionary)


def _remember(response: HttpResponse, answers: Answers) -> HttpResponse:
    """Keep the answers in the visitor's browser and nowhere else."""
    response.set_cookie(
        ANSWERS_COOKIE,
        seal_answers(answers),
        max_age=KEPT_DAYS * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=settings.ANSWERS_COOKIE_SECURE,
    )
    return response


def _read(posted: QueryDict, asked: list[str], library: Library, as_of: date) -> _Reading:
    values: dict[str, Value | None] = {}
    fields = []
    for fact_id in asked:
        fact, texts = library.dictionary[fact_id], posted.getlist(fact_id)
        error = ""
        try:
            values[fact_id] = read_answer(fact, texts, as_of)
        except AnswerError as mistake:
            error = str(mistake)
        fields.append(field_of(fact, texts, error))
    return _Reading(values, tuple(fields))


def _back_url(request: HttpRequest, library: Library) -> str:
    """Where the answer leads: to the item it was asked for, else to the results."""
    item_id = _item_id(request, library)
    return reverse("matching:item", args=[item_id]) if item_id else reverse("matching:results")


def _item_id(request: HttpRequest, library: Library) -> str:
    """The item a question was asked for, empty where it was asked for none."""
    item_id = request.GET.get("item", "")
    return item_id if item_id in library.items else ""
