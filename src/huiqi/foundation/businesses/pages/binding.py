"""Binding a business by its code and a proof; giving one its code, or another."""

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from huiqi.foundation.access.queries import requires
from huiqi.foundation.accounts.actions import RefusedError
from huiqi.foundation.businesses.actions import BusinessError, bind, change_code
from huiqi.foundation.businesses.forms import LONGEST_PROOF, BindForm, read_bind
from huiqi.foundation.businesses.pages.own import to_sheet
from huiqi.foundation.businesses.queries import business_of, code_history, prover
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.parameters.queries import number
from huiqi.foundation.storage.actions import spend_or_refuse

_METHODS = ["GET", "HEAD", "POST"]
_HOUR = 3600


@requires("businesses.bind")
@sensitive_post_parameters("given")
@never_cache
@require_http_methods(_METHODS)
def bind_one(request: HttpRequest) -> HttpResponse:
    def done(form: BindForm) -> HttpResponse:
        return to_sheet(request, bind(request.actor, form.code.code, form.given, now()))

    return _taken(request, "businesses/bind.html", {}, done)


@requires("businesses.change_code")
@sensitive_post_parameters("given")
@never_cache
@require_http_methods(_METHODS)
def code(request: HttpRequest) -> HttpResponse:
    """The code of the business one acts for: its first one, or another after 个转企."""
    business = business_of(request.actor)
    if business is None:
        return redirect("businesses:sheet")  # support, who only looks

    def done(form: BindForm) -> HttpResponse:
        change_code(request.actor, form.code.code, form.given, now())
        return redirect("businesses:sheet")

    history = code_history(business)
    current = next((each.code for each in history if each.until_on is None), "")
    return _taken(request, "businesses/code.html", {"history": history, "current": current}, done)


def _taken(
    request: HttpRequest,
    template: str,
    context: dict[str, object],
    done: Callable[[BindForm], HttpResponse],
) -> HttpResponse:
    """The form, or what comes of it. Every proof that is tried costs one of the hour's."""
    form = read_bind(request.POST) if request.method == "POST" else BindForm()
    if form.code.code:
        limit = number("businesses.proofs_an_hour", today())
        spend_or_refuse("businesses.bind by person", request.actor.id, limit, _HOUR, now())
        spend_or_refuse("businesses.bind of code", form.code.code, limit * 4, _HOUR, now())
        try:
            return done(form)
        except (BusinessError, RefusedError) as refused:
            form = replace(form, said=str(refused))
    is_wrong = bool(form.said or form.code.error)
    shown = {**context, "form": form, "code": form.code, "prover": prover(), "longest": LONGEST_PROOF}
    return render(request, template, shown, status=422 if is_wrong else 200)
