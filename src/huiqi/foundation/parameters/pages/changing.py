"""Proposing a change, with a look at it before it is sent, and deciding on one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huiqi.foundation.access.queries import requires
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.parameters import actions
from huiqi.foundation.parameters.actions import Change, ParameterRefusedError
from huiqi.foundation.parameters.domain import (
    LONGEST_AHEAD,
    LONGEST_DOCUMENT,
    LONGEST_REASON,
    LONGEST_VALUE,
    Kind,
    Parameter,
    ValueFaultError,
    how_to_write,
    kept_text,
    read_value,
    typed_text,
    value_words,
)
from huiqi.foundation.parameters.forms import Written, read_written
from huiqi.foundation.parameters.pages.showing import history_or_404, shown
from huiqi.foundation.parameters.queries import named, timeline, words_of_calling_off, words_of_change

_METHODS = ["GET", "HEAD", "POST"]


@requires("parameters.propose")
@never_cache
@require_http_methods(_METHODS)
def propose(request: HttpRequest, key: str) -> HttpResponse:
    history = history_or_404(request, key)
    parameter = named(key)
    if request.method != "POST":
        if not history.may_propose:
            return shown(request, history)
        start = typed_text(parameter, timeline(parameter).value(today()))
        written = Written(value=start, from_on=str(today() + timedelta(days=1)))
        return _form(request, parameter, written)
    written = read_written(request.POST)
    try:
        change = Change(read_value(parameter, written.value), written.day, written.reason, written.document)
        if written.is_confirmed:
            actions.propose(request.actor, key, change, now())
            return redirect(_address(key, "proposed"))
        checked = actions.check_change(parameter, change, today())
    except (ParameterRefusedError, ValueFaultError) as refused:
        return _form(request, parameter, replace(written, said=str(refused)), status=422)
    if "back" in request.POST:
        return _form(request, parameter, written)
    return _preview(request, parameter, checked)


@requires("parameters.call_off")
@never_cache
@require_http_methods(_METHODS)
def call_off(request: HttpRequest, key: str, version: int) -> HttpResponse:
    history, written = history_or_404(request, key), read_written(request.POST)
    if written.is_confirmed:
        try:
            actions.call_off(request.actor, key, version, written.reason, now())
            return redirect(_address(key, "proposed"))
        except ParameterRefusedError as refused:
            written = replace(written, said=str(refused))
    step = next((each for each in history.steps if each.version == version), None)
    if step is None or not history.may_call_off:
        return shown(request, history, said=written.said, status=409 if written.said else 200)
    context = {
        "line": history.line,
        "words": words_of_calling_off(named(key), version),
        "written": written,
        "longest": LONGEST_REASON,
    }
    return render(request, "parameters/call_off.html", context, status=422 if written.said else 200)


@requires("parameters.approve")
@never_cache
@require_POST
def approve(request: HttpRequest, key: str, proposal: UUID) -> HttpResponse:
    return _decided(request, key, "approved", lambda: actions.approve(request.actor, str(proposal), now()))


@requires("parameters.refuse")
@never_cache
@require_POST
def refuse(request: HttpRequest, key: str, proposal: UUID) -> HttpResponse:
    reason = read_written(request.POST).reason
    return _decided(
        request, key, "refused", lambda: actions.refuse(request.actor, str(proposal), reason, now()), reason
    )


@requires("parameters.withdraw")
@never_cache
@require_POST
def withdraw(request: HttpRequest, key: str, proposal: UUID) -> HttpResponse:
    return _decided(request, key, "withdrawn", lambda: actions.withdraw(request.actor, str(proposal), now()))


def _decided(
    request: HttpRequest, key: str, done: str, attempt: Callable[[], None], reason: str = ""
) -> HttpResponse:
    """Back to the number where it was done; otherwise the number as it stands now, with why it was not."""
    history_or_404(request, key)
    try:
        attempt()
    except ParameterRefusedError as refused:
        return shown(request, history_or_404(request, key), str(refused), reason, status=409)
    return redirect(_address(key, done))


def _form(request: HttpRequest, parameter: Parameter, written: Written, status: int = 200) -> HttpResponse:
    choices = {"yes": "是", "no": "否"} if parameter.kind is Kind.YES_NO else parameter.choices
    context = {
        "parameter": parameter,
        "current": value_words(parameter, timeline(parameter).value(today())),
        "how": "" if choices or parameter.kind is Kind.TEXT else how_to_write(parameter),
        "span": _span(parameter),
        "choices": choices.items(),
        "earliest": str(today() + timedelta(days=1)),
        "latest": str(today() + LONGEST_AHEAD),
        "longest": {"value": LONGEST_VALUE, "reason": LONGEST_REASON, "document": LONGEST_DOCUMENT},
        "written": written,
    }
    return render(request, "parameters/propose.html", context, status=status)


def _preview(request: HttpRequest, parameter: Parameter, change: Change) -> HttpResponse:
    words, later = words_of_change(parameter, kept_text(change.value), change.from_on)
    fields = {
        "value": typed_text(parameter, change.value),
        "from_on": str(change.from_on),
        "reason": change.reason,
        "document": change.document,
    }
    context = {
        "parameter": parameter,
        "change": change,
        "words": words,
        "later": later,
        "fields": fields.items(),
    }
    return render(request, "parameters/preview.html", context)


def _span(parameter: Parameter) -> str:
    """在 1 个工作日到 30 个工作日之间; empty where nothing is counted."""
    if parameter.least is None or parameter.most is None:
        return ""
    return f"在 {value_words(parameter, parameter.least)}到 {value_words(parameter, parameter.most)}之间。"


def _address(key: str, done: str) -> str:
    return f"{reverse('parameters:parameter', args=[key])}?done={done}"
