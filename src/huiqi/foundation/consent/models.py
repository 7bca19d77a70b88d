"""What is kept: texts, consents with the words that were shown, and their revocations, all written once; and
what other people were asked for.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from huiqi.foundation.consent.domain import DATA_CLASSES, PURPOSES, RELATIONS, AskState
from huiqi.foundation.storage.fields import BlindIndexField, EncryptedTextField, Kind
from huiqi.foundation.storage.immutable import ImmutableModel

_PERSON = "accounts.Person"
_LONGEST_ID, _LONGEST_NAME, _LONGEST_CLASSES = 80, 120, 60
_OPEN = [str(AskState.WAITING), str(AskState.WITHDRAWN), str(AskState.DECLINED)]


class ConsentText(ImmutableModel):
    """One version of a text that was shown to be agreed to, word for word, with its blanks."""

    id = models.BigAutoField(primary_key=True)
    purpose = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    body = models.TextField()
    sm3 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"


class Consent(ImmutableModel):
    """Who lets whom see what, as it was signed. Parties are opaque; ``statement`` is what was shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form_key = models.CharField(max_length=22, unique=True, help_text="of the form it was given with")
    subject_id = models.CharField(max_length=_LONGEST_ID)
    subject_name = models.CharField(max_length=_LONGEST_NAME)
    grantee_id = models.CharField(max_length=_LONGEST_ID)
    grantee_name = models.CharField(max_length=_LONGEST_NAME)
    purpose = models.CharField(max_length=20)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(help_text="not included")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents")
    statement = models.TextField()
    sm3 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    signature_method = models.CharField(max_length=20)
    signature_words = models.CharField(max_length=400)
    signature_value = models.TextField()
    given_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    given_by_name = models.CharField(max_length=_LONGEST_NAME)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(purpose__in=list(PURPOSES)),
                name="consent_is_for_a_known_purpose",
                violation_error_message="没有这种用途。",
            ),
            models.CheckConstraint(
                condition=Q(until_at__gt=F("from_at")),
                name="a_consent_ends_after_it_begins",
                violation_error_message="到期的日子不能比开始的早。",
            ),
            models.CheckConstraint(
                condition=~Q(subject_id=F("grantee_id")),
                name="nobody_lets_themselves",
                violation_error_message="不能授权给自己。",
            ),
        )
        indexes = (
            models.Index(fields=("subject_id", "grantee_id", "purpose"), name="consent_between"),
            models.Index(fields=("grantee_id", "until_at"), name="consent_by_grantee"),
        )

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class ConsentedClass(ImmutableModel):
    """One class of data a consent lets be seen."""

    id = models.BigAutoField(primary_key=True)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="classes")
    data_class = models.CharField(max_length=2)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("consent", "data_class"),
                name="a_consent_says_a_class_once",
                violation_error_message="一类信息只写一次。",
            ),
            models.CheckConstraint(
                condition=Q(data_class__in=[each.id for each in DATA_CLASSES.values() if each.needs_consent]),
                name="consent_is_to_what_needs_it",
                violation_error_message="这类信息是公开的，不用授权。",
            ),
        )

    def __str__(self) -> str:
        return self.data_class


class ConsentRevocation(ImmutableModel):
    """The end of a consent. There is one at most, and it stands from when its transaction is committed."""

    id = models.BigAutoField(primary_key=True)
    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="revocation")
    revoked_at = models.DateTimeField()
    revoked_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    revoked_by_name = models.CharField(max_length=_LONGEST_NAME)

    def __str__(self) -> str:
        return f"{self.consent_id}"


class ConsentAsk(models.Model):
    """Another person is asked, by telephone number, for a consent of their own. ``classes`` are ids, joined
    by commas; what is agreed to is kept with the consent.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form_key = models.CharField(max_length=22, unique=True)
    asker_id = models.CharField(max_length=_LONGEST_ID, db_index=True)
    asker_name = models.CharField(max_length=_LONGEST_NAME)
    asked_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=20)
    phone = EncryptedTextField(kind=Kind.PHONE)
    phone_index = BlindIndexField(of="phone")
    grantee_id = models.CharField(max_length=_LONGEST_ID)
    grantee_name = models.CharField(max_length=_LONGEST_NAME)
    purpose = models.CharField(max_length=20)
    classes = models.CharField(max_length=_LONGEST_CLASSES)
    until_on = models.DateField()
    asked_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=str(AskState.WAITING))
    decided_at = models.DateTimeField(null=True)
    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="asked", null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state=str(AskState.GIVEN), consent__isnull=False)
                | Q(state__in=_OPEN, consent__isnull=True),
                name="only_what_was_agreed_to_has_a_consent",
                violation_error_message="同意了才有授权。",
            ),
            models.CheckConstraint(
                condition=Q(relation__in=list(RELATIONS)) & Q(purpose__in=list(PURPOSES)),
                name="an_ask_says_whom_and_what_for",
                violation_error_message="请写是配偶还是担保人，授权做什么用。",
            ),
            models.CheckConstraint(
                condition=Q(state=str(AskState.WAITING), decided_at__isnull=True)
                | (~Q(state=str(AskState.WAITING)) & Q(decided_at__isnull=False)),
                name="what_was_decided_says_when",
                violation_error_message="答复了就要记下什么时候。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.relation} {self.pk}"
