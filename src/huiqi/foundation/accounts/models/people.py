"""People."""

import uuid

from django.db import models

from huiqi.foundation.storage.fields import BlindIndexField, EncryptedTextField, Kind


class Person(models.Model):
    """Somebody who signs in. Telephone and name are encrypted; a telephone number belongs to one person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    phone = EncryptedTextField(kind=Kind.PHONE)
    phone_index = BlindIndexField(of="phone", unique=True)
    name = EncryptedTextField(kind=Kind.NAME, blank=True)
    password = models.CharField(max_length=256, blank=True, help_text="a salted hash; empty for none")
    created_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, help_text="signs in no more from here on")

    def __str__(self) -> str:
        return f"{self.name or self.phone}"
