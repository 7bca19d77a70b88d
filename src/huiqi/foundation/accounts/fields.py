"""The field that keeps a session's key."""

import hashlib
from typing import Any

from django.db import models


class HashedKey(str):
    """The digest of a session's key, as the database has it."""

    __slots__ = ()


class HashedKeyField(models.CharField):  # type: ignore[type-arg] # generic in the stubs alone
    """A session's key, kept as its SHA-256: who reads the table can use none of them. A key has 160 random
    bits, so its digest needs no salt.
    """

    def from_db_value(self, value: str | None, *_: Any) -> HashedKey | None:
        return None if value is None else HashedKey(value)

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, HashedKey):
            return None if value is None else str(value)
        return hashlib.sha256(str(value).encode()).hexdigest()
