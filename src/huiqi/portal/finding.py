"""From a telephone number, a name or a credit code to the entries of the log about whoever it is."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from huiqi.core.standards.masks import MASK, mask_phone
from huiqi.core.standards.typed import plain_line
from huiqi.foundation.access.queries import demand, requires
from huiqi.foundation.accounts.queries import (
    KINDS,
    Organisation,
    mobile_number,
    organisation_of,
    organisations_named,
    person_by_phone,
    subject_of_number,
)
from huiqi.foundation.audit.actions import Party, Subject, record_look
from huiqi.foundation.businesses.queries import (
    business_with_code,
    find_registration,
    has_code_form,
    is_registered_as,
)
from huiqi.foundation.clock.queries import now
from huiqi.foundation.storage.actions import TooOftenError, spend_or_refuse
from huiqi.foundation.storage.queries import wait_words
from huiqi.portal.ways import Way

FINDS_A_DAY = 120
MOST_SHOWN, MOST_COMPARED = 10, 500
LONGEST_TYPED, LONGEST_PURPOSE = 60, 200
SHORTEST_NAME = 2
_NOT_TOLD = "什么也没有打开。"


@dataclass(frozen=True, slots=True)
class Found:
    """A party, or a number nobody has, with the ways to what the log says about it."""

    subject: Subject
    party: Party | None
    label: str
    doors: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found; ``said`` is why there is nothing, or not all. ``about`` is what the log may keep of
    what was typed.
    """

    found: tuple[Found, ...]
    said: str
    about: str


@requires("portal.find_party")
@never_cache
@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def find_party(request: HttpRequest) -> HttpResponse:
    """Whom the log is asked about. Sent as a form, so that no number stands in an address; each search is a
    look, told to whoever was found.
    """
    demand(request.actor, "portal.find_party", {"all"})
    if request.method != "POST":
        return _page(request)
    text, purpose = (plain_line(request.POST.get(name, "")) for name in ("text", "purpose"))
    if fault := _fault(text, purpose):
        return _page(request, text, purpose, fault, status=422)
    try:
        spend_or_refuse("portal.find_party", request.actor.id, FINDS_A_DAY, 24 * 3600, now())
    except TooOftenError as refused:
        words = f"今天查得太多了，请等 {wait_words(refused.wait_seconds)}再查。填的都还在，{_NOT_TOLD}"
        return _page(request, text, purpose, words, status=429)
    answer = answer_to(text)
    only = answer.found[0] if len(answer.found) == 1 else None
    many = Subject("audit_log", "find", f"{answer.about}：{len(answer.found)} 个")
    subject, party = (only.subject, only.party) if only else (many, None)
    record_look(request, "portal.find_party", subject, party, reason=purpose, even_own=True)
    return _page(request, text, purpose, answer=answer)


def answer_to(text: str) -> Answer:
    """Whoever has this telephone number, is registered under this credit code, or is called so."""
    if phone := mobile_number(text):
        return _by_phone(phone)
    code = "".join(text.split()).upper()
    if has_code_form(code):
        return _by_code(code)
    return _by_name(text)


def _by_phone(phone: str) -> Answer:
    masked, person = mask_phone(phone), person_by_phone(phone)
    about, number = f"手机号 {masked}", Subject("phone", subject_of_number(phone), masked)
    tried = _door("用这个号码试过登录的", "没有登录成的", subject_kind=number.kind, subject_id=number.id)
    if person is None:
        said = f"没有人在用 {masked}。请核对号码；注销了的人，号码已经删掉，只能按编号查。"
        return Answer((Found(number, None, "没有人在用的号码", (tried,)),), said, about)
    subject = Subject("person", person.id, person.name)
    doors = (
        _door("谁看过这个人的信息", "每看一次都有一条", party_id=person.id),
        _door("这个人做的", "在这里办过、看过的", actor_id=person.id),
        _door("对这个人办的", "登录、账号、身份", subject_kind="person", subject_id=person.id),
        tried,
    )
    return Answer((Found(subject, person, f"个人，{masked}", doors),), "", about)


def _by_code(code: str) -> Answer:
    about, registered = f"统一社会信用代码 {code}", find_registration(code)
    if bound := organisation_of(business_with_code(code) or ""):
        return Answer((_organisation(bound),), "", about)
    if registered is None:
        return Answer((), f"登记册里没有 {code}。请核对代码，或者改用单位名称查。{_NOT_TOLD}", about)
    known = max(registered.name.split(MASK), key=len)
    alike = organisations_named(known, MOST_COMPARED) if known else ()
    found = tuple(_organisation(each) for each in alike if is_registered_as(code, each.name))
    said = f"登记册里这个代码是“{registered.name}”，它在这里还没有开设单位，所以没有它的记录。"
    return Answer(found[:MOST_SHOWN], "" if found else said, about)


def _by_name(text: str) -> Answer:
    about = f"单位名称“{re.sub('[0-9]', MASK, text)}”"
    if len(text) < SHORTEST_NAME or text.isdigit():
        said = "这不像 11 位手机号、18 位统一社会信用代码，也不像单位名称。请核对，填的都还在。"
        return Answer((), said, about)
    found = tuple(_organisation(each) for each in organisations_named(text, MOST_SHOWN + 1))
    if not found:
        return Answer((), f"没有名称里带“{text}”的单位。请少写几个字再查，填的都还在。", about)
    more = f"不止 {MOST_SHOWN} 个，先列出 {MOST_SHOWN} 个。请把名称写全一些。"
    return Answer(found[:MOST_SHOWN], more if len(found) > MOST_SHOWN else "", about)


def _organisation(each: Organisation) -> Found:
    doors = (
        _door("谁看过这个单位的信息", "每看一次都有一条", party_id=each.id),
        _door("这个单位的人做的", "先列最近 30 天", organisation_id=each.id),
        _door("对这个单位办的", "开设、修改、关闭", subject_kind="organisation", subject_id=each.id),
    )
    subject, party = Subject("organisation", each.id, each.name), Party(each.id, each.name)
    return Found(subject, party, KINDS[each.kind].label, doors)


def _door(label: str, hint: str, **asked: str) -> Way:
    return Way(label, "search", f"{reverse('audit:log')}?{urlencode(asked)}#found", hint)


def _fault(text: str, purpose: str) -> str:
    if not text:
        return "请填手机号、单位名称或统一社会信用代码。"
    if len(text) > LONGEST_TYPED:
        return f"写了 {len(text)} 个字，最多 {LONGEST_TYPED} 个。请删短一些，{_NOT_TOLD}"
    if not purpose:
        return f"请写一句为什么查，对方能看到。填的都还在，{_NOT_TOLD}"
    if len(purpose) > LONGEST_PURPOSE:
        return f"为什么查写了 {len(purpose)} 个字，最多 {LONGEST_PURPOSE} 个。请删短一些，{_NOT_TOLD}"
    return ""


def _page(
    request: HttpRequest,
    text: str = "",
    purpose: str = "",
    said: str = "",
    answer: Answer | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"text": text, "purpose": purpose, "said": said, "answer": answer}
    return render(request, "portal/find.html", context, status=status)
