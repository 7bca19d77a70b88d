"""Contents, and the documents that have them."""

import uuid

from django.db import models

from huiqi.foundation.documents.domain.kinds import KINDS
from huiqi.foundation.documents.domain.states import LABELS, ScanState
from huiqi.foundation.storage.fields import EncryptedTextField

LONGEST_NAME = 120


class Content(models.Model):
    """The bytes of one or more documents, told apart by their SHA-256, encrypted with a key of their own.

    The key is encrypted as any personal datum: keys rotate without touching a file, and with the row goes the
    only way to read what a backup may still hold.
    """

    sha256 = models.CharField(primary_key=True, max_length=64)
    sm3 = models.CharField(max_length=64)
    size = models.BigIntegerField(help_text="bytes, before encryption")
    kind = models.CharField(max_length=10, choices=[(kind.id, kind.label) for kind in KINDS.values()])
    place = models.CharField(max_length=100, unique=True, help_text="name of the file on the shelf")
    key = EncryptedTextField()
    state = models.CharField(max_length=10, choices=list(LABELS.items()))
    threat = models.CharField(max_length=200, blank=True)
    kept_at = models.DateTimeField()
    scanned_at = models.DateTimeField(null=True)
    is_own = models.BooleanField(default=False, help_text="made by the site itself")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=[str(state) for state in ScanState]),
                name="content_stands_with_the_scanner",
                violation_error_message="没有这种查毒状态。",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="clean")
                | models.Q(scanned_at__isnull=False)
                | models.Q(is_own=True),
                name="clean_content_was_scanned_or_is_own",
                violation_error_message="没有查过毒的文件不能算干净。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"


class Document(models.Model):
    """One file of one holder. ``form_key`` and ``position`` are those of the form it came with: sent twice,
    it is one document.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    holder_kind = models.CharField(max_length=30)
    holder_id = models.CharField(max_length=80)
    organisation_id = models.CharField(max_length=80, blank=True)
    uploader_id = models.CharField(max_length=80)
    name = models.CharField(max_length=LONGEST_NAME)
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="documents")
    sent_sha256 = models.CharField(max_length=64)
    form_key = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("holder_kind", "holder_id"), name="documents_of_a_holder"),)
        constraints = (
            models.UniqueConstraint(
                fields=("form_key", "position"),
                name="a_form_sent_twice_is_one_document",
                violation_error_message="这个文件已经收到了。",
            ),
        )

    def __str__(self) -> str:
        return self.name
