"""Whom another provider knows our people as."""

import uuid

from django.db import models

from huiqi.foundation.accounts.models.people import Person
from huiqi.foundation.storage.fields import BlindIndexField, EncryptedTextField


class ExternalIdentity(models.Model):
    """An account elsewhere that signs a person in here. It is made and ended, never changed.

    ``subject`` is a digest of issuer and subject (`domain.identities.Asserted.key`): a look-up by an
    encrypted field takes upper and lower case for the same, and a subject must not be.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=255)
    provider = models.CharField(max_length=40, help_text="what the provider was called then")
    subject = EncryptedTextField()
    subject_index = BlindIndexField(of="subject", unique=True)
    is_proven = models.BooleanField(help_text="connected by somebody who had given two proofs here")
    connected_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "issuer"),
                name="one_identity_of_a_provider",
                violation_error_message="您已经连接了一个这里的账号，请先解除。",
            ),
        )

    def __str__(self) -> str:
        return f"identity {self.pk}"
