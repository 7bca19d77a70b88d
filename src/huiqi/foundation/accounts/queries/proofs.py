"""What somebody can prove besides a telephone or a password."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from huiqi.foundation.accounts.models import Authenticator, Passkey, Person, PhoneRequest, RecoveryCode
from huiqi.foundation.accounts.queries.acting import WAITING_KEY


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who has given one proof and owes another: ``name`` is masked; what they can give it by."""

    person_id: str
    name: str
    has_authenticator: bool
    has_passkey: bool
    recovery_codes: int

    @property
    def must_set_up(self) -> bool:
        return not (self.has_authenticator or self.has_passkey)


def has_second_proof(person: Person) -> bool:
    """Whether there is anything they could be asked for."""
    return has_authenticator(str(person.pk)) or Passkey.objects.filter(person=person).exists()


def has_authenticator(person_id: str) -> bool:
    """Whether an app of theirs was set up to the end."""
    return bool(Authenticator.objects.filter(person_id=person_id, confirmed_at__isnull=False).exists())


def person_waiting(session: Mapping[str, Any]) -> Person | None:
    """Who has given one proof in this session and owes another; None where there is nobody, and where their
    number was changed since: the proof was the old telephone's.
    """
    waiting = session.get(WAITING_KEY)
    if not waiting:
        return None
    since = datetime.fromisoformat(str(waiting["since"]))
    changed = PhoneRequest.objects.filter(person=OuterRef("pk"), end="done", ended_at__gte=since)
    people = Person.objects.filter(~Exists(changed), pk=str(waiting["person"]), left_at__isnull=True)
    return people.first()


def waiting_of(session: Mapping[str, Any]) -> Waiting | None:
    """Who waits in this session for the second proof; None for everybody else."""
    person = person_waiting(session)
    if person is None:
        return None
    return Waiting(
        str(person.pk),
        str(person),
        has_authenticator(str(person.pk)),
        Passkey.objects.filter(person=person).exists(),
        RecoveryCode.objects.filter(person=person).count(),
    )


def pending_secret(person_id: str) -> str:
    """The secret of an app that is being set up, to be shown to its owner once; empty where there is none."""
    row = Authenticator.objects.filter(person_id=person_id, confirmed_at__isnull=True).first()
    return row.secret.reveal() if row else ""


def passkey_credentials(person_id: str) -> tuple[str, ...]:
    """The ids (base64url) of somebody's passkeys."""
    return tuple(Passkey.objects.filter(person_id=person_id).values_list("credential", flat=True))


def has_recovery_codes(person_id: str) -> bool:
    """Whether somebody has a code left for the day their second proof is lost."""
    return bool(RecoveryCode.objects.filter(person_id=person_id).exists())
