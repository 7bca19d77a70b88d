"""Which short messages leave the site, and how: the operator decides, the roof puts it in."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from huiqi.foundation.accounts.adapters.sms import (
    Inviter,
    Sender,
    invites_by_gateway,
    invites_nowhere,
    invites_to_file,
    nowhere,
    on_screen,
    to_file,
    to_gateway,
)

SMS_FILE = "sms.jsonl"


def sender_of(named: str) -> Sender:
    """The adapter of one name of HUIQI_SMS."""
    if named == "demo":
        return on_screen
    if named == "file":
        return to_file(Path(settings.HUIQI_DATA) / SMS_FILE)
    if named == "http":
        return to_gateway(settings.HUIQI_SMS_URL, settings.HUIQI_SMS_SECRET)
    return nowhere


def inviter_of(named: str) -> Inviter:
    """The same for the words of an invitation."""
    if named == "file":
        return invites_to_file(Path(settings.HUIQI_DATA) / SMS_FILE)
    if named == "http":
        return invites_by_gateway(settings.HUIQI_SMS_URL, settings.HUIQI_SMS_SECRET)
    return invites_nowhere


class Messages:
    """Sets ``request.send_sms`` and ``request.send_invitation``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.send_sms = sender_of(settings.HUIQI_SMS)
        request.send_invitation = inviter_of(settings.HUIQI_SMS)
        return self.get_response(request)
