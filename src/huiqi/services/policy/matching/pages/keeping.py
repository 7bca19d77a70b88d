"""What every page of matching does with the answers: read them, take new ones, keep them, lead on."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from huiqi.core.rules.facts import Value
from huiqi.core.rules.wording import date_text
from huiqi.foundation.businesses.queries import business_of
from huiqi.foundation.clock.queries import today
from huiqi.services.policy.library.queries import Library
from huiqi.services.policy.matching.actions import remember
from huiqi.services.policy.matching.forms import AnswerError, Field, field_of, read_answer, texts_of
from huiqi.services.policy.matching.queries import (
    ANSWERS_COOKIE,
    LIST_SCREEN,
    Answers,
    answers_for,
    next_question,
    screen_of,
)

SHOWN = "was"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was posted: values that could be read, and the questions shown again with their faults."""

    values: Mapping[str, Value | None]
    fields: tuple[Field, ...]

    @property
    def mistakes(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.error)


def answers_of(request: HttpRequest, library: Library) -> Answers:
    """The answers kept in the visitor's browser, on the sheet of the business they act for."""
    return answers_for(request.actor, request.COOKIES.get(ANSWERS_COOKIE), library, today())


@dataclass(frozen=True, slots=True)
class Carried:
    """What matching stands on besides answers: ``known`` facts of the sheet of ``name``. ``unsaved`` counts
    the answers that are not on it.
    """

    name: str
    known: int
    unsaved: int


def carried_of(request: HttpRequest, answers: Answers) -> Carried | None:
    """None for who acts for no business."""
    if business_of(request.actor) is None:
        return None
    return Carried(request.actor.organisation.name, len(answers.sheet), len(answers.own))


def answered_field(fact_id: str, answers: Answers, library: Library) -> Field:
    """The question for a fact with its answer, and with who gave it where that was the register."""
    field = field_of(library.dictionary[fact_id], texts_of(answers.facts.get(fact_id)))
    seen = answers.registered
    if seen is None or fact_id not in seen.facts:
        return field
    return replace(field, told_by=f"{seen.source}（{date_text(seen.observed_on)}）")


def read_posted(posted: QueryDict, asked: Iterable[str], library: Library, as_of: date) -> Reading:
    """The answers to ``asked`` as they were typed."""
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
    return Reading(values, tuple(fields))


def shown_texts(asked: Iterable[str], answers: Answers) -> str:
    """What a form showed when it was opened, to be sent back with it."""
    shown = {fact: texts for fact in asked if (texts := texts_of(answers.facts.get(fact)))}
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))


def touched(reading: Reading, posted: QueryDict, answers: Answers) -> dict[str, Value | None]:
    """The values changed since the form was opened: one left as it was shown does not undo what was
    answered meanwhile in another tab.
    """
    try:
        shown = json.loads(posted.get(SHOWN, ""))
    except ValueError:
        shown = None
    if not isinstance(shown, dict):
        return dict(reading.values)
    return {
        fact: value
        for fact, value in reading.values.items()
        if fact not in answers.facts or _written(posted.getlist(fact)) != shown.get(fact, [])
    }


def _written(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if text.strip()]


def ask_next(answers: Answers, library: Library, as_of: date) -> HttpResponse:
    """To the next question, or to the results where there is none."""
    question = next_question(answers, library, as_of)
    address = address_of(screen_of(question)) if question else reverse("matching:results")
    return remember(HttpResponseRedirect(address), answers)


def address_of(screen: str) -> str:
    """Where a screen of the questionnaire is."""
    if screen.startswith(LIST_SCREEN):
        return reverse("matching:ticks", args=[screen.removeprefix(LIST_SCREEN)])
    return reverse("matching:question", args=[screen])
