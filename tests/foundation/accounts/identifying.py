"""To a provider of identities and back, as a browser goes."""

from django.http import HttpResponse
from django.test import Client

from tests.foundation.accounts.signing_in import NUMBER, code_on, page
from tests.support.issuer import Issuer

LEAVE, BACK = "/accounts/sign-in/provider/", "/accounts/sign-in/provider/back/"
CONNECT = "/accounts/identities/connect/"


def go(client: Client, way: str = "", start: str = LEAVE) -> str:
    """The address of the provider a browser is sent to."""
    answer = client.post(start, {"next": way})
    assert answer.status_code == 200, answer.content.decode()
    return answer.headers["Refresh"].removeprefix("0; url=")


def come(client: Client, issuer: Issuer, way: str = "", start: str = LEAVE) -> HttpResponse:
    """The answer to the form that hands on what the provider sent."""
    brought = issuer.arrive(go(client, way, start))
    shown = client.get(BACK, brought).content.decode()
    assert all(f'value="{value}"' in shown for value in brought.values())
    return client.post(BACK, brought)


def prove(client: Client, number: str = NUMBER) -> None:
    """The number and the code of a first arrival."""
    client.post("/accounts/sign-in/provider/first/", {"phone": number})
    code = code_on(page(client, "/accounts/sign-in/code/"))
    client.post("/accounts/sign-in/code/", {"code": code})
