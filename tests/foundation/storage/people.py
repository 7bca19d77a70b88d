"""Tables of the tests' own with encrypted fields: no room has them, and the site does not know them."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.db import connection, models
from django.test.utils import isolate_apps

from huiqi.foundation.storage.fields import BlindIndexField, EncryptedTextField, Kind, keyring


def people() -> SimpleNamespace:
    """A person told apart by a UUID; a letter by the key of the form it came with."""

    class Person(models.Model):
        id = models.UUIDField(primary_key=True, default=uuid.uuid4)
        name = EncryptedTextField(kind=Kind.NAME)
        phone = EncryptedTextField(kind=Kind.PHONE, blank=True)
        phone_index = BlindIndexField(of="phone")
        card = EncryptedTextField(kind=Kind.IDENTITY, null=True)
        account = EncryptedTextField(kind=Kind.ACCOUNT, null=True)
        note = EncryptedTextField(null=True)
        town = models.CharField(max_length=20, default="")

        class Meta:
            app_label = "storage"

        def __str__(self) -> str:
            return f"{self.name} {self.phone}"

    class Letter(models.Model):
        form_key = models.CharField(max_length=22, unique=True)
        contact = EncryptedTextField(kind=Kind.PHONE, bound_to="form_key", blank=True)

        class Meta:
            app_label = "storage"

        def __str__(self) -> str:
            return self.form_key

    return SimpleNamespace(Person=Person, Letter=Letter)


with isolate_apps("huiqi.foundation.storage"):
    _made = people()
Person: Any = _made.Person
Letter: Any = _made.Letter
TABLES = (Person, Letter)


@contextmanager
def tables_made() -> Iterator[None]:
    """The tables, for as long as a test: also in its transaction, where SQLite's schema editor will not."""
    editor = connection.schema_editor()
    editor.deferred_sql = []
    with connection.cursor() as cursor:
        for table in TABLES:
            sql, parameters = editor.table_sql(table)
            cursor.execute(sql, parameters or None)
    yield
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"DROP TABLE {table._meta.db_table}")


def raw(table: Any, column: str) -> list[str | None]:
    """What the database itself holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table._meta.db_table} ORDER BY {column}")  # noqa: S608 - ours
        return [row[0] for row in cursor.fetchall()]


def key_file(settings: Any, folder: Path, cipher: keyring.Cipher = keyring.Cipher.AES) -> Path:
    """Keys of this test's own."""
    settings.HUIQI_KEYS = folder / "keys" / "field-keys.json"
    settings.HUIQI_CIPHER = str(cipher)
    return settings.HUIQI_KEYS
