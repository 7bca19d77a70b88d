"""What a visitor sees of the calculator: everything that can be worked out, and one item with its working."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huiqi.catalogue.amounts import Amount
from huiqi.catalogue.items import Item
from huiqi.core.money.outcome import Certainty, Outcome
from huiqi.core.rules.facts import Value
from huiqi.core.rules.rule import WindowState
from huiqi.foundation.access.queries import requires
from huiqi.foundation.clock.queries import today
from huiqi.services.policy.calculator.domain import PERS, deed_of, long_text, outcome_text
from huiqi.services.policy.calculator.forms import Reading, read_figures
from huiqi.services.policy.calculator.queries import (
    Offer,
    exclusions_of,
    offers_for,
    outcome_of,
    questions_of,
    told_by,
    workable_items,
)
from huiqi.services.policy.library.queries import ItemCard, Library, card_of, current_library
from huiqi.services.policy.matching.actions import remember
from huiqi.services.policy.matching.queries import (
    ANSWERS_COOKIE,
    GROUP_WORDS,
    Answers,
    Group,
    GroupWords,
    answers_for,
    detail_of,
    profile_of,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One offer with the mark of its group."""

    offer: Offer
    group: Group
    words: GroupWords


@dataclass(frozen=True, slots=True)
class Shelf:
    """Items of one kind of benefit."""

    label: str
    cards: tuple[ItemCard, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum as it stands on the page of its item: what it means, the sum, what is still to be done."""

    lead: str
    text: str
    aside: str


@requires("calculator.work_out")
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    library, as_of = current_library(), today()
    answers = _answers(request, library)
    context: dict[str, object] = {"as_of": as_of, "shelves": _shelves(library, as_of), "offers": None}
    if answers.place is not None:
        offers = offers_for(answers, library, as_of)
        context |= {
            "offers": offers,
            "totals": [total for total in offers.totals if total.count],
            "likely": _rows(offers.likely),
            "open": _rows(offers.open),
            "loans": _rows(offers.loans),
            "unsaid": _rows(offers.unsaid),
            "profile": profile_of(answers, library),
        }
    return render(request, "calculator/index.html", context)


@requires("calculator.work_out")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, item_id: str) -> HttpResponse:
    """The sum of one item. Facts are posted and join the answers; inputs of its own stand in the address."""
    library, as_of = current_library(), today()
    found = library.items.get(item_id)
    amount = found.item.benefit.amount if found else None
    if found is None or amount is None:
        raise Http404
    answers = _answers(request, library)
    asked = questions_of(amount, library)
    if request.method == "POST":
        posted = {name: request.POST.getlist(name) for name in request.POST}
        reading = read_figures(asked, posted, {}, as_of)
        if not reading.mistakes:
            return _worked_out(item_id, reading, answers, library, as_of)
    else:
        own = {each.id: request.GET.getlist(each.id) for each in amount.inputs if each.id in request.GET}
        reading = read_figures(asked, own, answers.facts, as_of)
    told = {**told_by(answers, as_of), **reading.told}
    context = {
        **_sum_context(found.item, amount, told, library),
        "fields": reading.fields,
        "mistakes": reading.mistakes,
        "is_posted": any(fact.id in library.dictionary for fact in asked),
        "card": card_of(found.item, as_of),
        "is_local": found.is_local,
        "exclusions": exclusions_of(item_id, library),
        **_standing(item_id, answers, library, as_of),
    }
    return render(request, "calculator/item.html", context)


def _worked_out(
    item_id: str, reading: Reading, answers: Answers, library: Library, as_of: date
) -> HttpResponse:
    """To the address that shows the sum: it holds the inputs, the browser keeps the facts."""
    facts = {name: value for name, value in reading.values.items() if name in library.dictionary}
    own = {name: value for name, value in reading.told.items() if name not in facts}
    address = reverse("calculator:item", args=[item_id])
    response = HttpResponseRedirect(f"{address}?{urlencode(own)}" if own else address)
    return remember(response, answers.with_changes(facts, as_of))


def _sum_context(
    item: Item, amount: Amount, told: Mapping[str, Value], library: Library
) -> dict[str, object]:
    outcome = outcome_of(item, told, library)
    return {
        "item": item,
        "amount": amount,
        "outcome": outcome,
        "figure": None if outcome is None else _figure(item, amount, outcome),
    }


def _figure(item: Item, amount: Amount, outcome: Outcome) -> Figure:
    deed = deed_of(item.benefit.type)
    lead = f"大约{deed}" if deed == "能贷" else f"{PERS[amount.per]}大约{deed}"
    match outcome.certainty:
        case Certainty.UNSAID:
            lead = "没有标准" if outcome.high_fen is None else "原文只写了上限"
            return Figure(lead, outcome_text(outcome), "来源没有写怎么算，不能替您估。")
        case Certainty.UNFILLED:
            text = "填了才知道" if outcome.high_fen is None else outcome_text(outcome)
            return Figure(lead, text, f"再填 {len(outcome.missing)} 个数就能算准。")
        case Certainty.RANGE:
            return Figure(lead, outcome_text(outcome), "原文留了余地，只能算到这个范围。")
        case Certainty.EXACT:
            return Figure(lead, long_text(outcome.low_fen, outcome.high_fen), "")


def _standing(item_id: str, answers: Answers, library: Library, as_of: date) -> dict[str, object]:
    """How the item stands for the visitor; nothing where it does not apply or is not in force."""
    detail = detail_of(item_id, answers, library, as_of)
    if detail is None or detail.match.card.window is not WindowState.OPEN:
        return {"group": "", "words": None, "is_refused": False}
    group = detail.match.group
    is_refused = group in (Group.NEAR, Group.INELIGIBLE)
    return {"group": group, "words": GROUP_WORDS[group], "is_refused": is_refused}


def _shelves(library: Library, as_of: date) -> list[Shelf]:
    """What can be worked out here now, by kind of benefit."""
    shelves: dict[str, list[ItemCard]] = {}
    for card in workable_items(library, as_of):
        shelves.setdefault(card.benefit_label, []).append(card)
    return [Shelf(label, tuple(cards)) for label, cards in shelves.items()]


def _rows(offers: Iterable[Offer]) -> list[Row]:
    return [Row(offer, offer.group, GROUP_WORDS[offer.group]) for offer in offers]


def _answers(request: HttpRequest, library: Library) -> Answers:
    return answers_for(request.actor, request.COOKIES.get(ANSWERS_COOKIE), library, today())
