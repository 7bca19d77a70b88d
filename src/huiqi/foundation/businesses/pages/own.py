"""我的企业: which businesses somebody has, and a file for who has no licence yet."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huiqi.foundation.access.queries import may, requires
from huiqi.foundation.accounts.actions import switch_role
from huiqi.foundation.businesses.actions import Bound, BusinessError, open_without_code
from huiqi.foundation.businesses.forms import NameForm, new_key, read_name
from huiqi.foundation.businesses.queries import own_businesses
from huiqi.foundation.clock.queries import now


@requires("businesses.see_own")
@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    context = {
        "businesses": own_businesses(actor) if actor.behalf_of is None else (),
        "may_bind": may(actor, "businesses.bind", {"own"}) and actor.seen_by is None,
    }
    return render(request, "businesses/own.html", context)


@requires("businesses.bind")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_one(request: HttpRequest) -> HttpResponse:
    """A file without a code."""
    if request.method != "POST":
        return _form(request, NameForm(new_key()))
    form = read_name(request.POST)
    try:
        bound = open_without_code(request.actor, form.form_key, form.name, now())
    except BusinessError as refused:
        return _form(request, replace(form, form_key=form.form_key or new_key(), said=str(refused)), 422)
    return to_sheet(request, bound)


def to_sheet(request: HttpRequest, bound: Bound) -> HttpResponse:
    """On to the sheet, acting for the business from here on."""
    switch_role(request.session, bound.membership_id, now())
    return redirect("businesses:sheet")


def _form(request: HttpRequest, form: NameForm, status: int = 200) -> HttpResponse:
    return render(request, "businesses/open.html", {"form": form}, status=status)
