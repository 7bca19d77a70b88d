"""Mandates."""

import uuid

from django.db import models
from django.db.models import F, Q

from huiqi.foundation.accounts.domain.mandates import LONGEST_EVIDENCE, MANDATE_KINDS
from huiqi.foundation.accounts.models.organisations import Organisation
from huiqi.foundation.accounts.models.people import Person


class Mandate(models.Model):
    """Who lets whom act for them, from a day until a day, both included; what it allows is its verbs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form_key = models.CharField(max_length=22, unique=True, help_text="of the form it was granted with")
    kind = models.CharField(max_length=20, choices=[(kind.id, kind.label) for kind in MANDATE_KINDS.values()])
    principal_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="mandates_given", null=True
    )
    principal_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="mandates_given", null=True
    )
    agent_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="mandates_held", null=True
    )
    agent_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="mandates_held", null=True
    )
    from_on = models.DateField()
    until_on = models.DateField()
    evidence = models.CharField(max_length=LONGEST_EVIDENCE)
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    revoked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=list(MANDATE_KINDS)),
                name="mandate_is_of_a_known_kind",
                violation_error_message="没有这种委托。",
            ),
            models.CheckConstraint(
                condition=Q(principal_organisation__isnull=True) ^ Q(principal_person__isnull=True),
                name="a_mandate_has_one_principal",
                violation_error_message="委托人只能是一个单位或一个人。",
            ),
            models.CheckConstraint(
                condition=Q(agent_organisation__isnull=True) ^ Q(agent_person__isnull=True),
                name="a_mandate_has_one_agent",
                violation_error_message="受托人只能是一个单位或一个人。",
            ),
            models.CheckConstraint(
                condition=Q(principal_organisation__isnull=True)
                | Q(agent_organisation__isnull=True)
                | ~Q(agent_organisation=F("principal_organisation")),
                name="no_organisation_is_its_own_agent",
                violation_error_message="不能委托自己。",
            ),
            models.CheckConstraint(
                condition=Q(principal_person__isnull=True)
                | Q(agent_person__isnull=True)
                | ~Q(agent_person=F("principal_person")),
                name="nobody_is_their_own_agent",
                violation_error_message="不能委托自己。",
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="a_mandate_ends_after_it_begins",
                violation_error_message="到期的日子不能比开始的早。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class MandateVerb(models.Model):
    """One thing a mandate allows."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="verbs")
    verb = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("mandate", "verb"),
                name="a_mandate_says_a_thing_once",
                violation_error_message="一件事只写一次。",
            ),
        )

    def __str__(self) -> str:
        return self.verb
