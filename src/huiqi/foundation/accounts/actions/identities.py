"""Connecting accounts elsewhere to a person, and ending that."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from huiqi.foundation.accounts.actions.telling import Told, tell
from huiqi.foundation.accounts.domain.identities import Asserted
from huiqi.foundation.accounts.domain.sign_in import SignInRefusedError
from huiqi.foundation.accounts.models import ExternalIdentity, Passkey, Person
from huiqi.foundation.accounts.queries.acting import actor_as
from huiqi.foundation.audit.actions import Actor, Entry, Subject, record

_OTHERS = "这个{provider}账号已经连着本站的另一个账号，没有再连。请先登录那个账号，在“我的账号”里解除。"
_SECOND = "这个账号已经连着另一个{provider}账号，没有再连。请先登录，在“我的账号”里解除原来的。"
_ONLY_WAY = (
    "本站现在不能发验证码，{provider}是您唯一的登录方式，没有解除。请先设一个密码或通行密钥，再来解除。"
)


def connect_identity(
    actor: Actor, person_id: str, asserted: Asserted, now: datetime, *, is_proven: bool
) -> None:
    """Let the identity sign this person in from now on; again for the same person changes nothing.

    ``is_proven`` where the person had given two proofs here. SignInRefusedError where it is somebody else's
    or the person has another one of this provider.
    """
    try:
        with transaction.atomic():
            person = Person.objects.select_for_update().get(pk=person_id, left_at__isnull=True)
            found = ExternalIdentity.objects.filter(subject_index=asserted.key).first()
            if found is not None and found.person_id == person.pk:
                return
            if found is not None:
                raise _refused(_OTHERS, asserted)
            if person.identities.filter(issuer=asserted.issuer).exists():
                raise _refused(_SECOND, asserted)
            row = ExternalIdentity.objects.create(
                person=person,
                issuer=asserted.issuer,
                provider=asserted.provider,
                subject=asserted.key,
                is_proven=is_proven,
                connected_at=now,
            )
            record(_entry(now, actor, "accounts.connect_identity", person, asserted.provider))
            tell(_told("accounts.connect_identity", row), now, actor)
    except IntegrityError as failure:  # somebody was quicker with the same identity
        raise _refused(_OTHERS, asserted) from failure


def connect_as(person_id: str, asserted: Asserted, now: datetime) -> None:
    """Connect at the first arrival, on behalf of who has just proven the person's telephone."""
    person = Person.objects.get(pk=person_id)
    connect_identity(actor_as(person, None), person_id, asserted, now, is_proven=False)


def end_identity(actor: Actor, identity_id: str, now: datetime) -> None:
    """End one of the actor's connections. SignInRefusedError where nothing else would let them in."""
    try:
        wanted = UUID(identity_id)
    except ValueError:
        return
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=actor.id)
        row = person.identities.filter(pk=wanted).first()
        if row is None:
            return
        if not _has_other_way(person, wanted):
            raise SignInRefusedError(_ONLY_WAY.format(provider=row.provider))
        told = _told("accounts.end_identity", row)
        row.delete()
        record(_entry(now, actor, "accounts.end_identity", person, row.provider))
        tell(told, now, actor)


def _has_other_way(person: Person, identity_id: UUID) -> bool:
    return bool(
        settings.HUIQI_SMS != "none"
        or person.password
        or Passkey.objects.filter(person=person).exists()
        or person.identities.exclude(pk=identity_id).exists()
    )


def _refused(words: str, asserted: Asserted) -> SignInRefusedError:
    return SignInRefusedError(words.format(provider=asserted.provider))


def _told(kind: str, row: ExternalIdentity) -> Told:
    """To whoever's account it is, whoever did it: a way in that they did not open themselves is seen."""
    context = {"provider": row.provider}
    return Told(kind, str(row.pk), (str(row.person_id),), context, reverse("accounts:own"))


def _entry(now: datetime, actor: Actor, verb: str, person: Person, provider: str) -> Entry:
    return Entry(now, actor, verb, Subject("person", str(person.pk), str(person)), provider)
