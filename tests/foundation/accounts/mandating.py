"""Mandates as the pages meet them: of today, by whoever grants them, taken up in a browser."""

from datetime import timedelta

from django.test import Client

from huiqi.foundation.accounts.actions.mandates import Grant, grant_mandate
from huiqi.foundation.accounts.domain.mandates import Terms
from huiqi.foundation.clock.queries import now, today
from tests.foundation.accounts.members import number_of
from tests.support.people import Someone, client_of, someone

CASES = frozenset({"cases.see", "cases.note", "cases.advance"})
DOCUMENTS = frozenset({"documents.see", "documents.upload", "documents.download"})


def mandated(
    owner: Someone, agent: Someone, verbs: frozenset[str] = CASES, key: str = "k" * 22, days: int = 30
) -> str:
    """A mandate from today, to a person or, where the agent is an adviser, to their agency."""
    is_agency = agent.actor.role == "adviser"
    kind = "bookkeeper" if is_agency else "handler"
    named = str(agent.organisation.pk) if is_agency and agent.organisation else number_of(agent)
    terms = Terms(kind, verbs, today(), today() + timedelta(days=days), "签了代账合同")
    return grant_mandate(owner.actor, Grant(key, named, terms), now())


def acting(agent: Someone, mandate_id: str) -> Client:
    """A browser in which the agent has taken up the mandate."""
    client = client_of(agent)
    answer = client.post("/accounts/behalf/start/", {"mandate": mandate_id})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    return client


def pair(verbs: frozenset[str] = CASES, role: str = "adviser") -> tuple[Someone, Someone, str]:
    """An owner, their agent, and the mandate between them."""
    owner, agent = someone("owner"), someone(role)
    return owner, agent, mandated(owner, agent, verbs)


def page(client: Client, address: str, status: int = 200, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def send(client: Client, address: str, status: int, **form: object) -> str:
    answer = client.post(address, form)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()
