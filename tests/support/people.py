"""People and organisations for tests, made as rows, and a client that acts for them."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.test import Client

from huiqi.foundation.accounts.domain import KINDS
from huiqi.foundation.accounts.models import Membership, Organisation, Person
from huiqi.foundation.accounts.queries import ACTING_KEY, PERSON_KEY, actor_of
from huiqi.foundation.audit.actions import Actor

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass(frozen=True, slots=True)
class Someone:
    """A person, the organisation they act for (None for nobody's member), and the session that says so."""

    person: Person
    organisation: Organisation | None
    session: dict[str, str]

    @property
    def actor(self) -> Actor:
        return actor_of(self.session)


def organisation(kind: str, name: str = "", parent: Organisation | None = None) -> Organisation:
    """One more party of this kind."""
    label = name or f"演示{KINDS[kind].label}{Organisation.objects.count() + 1}"
    return Organisation.objects.create(
        kind=kind, name=label, division="410825", parent=parent, created_at=NOW
    )


def someone(role: str, party: Organisation | None = None) -> Someone:
    """Somebody new in this role; ``person`` is who is signed in and nobody's member."""
    number = 13800000000 + Person.objects.count()
    person = Person.objects.create(phone=str(number), name=f"演示{role}", created_at=NOW)
    if role == "person":
        return Someone(person, None, {PERSON_KEY: str(person.pk)})
    kind = next(kind.id for kind in KINDS.values() if role in kind.roles)
    party = party or organisation(kind)
    member = Membership.objects.create(person=person, organisation=party, role=role, from_at=NOW)
    return Someone(person, party, {PERSON_KEY: str(person.pk), ACTING_KEY: str(member.pk)})


def client_of(who: Someone) -> Client:
    """A browser in which they are signed in."""
    client = Client()
    session = client.session
    session.update(who.session)
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client
