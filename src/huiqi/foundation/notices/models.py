"""What is kept: notices, who got each, the messages that left the site, and what people chose."""

import uuid

from django.db import models

from huiqi.foundation.notices.domain import (
    LONGEST_BODY,
    LONGEST_SMS,
    LONGEST_TITLE,
    Channel,
    MailMode,
    Purpose,
    State,
)
from huiqi.foundation.storage.fields import EncryptedTextField, Kind

_PERSON = "accounts.Person"
_STATES, _PURPOSES, _CHANNELS, _MODES = (
    [each.value for each in kind] for kind in (State, Purpose, Channel, MailMode)
)
_HAS_NOTICE = [Purpose.NOTICE.value, Purpose.APOLOGY.value]


class Notice(models.Model):
    """What was said, in the exact words, for ever. ``key`` keeps it from being said twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=LONGEST_TITLE)
    body = models.CharField(max_length=LONGEST_BODY)
    sms = models.CharField(max_length=LONGEST_SMS, blank=True)
    link = models.CharField(max_length=200, blank=True)
    is_urgent = models.BooleanField()
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.CharField(max_length=LONGEST_TITLE, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=False, withdrawal_reason__gt="")
                | models.Q(withdrawn_at__isnull=True, withdrawal_reason=""),
                name="a_withdrawn_notice_says_why",
                violation_error_message="撤回消息要写原因。",
            ),
        )

    def __str__(self) -> str:
        return f"notice {self.pk}"


class Letter(models.Model):
    """A notice in somebody's list."""

    id = models.BigAutoField(primary_key=True)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="letters")
    person = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("notice", "person"),
                name="a_notice_is_in_a_list_once",
                violation_error_message="这个人已经有这条消息了。",
            ),
        )
        indexes = (
            models.Index(fields=("person", "-id"), name="letters_of_a_person"),
            models.Index(fields=("person",), condition=models.Q(read_at__isnull=True), name="letters_unread"),
        )

    def __str__(self) -> str:
        return f"letter {self.pk}"


class Announcement(models.Model):
    """A notice an organisation wrote itself. ``audience`` is who was told, in words; ``form_key`` makes a
    form sent twice one announcement.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="announcement")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=60)
    author_name = models.CharField(max_length=120)
    form_key = models.CharField(max_length=22, unique=True)

    def __str__(self) -> str:
        return f"announcement {self.pk}"


class Outgoing(models.Model):
    """One message to one person by one channel. Its words are made when it is sent, from its notice or from
    the messages bundled in it; where it goes is looked up then, too.
    """

    id = models.BigAutoField(primary_key=True)
    purpose = models.CharField(max_length=10, default=Purpose.NOTICE.value)
    channel = models.CharField(max_length=10)
    person = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, related_name="outgoing")
    bundle = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="bundled")
    state = models.CharField(max_length=10, default=State.WAITING.value)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("notice", "person", "channel", "purpose"),
                name="a_message_is_sent_once",
                violation_error_message="这条消息已经发给这个人了。",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose__in=_HAS_NOTICE, notice__isnull=False)
                | (~models.Q(purpose__in=_HAS_NOTICE) & models.Q(notice__isnull=True)),
                name="a_message_is_about_its_notice",
                violation_error_message="发出的消息要有内容。",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=_STATES, purpose__in=_PURPOSES, channel__in=_CHANNELS),
                name="a_message_is_of_a_known_sort",
                violation_error_message="没有这种发送状态。",
            ),
        )
        indexes = (
            models.Index(
                fields=("person",), condition=models.Q(state=State.HELD.value), name="outgoing_held"
            ),
        )

    def __str__(self) -> str:
        return f"message {self.pk}"


class Preference(models.Model):
    """What somebody chose. ``mail_nonce`` is what the code that confirms the address is made from."""

    person = models.OneToOneField(_PERSON, on_delete=models.PROTECT, primary_key=True, related_name="+")
    is_sms_wanted = models.BooleanField(default=True)
    mail_mode = models.CharField(max_length=10, default=MailMode.OFF.value)
    quiet_from = models.PositiveSmallIntegerField(null=True)
    quiet_until = models.PositiveSmallIntegerField(null=True)
    muted = models.JSONField(default=list)
    mail = EncryptedTextField(kind=Kind.TEXT, blank=True)
    mail_confirmed_at = models.DateTimeField(null=True)
    mail_nonce = models.CharField(max_length=40, blank=True)
    mail_asked_at = models.DateTimeField(null=True)
    mail_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(mail_mode__in=_MODES),
                name="mail_is_wanted_in_a_known_way",
                violation_error_message="没有这种收邮件的方式。",
            ),
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__lt=24, quiet_until__lt=24),
                name="quiet_hours_are_hours_of_a_day",
                violation_error_message="免打扰时间要写 0 到 23 点。",
            ),
        )

    def __str__(self) -> str:
        return f"preference of {self.person_id}"
