"""One question or one tick-list a screen, as a step of the questionnaire or for one item."""

from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huiqi.foundation.access.queries import requires
from huiqi.foundation.clock.queries import today
from huiqi.services.policy.library.queries import Library, current_library
from huiqi.services.policy.matching.actions import remember
from huiqi.services.policy.matching.domain import GROUP_WORDS, TRADE, Group
from huiqi.services.policy.matching.forms import (
    TICKS,
    Field,
    TickField,
    finer_trade_field,
    read_ticks,
    tick_field,
)
from huiqi.services.policy.matching.pages.keeping import (
    address_of,
    answered_field,
    answers_of,
    ask_next,
    read_posted,
)
from huiqi.services.policy.matching.queries import (
    LIST_SCREEN,
    Answers,
    FinerTrades,
    finer_trades,
    tally_of,
    tick_lists,
    tick_screen,
)

UNANSWERED = "这一题还没有回答。不清楚的话，可以点下面的“不清楚，先跳过”。"
NOTHING_TICKED = "请勾选有的。一样都没有就点“都没有”，不清楚可以先跳过。"
BOTH_TICKED = "您勾了几样，又点了“都没有”。请再看一下，只留一种。"


@dataclass(frozen=True, slots=True)
class TallyMark:
    """How many items stand in one group so far."""

    name: str
    label: str
    count: int


@requires("matching.ask")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """Leads to the next question; a post asks what was skipped again."""
    library, as_of = current_library(), today()
    answers = answers_of(request, library)
    if answers.place is None:
        return redirect("matching:form")
    if request.method == "POST":
        answers = answers.asking_again()
    return ask_next(answers, library, as_of)


@requires("matching.ask")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, fact_id: str) -> HttpResponse:
    """One fact: for an item, to which the answer leads back, or as a step of the questionnaire."""
    library, as_of = current_library(), today()
    if fact_id not in library.dictionary:
        raise Http404
    answers = answers_of(request, library)
    item_id = request.GET.get("item", "")
    is_step = item_id not in library.items
    finer = _finer(fact_id, item_id if not is_step else None, answers, library)
    if elsewhere := _elsewhere(fact_id, answers, is_step=is_step, is_finer=finer is not None):
        return elsewhere
    fact = library.dictionary[fact_id]
    field = finer_trade_field(fact, finer) if finer else answered_field(fact_id, answers, library)
    if request.method == "POST" and is_step and "skip" in request.POST:
        left = answers.setting_aside(fact_id) if finer else answers.skipping([fact_id])
        return ask_next(left.after(fact_id), library, as_of)
    if request.method == "POST":
        reading = read_posted(request.POST, [fact_id], library, as_of)
        field = replace(field, error=reading.fields[0].error) if finer else reading.fields[0]
        if is_step and not field.error and reading.values[fact_id] is None:
            field = replace(field, error=UNANSWERED)
        if not field.error:
            answers = answers.with_changes(reading.values, as_of)
            if is_step:
                return ask_next(answers.after(fact_id), library, as_of)
            return remember(redirect("matching:item", item_id=item_id), answers)
    if is_step:
        return _step(request, field, fact_id, answers, library)
    context = {"field": field, "item_id": item_id, "is_answered": fact_id in answers.facts}
    return render(request, "matching/question.html", context)


def _elsewhere(fact_id: str, answers: Answers, *, is_step: bool, is_finer: bool) -> HttpResponse | None:
    """To the form while the place is not known; to the sheet for what that says, which is put right there."""
    if is_step and answers.place is None:
        return redirect("matching:form")
    if fact_id in answers.sheet and not is_finer:
        return redirect("businesses:fact", fact_id=fact_id)
    return None


def _finer(fact_id: str, item_id: str | None, answers: Answers, library: Library) -> FinerTrades | None:
    """The finer trades to choose from; None where the trade is to be put right, not to be told closer."""
    finer = finer_trades(answers, library, today()) if fact_id == TRADE else None
    return finer if finer and (item_id is None or item_id in finer.items) else None


@requires("matching.ask")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ticks(request: HttpRequest, list_id: str) -> HttpResponse:
    """Several facts with a box each, as a step of the questionnaire."""
    library, as_of = current_library(), today()
    if list_id not in tick_lists():
        raise Http404
    answers, name = answers_of(request, library), f"{LIST_SCREEN}{list_id}"
    screen = tick_screen(list_id, answers, library, as_of)
    if answers.place is None or not screen.facts:
        return redirect("matching:questions")
    field = tick_field(screen)
    if request.method == "POST":
        shown = [fact for fact in screen.ticks.ticks if fact in request.POST.getlist("shown")]
        ticked = set(request.POST.getlist(TICKS))
        if "skip" in request.POST:
            return ask_next(answers.skipping(shown).after(name), library, as_of)
        if bool(ticked) != ("none" in request.POST):
            values = read_ticks(shown, ticked, answers.facts, library.dictionary)
            unsaid = [fact for fact, value in values.items() if value is None]
            told = answers.with_changes(values, as_of).having(unsaid)
            return ask_next(told.after(name), library, as_of)
        field = tick_field(screen, BOTH_TICKED if ticked else NOTHING_TICKED)
    return _step(request, field, name, answers, library)


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
        "back_url": address_of(before) if before else reverse("matching:form"),
    }
    return render(request, "matching/step.html", context)
