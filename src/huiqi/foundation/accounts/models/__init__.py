"""What is kept of people and of the organisations they belong to."""

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
    "Membership",
    "OneTimeCode",
    "Organisation",
    "Passkey",
    "Person",
    "RecoveryCode",
    "Session",
]
