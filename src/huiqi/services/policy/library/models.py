"""What is kept of the library: items, their revisions, the fact dictionary, editions of the whole, and what
people say of items.
"""

from django.db import models

from huiqi.foundation.storage.fields import EncryptedTextField, Kind
from huiqi.foundation.storage.immutable import ImmutableModel
from huiqi.services.policy.library.domain import MISTAKES


class Origin(models.TextChoices):
    """Who made a revision."""

    SEED = "seed", "随系统自带"
    IMPORTED = "imported", "导入"
    EDITED = "edited", "工作人员修订"


class PolicyItem(models.Model):
    """One support item under its stable id; ``current_number`` says which revision holds."""

    id = models.CharField(primary_key=True, max_length=80)
    current_number = models.PositiveIntegerField()
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(current_number__gte=1),
                name="item_points_at_a_revision",
                violation_error_message="政策事项必须指向一个版本。",
            ),
        )

    def __str__(self) -> str:
        return self.id


class ItemRevision(ImmutableModel):
    """One wording of one item: canonical JSON and its SHA-256."""

    item = models.ForeignKey(PolicyItem, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    content = models.TextField()
    origin = models.CharField(max_length=16, choices=Origin.choices)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("item", "number"), name="one_revision_a_number"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1),
                name="revision_number_from_one",
                violation_error_message="版本号从 1 开始。",
            ),
            models.CheckConstraint(
                condition=models.Q(origin__in=Origin.values),
                name="revision_origin_known",
                violation_error_message="版本来源只能是自带、导入或修订。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item_id} #{self.number}"


class DictionaryRevision(ImmutableModel):
    """One state of the fact dictionary every condition speaks."""

    number = models.PositiveIntegerField(unique=True)
    content_hash = models.CharField(max_length=64)
    content = models.TextField()
    origin = models.CharField(max_length=16, choices=Origin.choices)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(origin__in=Origin.values),
                name="dictionary_origin_known",
                violation_error_message="版本来源只能是自带、导入或修订。",
            ),
        )

    def __str__(self) -> str:
        return f"facts #{self.number}"


class Edition(ImmutableModel):
    """The whole library at one moment. Every change makes a new one, so a reader can tell in one query
    whether what it holds compiled is still what holds.
    """

    number = models.PositiveIntegerField(unique=True)
    content_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"edition {self.number}"


class ItemCheck(ImmutableModel):
    """Somebody compared a revision of an item with its source."""

    item = models.ForeignKey(PolicyItem, on_delete=models.PROTECT, related_name="checks")
    revision = models.PositiveIntegerField()
    checked_on = models.DateField()
    checked_by = models.CharField(max_length=40)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("item", "revision", "checked_on", "checked_by"), name="one_check_a_person_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.item_id} #{self.revision}, {self.checked_on}"


class MistakeReport(models.Model):
    """What a visitor says is wrong with an item; it is handled as the case under ``case_number``. ``contact``
    is personal data and goes after its time.
    """

    form_key = models.CharField(max_length=22, unique=True)
    case_number = models.CharField(max_length=24, unique=True)
    item = models.ForeignKey(PolicyItem, on_delete=models.PROTECT, related_name="reports")
    revision = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    text = models.TextField(blank=True)
    contact = EncryptedTextField(kind=Kind.PHONE, bound_to="form_key", blank=True)
    reported_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=[str(kind) for kind in MISTAKES]),
                name="report_kind_known",
                violation_error_message="请从列出的选项里选。",
            ),
        )

    def __str__(self) -> str:
        return f"report {self.case_number} on {self.item_id}"
