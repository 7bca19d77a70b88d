"""Which keys are in use, and moving everything encrypted to the current one, a batch at a time."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models.functions import Substr

from huiqi.foundation.storage.fields.blind import BlindIndexField
from huiqi.foundation.storage.fields.encrypted import EncryptedTextField, Stored
from huiqi.foundation.storage.fields.errors import SealError
from huiqi.foundation.storage.fields.keyring import ID_LENGTH, add_key, keyring, make_keyring, remove_key
from huiqi.foundation.storage.fields.sealed import Sealed
from huiqi.foundation.storage.fields.sealing import KEY_AT, Place, seal, unseal

BATCH = 200


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """One encrypted field of one table, and the blind indexes over it."""

    model: type[models.Model]
    field: EncryptedTextField
    indexes: tuple[BlindIndexField, ...]

    @property
    def rows(self) -> "models.QuerySet[Any]":
        """Rows that hold something."""
        manager = self.model._base_manager
        return manager.exclude(**{self.field.name: ""}).exclude(**{f"{self.field.name}__isnull": True})

    def under(self, key_id: str) -> "models.QuerySet[Any]":
        """Rows where the value or an index was made with this key."""
        asked = models.Q()
        for field in (self.field, *self.indexes):
            asked |= models.Q(**{f"{field.name}__sealed_under": key_id})
        return self.rows.filter(asked)

    def not_under(self, key_id: str) -> "models.QuerySet[Any]":
        """Rows where the value or an index was not made with this key."""
        asked = models.Q()
        for field in (self.field, *self.indexes):
            asked |= ~models.Q(**{f"{field.name}__sealed_under": key_id})
        return self.rows.filter(asked)


@dataclass(frozen=True, slots=True)
class Moved:
    """How far a rotation has come. ``stuck`` counts values that do not open and stay as they are."""

    done: int
    left: int
    stuck: int


def sealed_columns(tables: Iterable[type[models.Model]]) -> tuple[SealedColumn, ...]:
    """Every encrypted field of these models."""
    return tuple(
        SealedColumn(model, field, _indexes(model, field))
        for model in tables
        if not model._meta.proxy
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedTextField)
    )


def keys_in_use(columns: Iterable[SealedColumn]) -> Counter[str]:
    """How many values are encrypted with each key, by its id; whether the key is there or not."""
    counts: Counter[str] = Counter()
    for column in columns:
        key_id = Substr(column.field.name, KEY_AT + 1, ID_LENGTH, output_field=models.CharField())
        told = column.rows.annotate(key_id=key_id).values_list("key_id").annotate(models.Count("pk"))
        counts.update(dict(told.order_by()))
    return counts


def check_keys(columns: Iterable[SealedColumn]) -> None:
    """Make the file of keys where there is none; MissingKeyError where the database needs one it lacks."""
    used = keys_in_use(columns)
    ring = keyring()
    for key_id in used:
        ring.named(key_id)
    make_keyring()


def rotate(columns: Iterable[SealedColumn], now: datetime, batch: int = BATCH) -> Iterator[Moved]:
    """Encrypt everything with a new key, or go on where a rotation was broken off; tells after every batch.

    Every batch is one transaction and every value is replaced only if it is still the one that was read, so
    pages may go on saving and a kill loses nothing.
    """
    chosen = tuple(columns)
    is_first = not keyring().keys
    check_keys(chosen)
    if not is_first and _left(chosen) == 0:
        add_key(now)
    done = stuck = 0
    whole = _left(chosen)
    yield Moved(done, whole, stuck)
    for column in chosen:
        for moved, failed in _move(column, batch):
            done, stuck = done + moved, stuck + failed
            yield Moved(done, max(0, whole - done), stuck)
    yield Moved(done, _left(chosen), stuck)


def forget_key(columns: Iterable[SealedColumn], key_id: str, now: datetime) -> None:
    """Remove a key nothing is encrypted with; SealError tells why it stays."""
    used = sum(column.under(key_id).count() for column in columns)
    if used:
        raise SealError(f"还有 {used} 处内容用密钥 {key_id} 加密，不能删除。请先执行 huiqi keys rotate。")
    remove_key(key_id, now)


def seal_plain(model: type[models.Model], name: str) -> None:
    """Encrypt what a migration found in the column as plain text."""
    for row, stored, place in _stored_in(model, name):
        row.filter(**{name: Stored(stored)}).update(**{name: Stored(seal(stored, place))})


def open_sealed(model: type[models.Model], name: str) -> None:
    """Put plain text back, for a migration that is undone."""
    for row, stored, place in _stored_in(model, name):
        row.filter(**{name: Stored(stored)}).update(**{name: Stored(unseal(stored, place))})


def _stored_in(model: type[models.Model], name: str) -> Iterator[tuple["models.QuerySet[Any]", str, Place]]:
    (column,) = (column for column in sealed_columns([model]) if column.field.name == name)
    for row in column.rows.order_by("pk"):
        yield model._base_manager.filter(pk=row.pk), row.__dict__[name].stored, column.field.place_of(row)


def _left(columns: Iterable[SealedColumn]) -> int:
    """Values under any other key than the current one."""
    current = keyring().current
    return sum(column.not_under(current).count() for column in columns)


def _move(column: SealedColumn, batch: int) -> Iterator[tuple[int, int]]:
    old = column.not_under(keyring().current)
    after: Any = None
    while True:
        page = old if after is None else old.filter(pk__gt=after)
        with transaction.atomic():
            rows = list(page.order_by("pk")[:batch])
            told = Counter(_moved(column, row) for row in rows)
        if not rows:
            return
        after = rows[-1].pk
        yield told[True], told[None]


def _moved(column: SealedColumn, row: models.Model) -> bool | None:
    """True when encrypted anew, False when somebody else changed it meanwhile, None when it does not open."""
    field = column.field
    value = row.__dict__[field.attname]
    if not isinstance(value, Sealed) or value.stored is None:
        return False
    place = field.place_of(row)
    try:
        text = unseal(value.stored, place)
    except SealError:
        return None
    anew: dict[str, Stored | None] = {field.name: Stored(seal(text, place))}
    ring = keyring()
    anew |= {index.name: index.digests(text, [ring.named(ring.current)])[0] for index in column.indexes}
    same = column.model._base_manager.filter(pk=row.pk, **{field.name: Stored(value.stored)})
    return bool(same.update(**anew))


def _indexes(model: type[models.Model], field: EncryptedTextField) -> tuple[BlindIndexField, ...]:
    fields = model._meta.local_concrete_fields
    return tuple(other for other in fields if isinstance(other, BlindIndexField) and other.of == field.name)
