"""Model fields that are encrypted in the database, and the keys they are encrypted with.

个人信息保护法第五十一条: measures such as encryption and de-identification for personal information.
"""

from huiqi.foundation.storage.fields.blind import BlindIndexField
from huiqi.foundation.storage.fields.encrypted import EncryptedTextField
from huiqi.foundation.storage.fields.errors import (
    DamagedError,
    KeyFileError,
    MissingKeyError,
    SealError,
    UnboundError,
)
from huiqi.foundation.storage.fields.kinds import Kind
from huiqi.foundation.storage.fields.sealed import Sealed

__all__ = [
    "BlindIndexField",
    "DamagedError",
    "EncryptedTextField",
    "KeyFileError",
    "Kind",
    "MissingKeyError",
    "SealError",
    "Sealed",
    "UnboundError",
]
