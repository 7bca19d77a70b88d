"""How members come in, who stands in for them, and who of support looked at what they see."""

import uuid

from django.db import models
from django.db.models import F, Q

from huiqi.foundation.accounts.domain.members import LONGEST_REASON
from huiqi.foundation.accounts.models.organisations import Membership, Organisation
from huiqi.foundation.accounts.models.people import Person
from huiqi.foundation.storage.fields import BlindIndexField, EncryptedTextField, Kind

_UNDECIDED = Q(accepted_at__isnull=True, withdrawn_at__isnull=True)
_AGREED = Q(needs_approval=False) | Q(approved_at__isnull=False)
_BY_ANOTHER = ~Q(accepted_by=F("invited_by")) & (
    Q(approved_by__isnull=True) | ~Q(accepted_by=F("approved_by"))
)


class Invitation(models.Model):
    """An invitation of a telephone number to a role. Of the secret in its link only SHA-256 is kept: it has
    256 random bits, so its digest needs no salt.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=20)
    phone = EncryptedTextField(kind=Kind.PHONE)
    phone_index = BlindIndexField(of="phone")
    secret_hash = models.CharField(max_length=64, unique=True)
    needs_approval = models.BooleanField()
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    approved_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True, help_text="when it was put aside, by whomever")
    is_declined = models.BooleanField(default=False, help_text="put aside by who was invited")
    reason = models.CharField(max_length=LONGEST_REASON, blank=True, help_text="why it was not agreed to")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "phone_index", "role"),
                condition=_UNDECIDED,
                name="one_undecided_invitation_a_role",
                violation_error_message="这个号码已经有一个还没用的邀请。",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="an_invitation_has_one_end",
                violation_error_message="一个邀请不能既接受又撤回。",
            ),
            models.CheckConstraint(
                condition=Q(is_declined=False) | Q(withdrawn_at__isnull=False),
                name="what_is_declined_is_put_aside",
                violation_error_message="谢绝了的邀请不能再用。",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | _AGREED,
                name="no_role_without_the_second_pair_of_eyes",
                violation_error_message="这个身份要安全管理员同意后才能接受。",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("invited_by")),
                name="who_invites_does_not_agree",
                violation_error_message="同意的人不能就是邀请的人。",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | _BY_ANOTHER,
                name="nobody_gives_themselves_a_role",
                violation_error_message="谁也不能给自己身份。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"


class Deputy(models.Model):
    """Who acts for an absent member from a day until a day, both included."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    absent = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="deputising")
    from_on = models.DateField()
    until_on = models.DateField()
    reason = models.CharField(max_length=LONGEST_REASON)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(deputy=F("absent")),
                name="nobody_is_their_own_deputy",
                violation_error_message="不能自己代自己。",
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="an_absence_ends_after_it_begins",
                violation_error_message="结束的日子不能比开始的早。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_on} {self.pk}"


class SupportLook(models.Model):
    """A support member sees the site as somebody sees it, in one of their roles or as a person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    support = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    seen = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="looks")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=LONGEST_REASON)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(support=F("seen")),
                name="support_sees_as_others",
                violation_error_message="不能代看自己。",
            ),
            models.CheckConstraint(
                condition=Q(until_at__gt=F("from_at")),
                name="a_look_ends_after_it_begins",
                violation_error_message="代看要有期限。",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="a_look_has_a_reason",
                violation_error_message="代看要写明原因。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_at} {self.pk}"
