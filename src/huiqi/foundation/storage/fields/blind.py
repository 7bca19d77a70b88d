"""The field that finds an encrypted value by the whole of it, and tells nothing but that two are equal."""

from collections.abc import Iterable
from typing import Any

from django.core import checks
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.lookups import In, IsNull, StartsWith
from django.db.models.signals import pre_save

from huiqi.foundation.storage.fields.encrypted import EncryptedTextField, Stored
from huiqi.foundation.storage.fields.errors import UnboundError
from huiqi.foundation.storage.fields.keyring import current_key, keyring
from huiqi.foundation.storage.fields.sealed import Sealed
from huiqi.foundation.storage.fields.sealing import digest

_LENGTH = 60


class BlindIndexField(models.CharField):  # type: ignore[type-arg]
    """A keyed digest of the encrypted field ``of``, in its normal form: filled on saving, NULL for nothing.

    `filter(phone_index="+86 138-0000-1234")` finds the row however the number is written, under every key
    there is. Whoever sees the database sees which rows have the same value, and needs the key to try values.
    """

    description = "Blind index of an encrypted text"

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        super().__init__(
            *args, **{"max_length": _LENGTH, "null": True, "editable": False, "db_index": True, **kwargs}
        )

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract:
            pre_save.connect(self._refuse_half, sender=cls)

    @property
    def sealed_field(self) -> EncryptedTextField:
        """The encrypted field this one finds."""
        found = self.model._meta.get_field(self.of)
        if not isinstance(found, EncryptedTextField):
            raise FieldDoesNotExist(self.of)
        return found

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        del add
        sealed = getattr(model_instance, self.of)
        text = sealed.reveal() if sealed is not None else ""
        made = self.digests(text, [current_key()])[0] if text else None
        setattr(model_instance, self.attname, made)
        return made

    def digests(self, text: str, keys: Iterable[Any]) -> list[Stored]:
        """The index of ``text`` under each key; of what it reveals where it is Sealed."""
        normal = self.sealed_field.kind.normal(text.reveal() if isinstance(text, Sealed) else text)
        return [Stored(digest(normal, key, *self.sealed_field.home)) for key in keys]

    def get_prep_value(self, value: Any) -> str | None:
        if value is None or isinstance(value, Stored):
            return None if value is None else str(value)
        raise UnboundError(f"{self} is filled when its row is saved, and by nothing else.")

    def get_lookup(self, lookup_name: str) -> Any:
        return _LOOKUPS.get(lookup_name)

    def get_transform(self, lookup_name: str) -> None:
        del lookup_name

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        try:
            self.sealed_field  # noqa: B018 - asking is the check
        except FieldDoesNotExist:
            wrong = checks.Error(f"{self.of} is no encrypted field", obj=self, id="huiqi.E004")
            return [*super().check(**kwargs), wrong]
        return super().check(**kwargs)

    def _refuse_half(self, update_fields: frozenset[str] | None, **_: Any) -> None:
        """A value saved without its index could no longer be found, or would be found by what it was."""
        if update_fields is not None and (self.of in update_fields) != (self.attname in update_fields):
            raise UnboundError(f"update_fields needs both {self.of} and {self.attname}.")


class _AnyKey(In):
    """Whole values, looked up under every key of the ring."""

    def get_prep_lookup(self) -> Any:
        wanted = [self.rhs] if isinstance(self.rhs, str) else self.rhs
        keys = tuple(keyring().keys.values())
        if wanted is None or hasattr(wanted, "resolve_expression"):
            return wanted
        field: BlindIndexField = self.lhs.output_field
        # An empty text has no index; one that matches nothing keeps the question a question.
        self.rhs = [made for text in wanted for made in field.digests(text, keys)] or [Stored("")]
        return super().get_prep_lookup()


class _Same(_AnyKey):
    """One whole value."""

    lookup_name = "exact"


class _MadeUnder(StartsWith):
    """Made with the key of this id."""

    def get_prep_lookup(self) -> Any:
        return f"{self.rhs}:"


_LOOKUPS: dict[str, Any] = {"exact": _Same, "in": _AnyKey, "isnull": IsNull, "sealed_under": _MadeUnder}
