"""Passkeys (WebAuthn level 2): one gesture proves the device and, by its own lock, who holds it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import webauthn
from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from huiqi.foundation.accounts.actions.sessions import begin_session, finish_session, trust_only
from huiqi.foundation.accounts.domain.sign_in import TWO_PROOFS, SignInRefusedError
from huiqi.foundation.accounts.models import Passkey, Person
from huiqi.foundation.accounts.queries.acting import WAITING_KEY, actor_as, memberships_of
from huiqi.foundation.accounts.queries.proofs import has_authenticator, passkey_credentials
from huiqi.foundation.audit.actions import Actor, Entry, Subject, record

CHALLENGE_KEY = "passkey_challenge"
MOST_PASSKEYS = 10
LONGEST_ANSWER = 20_000
_NAME = "焦个企惠"
_UNKNOWN = "没有认出这个通行密钥。什么也没有改变，请再试一次，或换一种方式登录。"
_NOT_ADDED = "通行密钥没有加上，什么也没有改变。请再试一次，或换一台设备。"
_BAD_ANSWERS = (WebAuthnException, ValueError, KeyError, TypeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Site:
    """What a passkey is bound to: the host without a port, and the origin a browser says."""

    host: str
    origin: str


def offer_passkey(session: SessionBase, person_id: str, site: Site) -> str:
    """What the browser needs to make a new passkey (JSON); the challenge is kept in the session."""
    person = Person.objects.get(pk=person_id)
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=_NAME,
        user_id=person.pk.bytes,
        user_name=str(person.phone) or _NAME,
        user_display_name=str(person),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_descriptors(person_id),
    )
    session[CHALLENGE_KEY] = bytes_to_base64url(options.challenge)
    return options_to_json(options)


def add_passkey(
    session: SessionBase, person_id: str, answer: str, site: Site, device: str, now: datetime
) -> None:
    """Keep the public half of what the browser made. SignInRefusedError."""
    challenge = session.pop(CHALLENGE_KEY, "")
    try:
        made = webauthn.verify_registration_response(
            credential=_read(answer),
            expected_challenge=_challenge(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except _BAD_ANSWERS as failure:
        raise SignInRefusedError(_NOT_ADDED) from failure
    if Passkey.objects.filter(person_id=person_id).count() >= MOST_PASSKEYS:
        raise SignInRefusedError(f"最多可以有 {MOST_PASSKEYS} 个通行密钥。请先去掉一个不用的。")
    try:
        with transaction.atomic():
            person = Person.objects.get(pk=person_id)
            Passkey.objects.create(
                person=person,
                credential=bytes_to_base64url(made.credential_id),
                public_key=made.credential_public_key,
                sign_count=made.sign_count,
                device=device,
                added_at=now,
            )
            trust_only(session, person_id)
            subject = Subject("person", person_id, str(person))
            record(Entry(now, actor_as(person, None), "accounts.add_proof", subject, "通行密钥"))
    except IntegrityError as failure:
        raise SignInRefusedError("这个通行密钥已经加过了，不用再加。") from failure


def ask_for_passkey(session: SessionBase, site: Site) -> str:
    """What the browser needs to use a passkey (JSON): anybody's, or one of whoever is waiting."""
    waiting = session.get(WAITING_KEY)
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        allow_credentials=_descriptors(waiting["person"]) if waiting else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    session[CHALLENGE_KEY] = bytes_to_base64url(options.challenge)
    return options_to_json(options)


def sign_in_by_passkey(session: SessionBase, answer: str, site: Site, now: datetime) -> None:
    """Sign in whose passkey it is; whoever waits for a second proof gives it so. SignInRefusedError."""
    challenge, waiting = session.pop(CHALLENGE_KEY, ""), session.get(WAITING_KEY)
    with transaction.atomic():
        person_id = _holder(answer, challenge, site)
    if waiting and waiting["person"] != person_id:
        raise SignInRefusedError("这是另一个人的通行密钥。请用您自己的，或用动态码。")
    if waiting:
        finish_session(session, "passkey", now)
    else:
        begin_session(session, person_id, "passkey", now)


def remove_passkey(actor: Actor, passkey_id: str, now: datetime) -> None:
    """Take one of the actor's passkeys away. SignInRefusedError where it is the only second proof of somebody
    who must have one.
    """
    try:
        wanted = UUID(passkey_id)
    except ValueError:
        return
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=actor.id)
        others = Passkey.objects.filter(person=person).exclude(pk=wanted).exists()
        must = any(each.role in TWO_PROOFS for each in memberships_of(person))
        if must and not others and not has_authenticator(actor.id):
            raise SignInRefusedError("这是您唯一的第二道验证，不能去掉。请先加一个新的。")
        if Passkey.objects.filter(person=person, pk=wanted).delete()[0]:
            record(Entry(now, actor, "accounts.remove_passkey", Subject("person", actor.id, actor.name)))


def _holder(answer: str, challenge: str, site: Site) -> str:
    """Whose passkey signed; the row is locked, so that its counter only grows."""
    try:
        credential = _read(answer)
        row = Passkey.objects.select_for_update().filter(credential=str(credential["id"])).first()
        if row is None:
            raise SignInRefusedError(_UNKNOWN)
        proven = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=_challenge(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=bytes(row.public_key),
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except _BAD_ANSWERS as failure:
        raise SignInRefusedError(_UNKNOWN) from failure
    row.sign_count = proven.new_sign_count
    row.save(update_fields=["sign_count"])
    return str(row.person_id)


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST_ANSWER:
        raise ValueError("longer than any browser's")
    read = json.loads(answer)
    if not isinstance(read, dict):
        raise TypeError("no object")
    return read


def _challenge(kept: str) -> bytes:
    if not kept:
        raise ValueError("none was given out, or it was used")
    return base64url_to_bytes(kept)


def _descriptors(person_id: str) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(id=base64url_to_bytes(each)) for each in passkey_credentials(person_id)
    ]
