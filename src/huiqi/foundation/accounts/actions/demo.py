"""Makes the demo's people, once; what was made stays as it is."""

from datetime import datetime

import pyotp
from django.db import transaction

from huiqi.foundation.accounts.domain.demo import DEMO_ACCOUNTS, DemoAccount
from huiqi.foundation.accounts.domain.sign_in import TWO_PROOFS
from huiqi.foundation.accounts.models import Authenticator, Membership, Organisation, Person
from huiqi.foundation.audit.actions import Actor, Entry, Subject, record

DIVISION = "410825"


def make_demo_people(now: datetime, actor: Actor) -> int:
    """One account for each role that is not there yet; returns how many were made."""
    with transaction.atomic():
        return sum(_make(account, now, actor) for account in DEMO_ACCOUNTS)


def _make(account: DemoAccount, now: datetime, actor: Actor) -> bool:
    if Person.objects.filter(phone_index=account.number).exists():
        return False
    person = Person.objects.create(phone=account.number, name=account.name, created_at=now)
    if account.kind:
        organisation, _ = Organisation.objects.get_or_create(
            kind=account.kind,
            name=account.organisation,
            defaults={"division": DIVISION, "created_at": now},
        )
        Membership.objects.create(person=person, organisation=organisation, role=account.role, from_at=now)
    if account.role in TWO_PROOFS:
        Authenticator.objects.create(person=person, secret=pyotp.random_base32(), confirmed_at=now)
    subject = Subject("person", str(person.pk), str(person))
    record(Entry(now, actor, "accounts.make_demo_person", subject, after={"身份": account.role}))
    return True
