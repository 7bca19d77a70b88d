"""What was ever said of a business, kept for ever; the value itself apart, because its owner may erase it."""

import uuid

from django.db import models
from django.db.models import Q

from huiqi.foundation.businesses.domain import SourceKind
from huiqi.foundation.businesses.models.businesses import Business
from huiqi.foundation.storage.fields import EncryptedTextField
from huiqi.foundation.storage.immutable import ImmutableModel

LONGEST_SOURCE = 60
LONGEST_EVIDENCE = 200


class FactRecord(ImmutableModel):
    """That ``source`` said something of a fact. ``digest`` is of the salt and the value in FactValue: it
    shows that the value is the one written then, and says nothing once both are erased. Empty where there
    never was a value: the owner took back what they had said.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="records")
    fact = models.CharField(max_length=60)
    source_kind = models.CharField(max_length=12, choices=[(each, each) for each in SourceKind])
    source = models.CharField(max_length=LONGEST_SOURCE)
    observed_on = models.DateField()
    valid_until = models.DateField(null=True)
    evidence = models.CharField(max_length=LONGEST_EVIDENCE, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("business", "fact"), name="facts_of_a_business"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(source_kind__in=list(SourceKind)),
                name="a_fact_has_a_known_kind_of_source",
                violation_error_message="信息要写明是部门数据、自己填的还是推算的。",
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="a_fact_has_a_source",
                violation_error_message="信息要写明来自哪里。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.fact} {self.key}"


class FactValue(models.Model):
    """The value of a record as JSON, encrypted: erased on request, never changed."""

    record = models.OneToOneField(
        FactRecord, on_delete=models.PROTECT, to_field="key", primary_key=True, related_name="kept"
    )
    salt = models.CharField(max_length=32)
    value = EncryptedTextField()

    def __str__(self) -> str:
        return str(self.pk)


class Dispute(models.Model):
    """The owner says that a record is wrong; how it stands is told by its case, whose subject is ``key``."""

    key = models.UUIDField(primary_key=True, editable=False)
    record = models.ForeignKey(FactRecord, on_delete=models.PROTECT, related_name="disputes")
    statement = EncryptedTextField()
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)
