"""Looking a business up by its credit code: nothing becomes an answer before its owner says 是."""

from collections.abc import Mapping
from dataclasses import replace

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huiqi.core.rules.facts import Value
from huiqi.foundation.access.queries import requires
from huiqi.foundation.businesses.queries import PublicRegistration, find_registration
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.storage.actions import Allowance, spend
from huiqi.foundation.storage.queries import visitor_of, wait_words
from huiqi.services.policy.library.queries import Library, current_library
from huiqi.services.policy.matching.actions import remember
from huiqi.services.policy.matching.domain import OPTIONAL
from huiqi.services.policy.matching.forms import CodeField, field_of, read_code
from huiqi.services.policy.matching.pages.form import asked_facts, form_page, open_facts, take_form
from huiqi.services.policy.matching.pages.keeping import (
    SHOWN,
    Reading,
    answered_field,
    answers_of,
    ask_next,
    read_posted,
    touched,
)
from huiqi.services.policy.matching.queries import Answers, facts_of, shop_of

_SALT = "huiqi.matching.found"
_FOUND_FOR = 24 * 3600
_HOUR = 3600
NOT_FOUND = (
    "登记册里没有查到这个代码。可能是新办的，也可能登记册还没有更新。请照营业执照答下面的题，您填的都还在。"
)
NOT_YOURS = "好的，没有用那份登记信息。请照营业执照答下面的题，或者核对代码再查一次。"


@requires("matching.ask")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request: HttpRequest) -> HttpResponse:
    """Show what the register says of a code, or the form again with everything typed and what is wrong."""
    if request.method != "POST":
        return redirect("matching:form")
    library = current_library()
    answers = answers_of(request, library)
    code = _typed_code(request)
    if not code.text and any(request.POST.get(fact, "").strip() for fact in asked_facts(library)):
        return take_form(request, answers, library)  # Enter in another field presses the first button
    if not code.code:
        return _form_again(request, answers, library, code)
    allowance = _spend(request, code.code)
    if not allowance.is_allowed:
        wait = f"您查得太快了，请 {wait_words(allowance.wait_seconds)}后再试，您填的都还在。"
        response = _form_again(request, answers, library, replace(code, error=wait), status=429)
        response["Retry-After"] = str(allowance.wait_seconds)
        return response
    found = find_registration(code.code)
    if found is None:
        return _form_again(request, answers, library, replace(code, remark=NOT_FOUND))
    context = {
        "found": found,
        "shop": shop_of(found, library, today()),
        "token": signing.dumps(found.credit_code, salt=_SALT),
        "typed": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name in {*asked_facts(library), SHOWN}
        ],
    }
    return render(request, "matching/found.html", context)


@requires("matching.ask")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """是 makes the registration the answers; 不是 leads back to the form as it was."""
    if request.method != "POST":
        return redirect("matching:form")
    library, as_of = current_library(), today()
    answers = answers_of(request, library)
    found = _found_before(request.POST.get("token", ""))
    if found is None:
        return redirect("matching:form")
    if "yes" not in request.POST:
        code = CodeField(found.credit_code, remark=NOT_YOURS)
        return _form_again(request, answers, library, code)
    told = facts_of(found, library, as_of)
    reading = _typed_besides(request, told, library)
    if typed := touched(reading, request.POST, answers):
        answers = answers.with_changes(typed, as_of)
    answers = answers.with_registration(told, found.source, found.observed_on)
    if not reading.mistakes:
        return ask_next(answers, library, as_of) if answers.place else _to_the_rest(answers)
    wrong = {field.name: field for field in reading.mistakes}
    fields = [
        wrong.get(fact) or answered_field(fact, answers, library) for fact in open_facts(answers, library)
    ]
    return remember(form_page(request, answers, fields, CodeField()), answers)


def _typed_code(request: HttpRequest) -> CodeField:
    """The code typed, or the one offered instead of it and taken by its button."""
    if taken := request.POST.get("doubted"):
        field = read_code(taken)
        return replace(field, code=field.code or field.doubted, error="", doubted="")
    return read_code(request.POST.get("suggested") or request.POST.get("code", ""))


def _spend(request: HttpRequest, code: str) -> Allowance:
    """Both limits are of an hour: one stops a list of codes, the other a code from being watched."""
    moment = now()
    by_visitor = spend(
        "lookup by visitor", visitor_of(request), settings.HUIQI_LOOKUPS_PER_VISITOR, _HOUR, moment
    )
    if not by_visitor.is_allowed:
        return by_visitor
    return spend("lookup of code", code, settings.HUIQI_LOOKUPS_PER_CODE, _HOUR, moment)


def _found_before(token: str) -> PublicRegistration | None:
    """The registration shown on the page before: only what was looked up can be taken."""
    try:
        return find_registration(signing.loads(token, salt=_SALT, max_age=_FOUND_FOR))
    except signing.BadSignature:
        return None


def _typed_besides(request: HttpRequest, told: Mapping[str, Value], library: Library) -> Reading:
    """What was typed into the form besides what the register tells."""
    asked = [fact for fact in asked_facts(library) if fact in OPTIONAL or fact not in told]
    asked = [fact for fact in asked if any(text.strip() for text in request.POST.getlist(fact))]
    return read_posted(request.POST, asked, library, today())


def _to_the_rest(answers: Answers) -> HttpResponse:
    """Where the register does not say in which county: the form asks it."""
    return remember(redirect("matching:form"), answers)


def _form_again(
    request: HttpRequest, answers: Answers, library: Library, code: CodeField, status: int = 200
) -> HttpResponse:
    """The form with everything typed, faults of other questions not yet pointed out."""
    fields = [
        field_of(library.dictionary[fact], request.POST.getlist(fact))
        for fact in open_facts(answers, library)
    ]
    return form_page(request, answers, fields, code, status)
