"""What is kept: proposals, and the versions and calling-offs that two people agreed to, written once."""

import uuid

from django.db import models
from django.db.models import F, Q

from huiqi.foundation.parameters.domain import LONGEST_DOCUMENT, LONGEST_REASON, LONGEST_VALUE, State
from huiqi.foundation.storage.immutable import ImmutableModel

_PERSON = "accounts.Person"
_WAITING, _WITHDRAWN = str(State.WAITING), str(State.WITHDRAWN)
_DECIDED = [str(State.APPROVED), str(State.REFUSED)]
_LONGEST_KEY = 80


class ParameterProposal(models.Model):
    """One person wants a value from a day on, or a version that is still ahead called off; another decides.
    ``value`` is empty where something is called off.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=_LONGEST_KEY)
    value = models.CharField(max_length=LONGEST_VALUE, blank=True)
    from_on = models.DateField()
    reason = models.CharField(max_length=LONGEST_REASON)
    document = models.CharField(max_length=LONGEST_DOCUMENT, blank=True)
    calls_off = models.ForeignKey(
        "ParameterVersion", on_delete=models.PROTECT, null=True, related_name="proposals"
    )
    proposed_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=_WAITING)
    decided_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=LONGEST_REASON, blank=True, help_text="why it was refused")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="nobody_decides_on_their_own_proposal",
                violation_error_message="自己提的不能自己同意，要请另一个人。",
            ),
            models.CheckConstraint(
                condition=Q(state=_WAITING, decided_at__isnull=True, decided_by__isnull=True)
                | Q(state=_WITHDRAWN, decided_at__isnull=False, decided_by__isnull=True)
                | Q(state__in=_DECIDED, decided_at__isnull=False, decided_by__isnull=False),
                name="what_is_decided_says_when_and_by_whom",
                violation_error_message="同意或不同意，要记下是谁、什么时候。",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="a_proposal_has_a_reason",
                violation_error_message="请写一句为什么要改。",
            ),
            models.CheckConstraint(
                condition=Q(calls_off__isnull=True) | Q(value=""),
                name="a_proposal_sets_or_calls_off",
                violation_error_message="要么改数，要么取消，不能两样一起。",
            ),
            models.UniqueConstraint(
                fields=("key",),
                condition=Q(state=_WAITING),
                name="one_waiting_proposal_a_parameter",
                violation_error_message="这个数已经有一个修改在等同意。",
            ),
        )
        indexes = (models.Index(fields=("key", "proposed_at"), name="parameter_proposals"),)

    def __str__(self) -> str:
        return f"{self.key} {self.from_on}"


class ParameterVersion(ImmutableModel):
    """A value that two people agreed to, in force from a day on."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=_LONGEST_KEY)
    value = models.CharField(max_length=LONGEST_VALUE)
    from_on = models.DateField()
    proposal = models.OneToOneField(ParameterProposal, on_delete=models.PROTECT, related_name="version")

    def __str__(self) -> str:
        return f"{self.key} {self.from_on}"


class ParameterCallingOff(ImmutableModel):
    """A version that never came into force, because two people agreed so while it was still ahead."""

    version = models.OneToOneField(ParameterVersion, on_delete=models.PROTECT, related_name="calling_off")
    proposal = models.OneToOneField(ParameterProposal, on_delete=models.PROTECT, related_name="calling_off")

    def __str__(self) -> str:
        return f"{self.version_id}"
