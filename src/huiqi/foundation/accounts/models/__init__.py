"""What is kept of people and of the organisations they belong to."""

from huiqi.foundation.accounts.models.identities import ExternalIdentity
from huiqi.foundation.accounts.models.lost_phone import PhoneRequest
from huiqi.foundation.accounts.models.mandates import Mandate, MandateVerb
from huiqi.foundation.accounts.models.members import Deputy, Invitation, SupportLook
from huiqi.foundation.accounts.models.organisations import Membership, Organisation
from huiqi.foundation.accounts.models.people import Person
from huiqi.foundation.accounts.models.sign_in import (
    Authenticator,
    OneTimeCode,
    Passkey,
    RecoveryCode,
    Session,
)

__all__ = [
    "Authenticator",
    "Deputy",
    "ExternalIdentity",
    "Invitation",
    "Mandate",
    "MandateVerb",
    "Membership",
    "OneTimeCode",
    "Organisation",
    "Passkey",
    "Person",
    "PhoneRequest",
    "RecoveryCode",
    "Session",
    "SupportLook",
]
