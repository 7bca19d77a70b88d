"""PDFs that were issued with a number."""

import uuid

from django.db import models

from huiqi.foundation.documents.domain.prints import TEMPLATES
from huiqi.foundation.documents.models.contents import Document
from huiqi.foundation.storage.fields import EncryptedTextField


class Issued(models.Model):
    """One issued PDF: genuine for ever, in force until it is superseded or revoked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=60, unique=True)
    template = models.CharField(max_length=20, choices=list(TEMPLATES.items()))
    title = models.CharField(max_length=60)
    made_from = models.CharField(max_length=64, help_text="SHA-256 of template and content")
    check_code = EncryptedTextField()
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="issued")
    issuer_id = models.CharField(max_length=80, blank=True)
    issuer_name = models.CharField(max_length=120)
    issued_at = models.DateTimeField()
    superseded_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="supersedes"
    )
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True) ^ ~models.Q(revoked_reason=""),
                name="a_revocation_has_its_reason",
                violation_error_message="撤销要写明原因。",
            ),
        )

    def __str__(self) -> str:
        return self.number
