"""Signing in as people do, page by page."""

import re
from datetime import datetime

import pyotp
from django.test import Client

from huiqi.foundation.accounts.models import Authenticator, Person
from huiqi.foundation.audit.queries import LogFilters, entries

NUMBER = "13900001111"


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def code_on(text: str) -> str:
    """The code a page of the demo shows."""
    found = re.search(r'shown-code">\s*([0-9]{6})', text)
    assert found, text
    return found[1]


def ask_for_code(client: Client, number: str = NUMBER, way: str = "") -> str:
    """The code, after the first screen."""
    client.post("/accounts/sign-in/", {"phone": number, "next": way})
    return code_on(page(client, "/accounts/sign-in/code/"))


def sign_in(client: Client, number: str = NUMBER, way: str = "") -> str:
    """Where both screens lead."""
    code = ask_for_code(client, number, way)
    response = client.post("/accounts/sign-in/code/", {"code": code, "next": way})
    assert response.status_code == 302, response.content.decode()
    return response.headers["Location"]


def give_app(person: Person, at: datetime) -> pyotp.TOTP:
    """An app that is set up."""
    secret = pyotp.random_base32()
    Authenticator.objects.create(person=person, secret=secret, confirmed_at=at)
    return pyotp.TOTP(secret)


def verbs() -> list[str]:
    """What the log says was done to accounts, oldest first; not whom the site told of it."""
    return [entry.verb for entry in entries(LogFilters()) if entry.verb.startswith("accounts.")]
