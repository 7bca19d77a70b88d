"""经营主体: known by an id that outlives its credit code."""

import uuid

from django.db import models
from django.db.models import F, Q


class Business(models.Model):
    """A business this site serves. ``id`` is that of its party in accounts, so that members, mandates and
    cases speak of the same one; it stays when the code changes (个转企) and before there is one (想开店的).
    """

    id = models.UUIDField(primary_key=True, editable=False)
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


class BusinessCode(models.Model):
    """A credit code of a business from a day until a day; ``until_on`` is the first day without it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="codes")
    credit_code = models.CharField(max_length=18)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("credit_code",),
                condition=Q(until_on__isnull=True),
                name="a_code_is_of_one_business",
                violation_error_message="这个代码已经绑定在另一家经营主体上。",
            ),
            models.UniqueConstraint(
                fields=("business",),
                condition=Q(until_on__isnull=True),
                name="a_business_has_one_code_at_a_time",
                violation_error_message="这家经营主体已经有一个在用的代码。",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="a_code_ends_after_it_begins",
                violation_error_message="代码停用的日子不能比启用的早。",
            ),
        )

    def __str__(self) -> str:
        return self.credit_code
