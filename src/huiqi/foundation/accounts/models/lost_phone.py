"""Requests to change the telephone number of an account whose number is lost."""

import uuid

from django.db import models
from django.db.models import F, Q

from huiqi.foundation.accounts.domain.lost_phone import ENDS, LONGEST_NOTE, PROOFS, Weight
from huiqi.foundation.accounts.domain.members import LONGEST_REASON
from huiqi.foundation.accounts.models.organisations import Organisation
from huiqi.foundation.accounts.models.people import Person
from huiqi.foundation.storage.fields import BlindIndexField, EncryptedTextField, Kind

_IS_OPEN = Q(ended_at__isnull=True)


class PhoneRequest(models.Model):
    """One member of staff asks, another agrees, then the number changes at its hour. Of the document that was
    seen its kind is kept, and no number of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form_key = models.CharField(max_length=22, unique=True, help_text="of the form it was opened with")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="phone_requests")
    weight = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Weight])
    old_phone = EncryptedTextField(kind=Kind.PHONE)
    new_phone = EncryptedTextField(kind=Kind.PHONE)
    new_phone_index = BlindIndexField(of="new_phone")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    expires_at = models.DateTimeField(help_text="if nobody agreed before")
    proof = models.CharField(max_length=20, choices=list(PROOFS.items()))
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    has_same_name = models.BooleanField(help_text="as on the document; false where the account has no name")
    removes_proofs = models.BooleanField(help_text="the second proof is lost as well")
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    approved_at = models.DateTimeField(null=True)
    effective_at = models.DateTimeField(null=True)
    checked = models.CharField(max_length=LONGEST_REASON, blank=True, help_text="what who agreed looked at")
    end = models.CharField(max_length=20, blank=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True, help_text="why it ended")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=_IS_OPEN,
                name="one_open_phone_request_an_account",
                violation_error_message="这个账号已经有一个换号申请在办。",
            ),
            models.UniqueConstraint(
                fields=("new_phone_index",),
                condition=_IS_OPEN,
                name="one_open_phone_request_a_number",
                violation_error_message="这个新号码已经写在另一个换号申请里。",
            ),
            models.CheckConstraint(
                condition=~Q(requested_by=F("person")),
                name="nobody_asks_for_their_own_number",
                violation_error_message="不能给自己提换号申请。",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | (~Q(decided_by=F("requested_by")) & ~Q(decided_by=F("person"))),
                name="another_agrees_to_a_phone_request",
                violation_error_message="核对的人不能是提出的人，也不能是本人。",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, effective_at__isnull=True)
                | Q(
                    decided_by__isnull=False,
                    approved_at__isnull=False,
                    effective_at__gte=F("approved_at"),
                ),
                name="a_number_changes_after_it_was_agreed",
                violation_error_message="先同意，到了时间才换号。",
            ),
            models.CheckConstraint(
                condition=Q(end="", ended_at__isnull=True) | Q(end__in=ENDS, ended_at__isnull=False),
                name="a_phone_request_has_one_end",
                violation_error_message="一个换号申请只能有一个结果。",
            ),
            models.CheckConstraint(
                condition=~Q(end="done") | Q(approved_at__isnull=False),
                name="no_number_changes_unagreed",
                violation_error_message="没有人同意的申请不能换号。",
            ),
        )

    def __str__(self) -> str:
        return f"phone request {self.pk}"
