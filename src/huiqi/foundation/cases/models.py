"""What is kept: the case, its clocks with their pauses, its timeline, and which rungs were reached."""

import uuid

from django.db import models

from huiqi.foundation.cases.domain import LONGEST_NUMBER, LONGEST_TITLE, VISIBILITIES
from huiqi.foundation.storage.immutable import ImmutableModel


class CaseSequence(models.Model):
    """The last number given out in a year to a kind. Its row is locked until the case is there, so no number
    is lost with a transaction that failed.
    """

    year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=2)
    last = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("year", "code"), name="one_sequence_a_kind_a_year"),)

    def __str__(self) -> str:
        return f"{self.year}-{self.code}: {self.last}"


class Case(models.Model):
    """A case belongs to an organisation. ``due_on``, ``is_estimated`` and ``is_waiting`` repeat what the main
    clock says, so that lists need no clocks; ``version`` counts changes, so that of two writers one wins.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=LONGEST_NUMBER, unique=True)
    kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=80)
    state = models.CharField(max_length=40)
    title = models.CharField(max_length=LONGEST_TITLE)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    assignee = models.ForeignKey(
        "accounts.Membership", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    overseer = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    party_id = models.CharField(max_length=80, blank=True)
    party_name = models.CharField(max_length=120, blank=True)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    is_estimated = models.BooleanField(default=False)
    is_waiting = models.BooleanField(default=False)
    height = models.PositiveSmallIntegerField(default=0, help_text="how far up the ladder it is")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("kind", "subject_id"), name="one_case_a_subject"),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True)
                | models.Q(due_on__isnull=True, is_waiting=False, is_estimated=False),
                name="closed_case_waits_for_nothing",
                violation_error_message="已办结的件不再计时。",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True) | models.Q(closed_at__gte=models.F("opened_at")),
                name="case_is_closed_after_it_is_opened",
                violation_error_message="办结时间不能早于立件时间。",
            ),
        )
        indexes = (
            models.Index(fields=("organisation", "closed_at", "due_on", "id"), name="case_desk_ours"),
            models.Index(fields=("assignee", "closed_at", "due_on", "id"), name="case_desk_mine"),
            models.Index(
                fields=("organisation", "due_on", "id"),
                condition=models.Q(assignee__isnull=True, closed_at__isnull=True),
                name="case_desk_free",
            ),
            models.Index(
                fields=("overseer", "due_on"),
                condition=models.Q(overseer__isnull=False),
                name="case_desk_raised",
            ),
            models.Index(
                fields=("party_id", "-opened_at"), condition=~models.Q(party_id=""), name="case_of_party"
            ),
        )

    def __str__(self) -> str:
        return self.number


class CaseClock(models.Model):
    """One running of a clock, with its rule as it was then: a new rule changes no old promise."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks")
    rule = models.CharField(max_length=40)
    label = models.CharField(max_length=40)
    days = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=16)
    amber_left = models.PositiveSmallIntegerField()
    red_left = models.PositiveSmallIntegerField()
    started_on = models.DateField()
    stopped_on = models.DateField(null=True)
    due_on = models.DateField()
    is_estimated = models.BooleanField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case", "rule"),
                condition=models.Q(stopped_on__isnull=True),
                name="one_running_clock_a_rule",
                violation_error_message="这个时限已经在计时了。",
            ),
        )
        indexes = (
            models.Index(
                fields=("due_on", "id"), condition=models.Q(stopped_on__isnull=True), name="clock_running"
            ),
            models.Index(
                fields=("id",),
                condition=models.Q(stopped_on__isnull=True, is_estimated=True),
                name="clock_estimated",
            ),
        )

    def __str__(self) -> str:
        return f"{self.label} {self.due_on}"


class ClockPause(models.Model):
    """A clock stood still; the day of ``from_on`` is taken out, that of ``until_on`` counts again."""

    clock = models.ForeignKey(CaseClock, on_delete=models.PROTECT, related_name="pauses")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    reason = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("clock",),
                condition=models.Q(until_on__isnull=True),
                name="one_open_pause_a_clock",
                violation_error_message="已经在暂停了。",
            ),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="pause_ends_after_it_begins",
                violation_error_message="恢复的日期不能早于暂停的日期。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_on}: {self.reason}"


class CaseEvent(ImmutableModel):
    """One line of the timeline, written once. ``form_key`` makes a form sent twice one line."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events", db_index=False)
    happened_at = models.DateTimeField()
    verb = models.CharField(max_length=80)
    words = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    visibility = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=120)
    organisation_name = models.CharField(max_length=120, blank=True)
    form_key = models.CharField(max_length=22, null=True, blank=True, unique=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(visibility__in=[str(each) for each in VISIBILITIES]),
                name="event_is_seen_by_somebody_known",
                violation_error_message="请选谁能看到：双方，或只有内部。",
            ),
        )
        indexes = (models.Index(fields=("case", "id"), name="case_timeline"),)

    def __str__(self) -> str:
        return self.words


class ReachedRung(ImmutableModel):
    """A rung of the ladder that a running of a clock has reached: each is told once."""

    clock = models.ForeignKey(CaseClock, on_delete=models.PROTECT, related_name="rungs")
    rung = models.CharField(max_length=40)
    reached_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("clock", "rung"), name="each_rung_once_a_clock"),)

    def __str__(self) -> str:
        return self.rung
