"""What is kept so that people can sign in: codes, second proofs, sessions. No row lets anybody in alone."""

import uuid

from django.db import models

from huiqi.foundation.accounts.fields import HashedKeyField
from huiqi.foundation.accounts.models.people import Person
from huiqi.foundation.storage.fields import EncryptedTextField

LONGEST_DEVICE = 60


class Session(models.Model):
    """One browser. The names of the first three are Django's; what is in a session is encrypted."""

    session_key = HashedKeyField(primary_key=True, max_length=64)
    session_data = EncryptedTextField(bound_to="handle")
    expire_date = models.DateTimeField(db_index=True)
    handle = models.UUIDField(unique=True, help_text="what a page may name the session by")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="sessions")
    device = models.CharField(max_length=LONGEST_DEVICE, blank=True)
    began_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"session {self.handle}"


class OneTimeCode(models.Model):
    """The code last sent to one number for one purpose and one browser; ``key`` and ``digest`` are keyed
    digests. It is deleted by whoever uses it.
    """

    key = models.CharField(primary_key=True, max_length=64)
    digest = models.CharField(max_length=64)
    ends_at = models.DateTimeField(db_index=True)
    tries_left = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(tries_left__gte=0),
                name="a_code_has_no_tries_below_zero",
                violation_error_message="这个验证码不能再试了。",
            ),
        )

    def __str__(self) -> str:
        return f"code until {self.ends_at}"


class Authenticator(models.Model):
    """An app that makes a code every half minute (RFC 6238); ``last_step`` is the last one taken."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="authenticators")
    secret = EncryptedTextField()
    last_step = models.BigIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, help_text="empty while it is being set up")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=models.Q(confirmed_at__isnull=False),
                name="one_authenticator_in_use",
                violation_error_message="您已经有一个动态码应用。",
            ),
            models.UniqueConstraint(
                fields=("person",),
                condition=models.Q(confirmed_at__isnull=True),
                name="one_authenticator_being_set_up",
                violation_error_message="您正在设置一个动态码应用。",
            ),
        )

    def __str__(self) -> str:
        return f"authenticator {self.pk}"


class Passkey(models.Model):
    """A key pair in somebody's device (WebAuthn); only its public half is here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="passkeys")
    credential = models.CharField(max_length=1400, unique=True, help_text="base64url")
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    device = models.CharField(max_length=LONGEST_DEVICE, blank=True)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"passkey {self.pk}"


class RecoveryCode(models.Model):
    """One of the codes for the day the second proof is lost; deleted by whoever uses it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "digest"),
                name="one_recovery_code_once",
                violation_error_message="备用码重复了。",
            ),
        )

    def __str__(self) -> str:
        return f"recovery code {self.pk}"
