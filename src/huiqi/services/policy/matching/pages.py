"""What a visitor sees of matching: the form, the results, one question, one verdict explained."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huiqi.core.rules.facts import Value
from huiqi.foundation.clock.queries import today
from huiqi.services.policy.library.queries import Library, current_library
from huiqi.services.policy.matching.actions import KEPT_DAYS, remember
from huiqi.services.policy.matching.domain import (
    GROUP_WORDS,
    OPTIONAL,
    REGISTRATION,
    Group,
)
from huiqi.services.policy.matching.forms import (
    TICKS,
    AnswerError,
    Field,
    TickField,
    field_of,
    read_answer,
    read_ticks,
    texts_of,
    tick_field,
)
from huiqi.services.policy.matching.queries import (
    ANSWERS_COOKIE,
    LIST_SCREEN,
    Answers,
    Match,
    detail_of,
    matches_for,
    next_question,
    profile_of,
    question_text,
    read_answers,
    screen_of,
    tally_of,
    tick_lists,
    tick_screen,
)

UNANSWERED = "这一题还没有回答。不清楚的话，可以点下面的“不清楚，先跳过”。"
NOTHING_TICKED = "请勾选有的。一样都没有就点“都没有”，不清楚可以先跳过。"
BOTH_TICKED = "您勾了几样，又点了“都没有”。请再看一下，只留一种。"


@dataclass(frozen=True, slots=True)
class GroupSection:
    """One group of the results with its words."""

    name: str
    label: str
    icon: str
    meaning: str
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class TallyMark:
    """How many items stand in one group so far."""

    name: str
    label: str
    count: int


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
            answers = answers.with_changes(reading.values, as_of)
            if "results" in request.POST:
                return remember(redirect("matching:results"), answers)
            return _ask_next(answers, library, as_of)
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
        "next_text": question_text(next_question(answers, library, as_of), library),
        "skipped": len(answers.asked.skipped),
    }
    return render(request, "matching/results.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """Leads to the next question; a post asks what was skipped again."""
    library, as_of = current_library(), today()
    answers = _answers(request, library)
    if answers.place is None:
        return redirect("matching:form")
    if request.method == "POST":
        answers = answers.asking_again()
    return _ask_next(answers, library, as_of)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, fact_id: str) -> HttpResponse:
    """One fact: for an item, to which the answer leads back, or as a step of the questionnaire."""
    library, as_of = current_library(), today()
    if fact_id not in library.dictionary:
        raise Http404
    answers = _answers(request, library)
    item_id = request.GET.get("item", "")
    is_step = item_id not in library.items
    if is_step and answers.place is None:
        return redirect("matching:form")
    field = field_of(library.dictionary[fact_id], texts_of(answers.facts.get(fact_id)))
    if request.method == "POST" and is_step and "skip" in request.POST:
        return _ask_next(answers.skipping([fact_id]).after(fact_id), library, as_of)
    if request.method == "POST":
        reading = _read(request.POST, [fact_id], library, as_of)
        field = reading.fields[0]
        if is_step and not field.error and reading.values[fact_id] is None:
            field = replace(field, error=UNANSWERED)
        if not field.error:
            answers = answers.with_changes(reading.values, as_of)
            if is_step:
                return _ask_next(answers.after(fact_id), library, as_of)
            return remember(redirect("matching:item", item_id=item_id), answers)
    if is_step:
        return _step(request, field, fact_id, answers, library)
    context = {"field": field, "item_id": item_id, "is_answered": fact_id in answers.facts}
    return render(request, "matching/question.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ticks(request: HttpRequest, list_id: str) -> HttpResponse:
    """Several facts with a box each, as a step of the questionnaire."""
    library, as_of = current_library(), today()
    if list_id not in tick_lists():
        raise Http404
    answers, name = _answers(request, library), f"{LIST_SCREEN}{list_id}"
    screen = tick_screen(list_id, answers, library, as_of)
    if answers.place is None or not screen.facts:
        return redirect("matching:questions")
    field = tick_field(screen)
    if request.method == "POST":
        shown = [fact for fact in screen.ticks.ticks if fact in request.POST.getlist("shown")]
        ticked = set(request.POST.getlist(TICKS))
        if "skip" in request.POST:
            return _ask_next(answers.skipping(shown).after(name), library, as_of)
        if bool(ticked) != ("none" in request.POST):
            values = read_ticks(shown, ticked, answers.facts, library.dictionary)
            unsaid = [fact for fact, value in values.items() if value is None]
            told = answers.with_changes(values, as_of).having(unsaid)
            return _ask_next(told.after(name), library, as_of)
        field = tick_field(screen, BOTH_TICKED if ticked else NOTHING_TICKED)
    return _step(request, field, name, answers, library)


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


def _ask_next(answers: Answers, library: Library, as_of: date) -> HttpResponse:
    """To the next question, or to the results where there is none."""
    question = next_question(answers, library, as_of)
    address = _address(screen_of(question)) if question else reverse("matching:results")
    return remember(HttpResponseRedirect(address), answers)


def _address(screen: str) -> str:
    if screen.startswith(LIST_SCREEN):
        return reverse("matching:ticks", args=[screen.removeprefix(LIST_SCREEN)])
    return reverse("matching:question", args=[screen])


def _step(
    request: HttpRequest, field: Field | TickField, screen: str, answers: Answers, library: Library
) -> HttpResponse:
    """One question a screen, with what is known so far above it."""
    counts = tally_of(answers, library, today())
    before = answers.before(screen)
    total = sum(counts.values())
    context = {
        "field": field,
        "is_list": isinstance(field, TickField),
        "number": answers.trail.index(screen) + 1 if screen in answers.trail else len(answers.trail) + 1,
        "tally": [TallyMark(group, words.label, counts[group]) for group, words in GROUP_WORDS.items()],
        "settled": total - counts[Group.UNKNOWN],
        "total": total,
        "back_url": _address(before) if before else reverse("matching:form"),
    }
    return render(request, "matching/step.html", context)
