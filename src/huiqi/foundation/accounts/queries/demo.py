"""The demo's people: who they are, and what their app would show. Nowhere else is there anybody to find."""

from dataclasses import dataclass
from datetime import datetime

import pyotp
from django.conf import settings

from huiqi.foundation.access.queries import role_words
from huiqi.foundation.accounts.domain.demo import DEMO_NUMBERS
from huiqi.foundation.accounts.models import Authenticator, Membership, Person
from huiqi.foundation.accounts.queries.acting import actor_as
from huiqi.foundation.audit.actions import Actor

STEP_SECONDS = 30


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One tap: ``id`` is what the tap sends."""

    id: str
    role: str
    organisation: str


def is_demo() -> bool:
    """Whether codes are shown on the screen, which production refuses."""
    return bool(settings.HUIQI_SMS == "demo" and settings.HUIQI_MODE != "production")


def demo_people() -> tuple[DemoPerson, ...]:
    """Everybody who can be tried out, in the order they were made."""
    if not is_demo():
        return ()
    people = {each.phone.reveal(): each for each in Person.objects.filter(phone_index__in=DEMO_NUMBERS)}
    roles = {
        each.person_id: each
        for each in Membership.objects.select_related("organisation").filter(
            person__in=people.values(), until_at__isnull=True, organisation__closed_at__isnull=True
        )
    }
    return tuple(
        _shown(people[number], roles.get(people[number].pk)) for number in DEMO_NUMBERS if number in people
    )


def demo_person(person_id: str) -> str:
    """The id of one of the demo's people; empty for anybody else."""
    return next((each.id for each in demo_people() if each.id == person_id), "")


def demo_proof(person_id: str, now: datetime) -> str:
    """The code a demo person's app would show and that was not taken yet; empty for anybody else."""
    if not is_demo() or not demo_person(person_id):
        return ""
    row = Authenticator.objects.filter(person_id=person_id, confirmed_at__isnull=False).first()
    if row is None:
        return ""
    this = int(now.timestamp()) // STEP_SECONDS
    step = min(max(this, row.last_step + 1), this + 1)
    return pyotp.TOTP(row.secret.reveal()).generate_otp(step)


def demo_actor(role: str) -> Actor | None:
    """The demo's person of a role, acting in it; None where there is none."""
    if not is_demo():
        return None
    rows = Membership.objects.select_related("organisation", "person").filter(
        person__phone_index__in=DEMO_NUMBERS,
        role=role,
        until_at__isnull=True,
        organisation__closed_at__isnull=True,
    )
    member = rows.order_by("from_at", "pk").first()
    return actor_as(member.person, member) if member else None


def _shown(person: Person, member: Membership | None) -> DemoPerson:
    if member is None:
        return DemoPerson(str(person.pk), role_words("person"), "还没有办执照")
    return DemoPerson(str(person.pk), role_words(member.role), member.organisation.name)
