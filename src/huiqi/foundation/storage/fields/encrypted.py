"""The field that is text in the program, encrypted in the database, and a mask wherever it is shown."""

from typing import Any

from django.core import checks
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.lookups import Exact, IsNull, StartsWith
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init

from huiqi.foundation.storage.fields.errors import SealError, UnboundError
from huiqi.foundation.storage.fields.kinds import Kind
from huiqi.foundation.storage.fields.sealed import Sealed
from huiqi.foundation.storage.fields.sealing import Place, prefix_of, seal, unseal


class Stored(str):
    """The encrypted form of one row's value: the only text, but the empty one, that goes to the database."""

    __slots__ = ()


class SealedAttribute(DeferredAttribute):
    """The attribute on an instance: what is set is taken as plain text, what is read is Sealed or None."""

    field: "EncryptedTextField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is None or not isinstance(value, Sealed) or value.can_be_opened or value.stored is None:
            return value
        opened = self.field.opened(value.stored, value.place or self.field.place_of(instance))
        instance.__dict__[self.field.attname] = opened
        return opened

    def __set__(self, instance: models.Model, value: Any) -> None:
        is_taken = value is None or isinstance(value, Sealed) or hasattr(value, "resolve_expression")
        taken = value if is_taken else Sealed.fresh(str(value), self.field.kind)
        instance.__dict__[self.field.attname] = taken


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text of any length, encrypted for its table, column and row: moved anywhere else it does not open.

    ``bound_to`` names the field that tells the row apart: unique, never changed, and known before the row is
    inserted, so that one INSERT is enough. Left out, it is the primary key, which then must not be given by
    the database. ``sealed_as`` is ``table.column`` as it was when the first row was encrypted; set it when
    either is renamed. ``kind`` says what may be shown of it.

    It is saved with its row only: `save`, `create` and `bulk_create`. `QuerySet.update` takes "" and None.
    The database shows that a value is missing (NULL) or empty (""), and about how long another one is.
    """

    descriptor_class = SealedAttribute
    description = "Encrypted text"

    def __init__(
        self,
        *args: Any,
        kind: Kind | str = Kind.TEXT,
        bound_to: str = "pk",
        sealed_as: str = "",
        **kwargs: Any,
    ) -> None:
        self.kind, self.bound_to, self.sealed_as = Kind(kind), bound_to, sealed_as
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for option, value, usual in (
            ("kind", str(self.kind), str(Kind.TEXT)),
            ("bound_to", self.bound_to, "pk"),
            ("sealed_as", self.sealed_as, ""),
        ):
            if value != usual:
                kwargs[option] = value
        return name, path, args, kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract:
            post_init.connect(self._remember_row, sender=cls)

    @property
    def row_field(self) -> Any:
        """The field whose value tells rows apart."""
        meta = self.model._meta
        return meta.pk if self.bound_to == "pk" else meta.get_field(self.bound_to)

    @property
    def home(self) -> tuple[str, str]:
        """Table and column, as they are bound into every value."""
        table, _, column = (self.sealed_as or f"{self.model._meta.db_table}.{self.column}").rpartition(".")
        return table, column

    def place_of(self, instance: models.Model) -> Place:
        """Where the value of this instance lives; UnboundError where its row has no identity yet."""
        value = self.row_field.to_python(getattr(instance, self.row_field.attname))
        if value in (None, ""):
            raise UnboundError(f"{self} cannot be encrypted before {self.row_field.name} is known.")
        return Place(*self.home, str(value))

    def opened(self, stored: str, place: Place) -> Sealed:
        """The value with its mask; where it cannot be opened the mask says nothing and `reveal` says why."""
        try:
            shown = self.kind.masked(unseal(stored, place))
        except SealError:
            shown = str(Sealed())
        return Sealed(shown, stored=stored, place=place, opens=lambda: unseal(stored, place))

    def from_db_value(self, value: str | None, *_: Any) -> Sealed | None:
        """Without a row yet: `values()` ends here."""
        if value is None:
            return None
        return Sealed(stored=value) if value else Sealed.fresh("", self.kind)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Encrypt for the row; what is unchanged stays as it is, whatever key it has."""
        del add
        value = getattr(model_instance, self.attname)
        if not isinstance(value, Sealed):
            return value
        place = self.place_of(model_instance)
        if value.stored is not None and value.place == place:
            return Stored(value.stored)
        text = value.reveal()
        if not text:
            return ""
        stored = seal(text, place)
        model_instance.__dict__[self.attname] = self.opened(stored, place)
        return Stored(stored)

    def get_prep_value(self, value: Any) -> str | None:
        """Let nothing through that is not encrypted."""
        if value is None or isinstance(value, Stored) or value == "":
            return None if value is None else str(value)
        raise UnboundError(f"{self} is encrypted with its row: use save() or bulk_create(), not update().")

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if hasattr(value, "as_sql"):
            raise UnboundError(f"{self} cannot be computed by the database, nor saved by bulk_update().")
        return super().get_db_prep_save(value, connection)

    def get_lookup(self, lookup_name: str) -> Any:
        return _LOOKUPS.get(lookup_name)

    def get_transform(self, lookup_name: str) -> None:
        del lookup_name

    def value_to_string(self, obj: models.Model) -> str:
        """The mask: what is exported is not a backup."""
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def save_form_data(self, instance: models.Model, data: Any) -> None:
        """A form that comes back with the mask it showed changes nothing."""
        value = getattr(instance, self.attname)
        if not (isinstance(value, Sealed) and value and data == str(value)):
            super().save_form_data(instance, data)

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_row(), *self._check_options()]

    def _check_row(self) -> list[checks.CheckMessage]:
        try:
            row = self.row_field
        except FieldDoesNotExist:
            return [checks.Error(f"bound_to names no field: {self.bound_to}", obj=self, id="huiqi.E001")]
        if isinstance(row, models.AutoField) or not row.unique or row.null:
            hint = "Bind it to a unique field that is known before the row is inserted."
            return [
                checks.Error(f"{row.name} does not tell rows apart in time", hint, obj=self, id="huiqi.E002")
            ]
        return []

    def _check_options(self) -> list[checks.CheckMessage]:
        if self.unique or self.choices or getattr(self, "db_index", False):
            return [checks.Error("encrypted text has no index and no choices", obj=self, id="huiqi.E003")]
        return []

    def _remember_row(self, instance: models.Model, **_: Any) -> None:
        """Bind what was read to the row it was read with, before anybody gives the instance another one."""
        value = instance.__dict__.get(self.attname)
        if not isinstance(value, Sealed) or value.stored is None or value.place is not None:
            return
        if self.row_field.attname in instance.__dict__:
            instance.__dict__[self.attname] = Sealed(stored=value.stored, place=self.place_of(instance))


class _AsStored(Exact):
    """Equal to "", or to one encrypted form: no look-up by text, whose encrypted form is never the same."""


class _SealedUnder(StartsWith):
    """Encrypted with the key of this id."""

    def get_prep_lookup(self) -> Any:
        return prefix_of(self.rhs)


_LOOKUPS: dict[str, Any] = {"exact": _AsStored, "isnull": IsNull, "sealed_under": _SealedUnder}
