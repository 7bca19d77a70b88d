"""Organisations and their members."""

import uuid

from django.db import models

from huiqi.foundation.accounts.domain.members import ADMINISTRATORS
from huiqi.foundation.accounts.domain.organisations import KINDS, LONGEST_ORGANISATION_NAME
from huiqi.foundation.accounts.models.people import Person


class Organisation(models.Model):
    """A party: a department, a bank with its branches, a business. Others know it by ``id`` alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=[(kind.id, kind.label) for kind in KINDS.values()])
    name = models.CharField(max_length=LONGEST_ORGANISATION_NAME)
    division = models.CharField(max_length=6, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="branches")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=list(KINDS)),
                name="organisation_is_of_a_known_kind",
                violation_error_message="没有这种单位类型。",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person in one role of one organisation, from a moment until a moment; a new one follows an old."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "organisation", "role"),
                condition=models.Q(until_at__isnull=True),
                name="one_membership_a_role_at_a_time",
                violation_error_message="这个人已经有这个身份了。",
            ),
            models.UniqueConstraint(
                fields=("person",),
                condition=models.Q(until_at__isnull=True, role__in=sorted(ADMINISTRATORS)),
                name="nobody_is_two_administrators",
                violation_error_message="系统、安全、审计三种管理员，一个人只能当一种。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"
