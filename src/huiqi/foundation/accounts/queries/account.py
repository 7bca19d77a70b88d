"""One's own account as its page shows it, and where to go after signing in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.crypto import salted_hmac

from huiqi.foundation.access.queries import may_open, role_words
from huiqi.foundation.accounts.domain.sign_in import TWO_PROOFS, method_words
from huiqi.foundation.accounts.models import (
    Authenticator,
    Membership,
    Passkey,
    Person,
    RecoveryCode,
    Session,
)
from huiqi.foundation.accounts.queries.acting import (
    ACTING_KEY,
    HANDLE_KEY,
    METHOD_KEY,
    PERSON_KEY,
    actor_of,
    memberships_of,
)
from huiqi.foundation.accounts.queries.proofs import waiting_of


@dataclass(frozen=True, slots=True)
class Role:
    """One of somebody's roles; the empty id is to act as oneself."""

    id: str
    label: str
    organisation: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One browser somebody is signed in with."""

    handle: str
    device: str
    began_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class OwnPasskey:
    id: str
    device: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """Name and telephone are masked. ``method`` is how this session was begun, in words."""

    name: str
    phone: str
    has_password: bool
    must_have_proof: bool
    authenticator_since: datetime | None
    passkeys: tuple[OwnPasskey, ...]
    recovery_codes: int
    roles: tuple[Role, ...]
    sessions: tuple[OpenSession, ...]
    method: str

    @property
    def has_proof(self) -> bool:
        return bool(self.authenticator_since or self.passkeys)


def account_of(person_id: str, session: Mapping[str, Any]) -> Account:
    """The account of whoever is signed in: six questions, whatever they have."""
    person = Person.objects.get(pk=person_id)
    memberships = memberships_of(person)
    since = Authenticator.objects.filter(person=person, confirmed_at__isnull=False)
    return Account(
        name=str(person.name),
        phone=str(person.phone),
        has_password=bool(person.password),
        must_have_proof=any(each.role in TWO_PROOFS for each in memberships),
        authenticator_since=since.values_list("confirmed_at", flat=True).first(),
        passkeys=tuple(
            OwnPasskey(str(each.pk), each.device, each.added_at)
            for each in Passkey.objects.filter(person=person).order_by("added_at")
        ),
        recovery_codes=RecoveryCode.objects.filter(person=person).count(),
        roles=_roles(memberships, session),
        sessions=_sessions(person_id, str(session.get(HANDLE_KEY, ""))),
        method=method_words(str(session.get(METHOD_KEY, "code"))),
    )


def roles_of(person_id: str, session: Mapping[str, Any]) -> tuple[Role, ...]:
    """Everything somebody can act as, the last of them as oneself; the current one is marked."""
    return _roles(memberships_of(Person(pk=person_id)), session)


def page_after_sign_in(session: Mapping[str, Any], wanted: str) -> str:
    """Where somebody who has just given a proof goes: to the second one, to choose a role, or on."""
    query = f"?{urlencode({'next': wanted})}" if wanted != "/" else ""
    if waiting := waiting_of(session):
        return reverse("accounts:set_up" if waiting.must_set_up else "accounts:second") + query
    person_id = str(session.get(PERSON_KEY, ""))
    if person_id and not session.get(ACTING_KEY) and len(roles_of(person_id, session)) > 1:
        return reverse("accounts:role") + query
    return _landing(session) if wanted == "/" else wanted


def _landing(session: Mapping[str, Any]) -> str:
    """Where those go who wanted nothing of their own: administrators to what waits for them."""
    role = actor_of(session).role
    landings = (
        ("accounts.see_grants", "accounts:grants"),
        ("accounts.see_organisations", "accounts:organisations"),
    )
    return next((reverse(view) for verb, view in landings if may_open(role, verb)), "/")


def number_digest(person_id: str) -> str:
    """What a browser may keep of a number to be known by."""
    person = Person.objects.filter(pk=person_id).first()
    return digest_of_number(person.phone.reveal()) if person else ""


def digest_of_number(phone: str) -> str:
    """The same for the same number, and for nobody without our key."""
    return salted_hmac("huiqi.accounts.known", phone, algorithm="sha256").hexdigest()[:24]


def _roles(memberships: Iterable[Membership], session: Mapping[str, Any]) -> tuple[Role, ...]:
    acting = str(session.get(ACTING_KEY, ""))
    found = [
        Role(str(each.pk), role_words(each.role), each.organisation.name, str(each.pk) == acting)
        for each in memberships
    ]
    return (*found, Role("", "个人", "", not any(each.is_current for each in found)))


def _sessions(person_id: str, this: str) -> tuple[OpenSession, ...]:
    rows = Session.objects.filter(person_id=person_id, began_at__isnull=False).order_by("-began_at")[:50]
    found = [
        OpenSession(str(row.handle), row.device, row.began_at, str(row.handle) == this)
        for row in rows
        if row.began_at
    ]
    return tuple(sorted(found, key=lambda each: not each.is_this))
