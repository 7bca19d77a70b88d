"""Agreeing on two screens: the whole text with a tick, then the code that confirms exactly this text."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from huiqi.core.standards.masks import mask_phone
from huiqi.foundation.accounts.actions import NotSentError, SignInRefusedError
from huiqi.foundation.clock.queries import now
from huiqi.foundation.consent.actions import ConsentRefusedError, Shown, request_code
from huiqi.foundation.consent.forms import read_code
from huiqi.foundation.storage.actions import TooOftenError
from huiqi.foundation.storage.queries import wait_words

BROWSER_KEY = "consent_browser"
_NOT_TICKED = "请先看一遍，再勾上“我看过了，同意”。"
_CHANGED = "授权书的内容变了（换了版本，或改了名称），请再看一遍。"


@dataclass(frozen=True, slots=True)
class Way:
    """What is signed and how: ``hidden`` is carried along by the form, ``sign`` takes digest, browser and
    code and returns the consent's id; ``asker`` says who asks, and ``decline_url`` is for saying no.
    """

    shown: Shown
    hidden: tuple[tuple[str, str], ...]
    sign: Callable[[str, str, str], str]
    asker: str = ""
    decline_url: str = ""


@dataclass(frozen=True, slots=True)
class _Screen:
    """``phone`` is masked and empty before a code was sent; ``code`` is what only the demo shows."""

    fault: str = ""
    phone: str = ""
    code: str = ""
    is_agreed: bool = False


def walk(request: HttpRequest, way: Way) -> HttpResponse:
    """The screen that follows on what was sent."""
    step = request.POST.get("step", "")
    if step not in ("code", "sign"):
        return _shown(request, way, _Screen())
    if request.POST.get("agreed") != "yes":
        return _shown(request, way, _Screen(_NOT_TICKED), 422)
    if request.POST.get("digest") != way.shown.digest:
        return _shown(request, way, _Screen(_CHANGED), 409)
    return _send(request, way) if step == "code" else _sign(request, way)


def _send(request: HttpRequest, way: Way) -> HttpResponse:
    browser, moment = secrets.token_urlsafe(16), now()
    try:
        number, code = request_code(request.actor, way.shown, browser, moment)
        shown = request.send_sms(number, code, moment)
    except TooOftenError as refused:
        words = f"验证码要得太多了，请等 {wait_words(refused.wait_seconds)}再要。"
        return _shown(request, way, _Screen(words), 429)
    except (NotSentError, SignInRefusedError) as refused:
        return _shown(request, way, _Screen(str(refused)), 503)
    phone = mask_phone(number)
    request.session[BROWSER_KEY] = {"browser": browser, "phone": phone, "code": shown}
    return _shown(request, way, _Screen(phone=phone, code=shown, is_agreed=True))


def _sign(request: HttpRequest, way: Way) -> HttpResponse:
    kept, code = request.session.get(BROWSER_KEY, {}), read_code(request.POST)
    screen = _Screen(phone=kept.get("phone", "您的手机"), code=kept.get("code", ""), is_agreed=True)
    if not code:
        return _shown(request, way, replace(screen, fault="验证码是 6 位数字，请再看一下短信。"), 422)
    try:
        made = way.sign(way.shown.digest, kept.get("browser", ""), code)
    except (SignInRefusedError, ConsentRefusedError) as refused:
        return _shown(request, way, replace(screen, fault=str(refused)), 422)
    request.session.pop(BROWSER_KEY, None)
    return HttpResponseRedirect(f"{reverse('consent:consent', args=[made])}?new=1")


def _shown(request: HttpRequest, way: Way, screen: _Screen, status: int = 200) -> HttpResponse:
    context = {"way": way, "shown": way.shown, "screen": screen}
    return render(request, "consent/sign.html", context, status=status)
