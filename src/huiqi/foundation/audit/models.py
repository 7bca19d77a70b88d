"""What is kept: entries as they were written, the seals that chain them, and which still wait for theirs."""

from django.db import models

from huiqi.foundation.audit.domain import LONGEST_ID, LONGEST_NAME
from huiqi.foundation.storage.immutable import ImmutableModel


class AuditEntry(ImmutableModel):
    """Who did what to what. It has no place in the chain yet, so writers never wait for each other."""

    id = models.BigAutoField(primary_key=True)
    happened_at = models.DateTimeField()
    actor_id = models.CharField(max_length=LONGEST_ID)
    actor_name = models.CharField(max_length=LONGEST_NAME)
    organisation_id = models.CharField(max_length=LONGEST_ID)
    organisation_name = models.CharField(max_length=LONGEST_NAME)
    behalf_id = models.CharField(max_length=LONGEST_ID)
    behalf_name = models.CharField(max_length=LONGEST_NAME)
    verb = models.CharField(max_length=LONGEST_ID)
    subject_kind = models.CharField(max_length=LONGEST_ID)
    subject_id = models.CharField(max_length=LONGEST_ID)
    subject_name = models.CharField(max_length=LONGEST_NAME)
    reason = models.TextField()
    request_id = models.CharField(max_length=LONGEST_ID)
    changes = models.TextField(help_text="canonical JSON: {field: [before, after]}")
    party_id = models.CharField(max_length=LONGEST_ID, db_default="", help_text="whose data was read")
    party_name = models.CharField(max_length=LONGEST_NAME, db_default="")

    class Meta:
        indexes = (
            models.Index(fields=("subject_kind", "subject_id", "id"), name="audit_by_subject"),
            models.Index(fields=("actor_id", "id"), name="audit_by_actor"),
            models.Index(fields=("behalf_id", "id"), name="audit_by_behalf"),
            models.Index(fields=("happened_at", "id"), name="audit_by_moment"),
            models.Index(fields=("party_id", "id"), name="audit_by_party", condition=~models.Q(party_id="")),
            models.Index(
                fields=("request_id", "id"), name="audit_by_request", condition=~models.Q(request_id="")
            ),
        )

    def __str__(self) -> str:
        return f"entry {self.pk}"


class AuditSeal(ImmutableModel):
    """One link: number ``sequence`` of the chain, over the seal before and one entry.

    ``entry_id`` is no foreign key: a missing entry is what `verify` is there to find and name, and the
    check would make the sealer lock every entry. ``previous`` is SM3 and SHA-256 of the seal before, joined.
    """

    sequence = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    previous = models.CharField(max_length=128)
    sm3 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"seal {self.sequence}"


class AuditUnsealed(models.Model):
    """An entry that waits for its seal: a trigger adds it with the entry, the sealer removes it."""

    entry_id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return f"entry {self.entry_id} waits"
