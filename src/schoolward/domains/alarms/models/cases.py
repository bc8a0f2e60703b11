"""Cases: signals that belong together, what was done about them, and how each ended."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.models import RecordClass


class CaseKind(models.TextChoices):
    """Why a case exists."""

    ALARM = "alarm", _("Alarm")
    SUPERVISION = "supervision", _("Supervision lost")
    SCHEDULE = "schedule", _("Opening or closing against the schedule")
    RUNAWAY = "runaway", _("Runaway: far too many signals")
    UNKNOWN = "unknown", _("Unknown account or code")
    SECURITY = "security", _("Receiver security")
    RECEIVER = "receiver", _("The receiver itself")


class CaseState(models.TextChoices):
    """Where a case stands."""

    WAITING = "waiting", _("Waiting")
    CLAIMED = "claimed", _("Claimed")
    CLOSED = "closed", _("Closed")


class Disposition(models.TextChoices):
    """How a case ended. M4 counts as false whatever is neither crime, attempt nor authorised test."""

    CRIME = "crime", _("Crime")
    ATTEMPT = "attempt", _("Attempt")
    EMERGENCY = "emergency", _("Fire or medical emergency")
    FALSE = "false", _("False alarm")
    TEST = "test", _("Authorized test")
    UNFOUNDED = "unfounded", _("Nothing found")
    TECHNICAL = "technical", _("Technical: no activation")


class Cause(models.TextChoices):
    """What set it off, one key each at the desk."""

    INTRUDER = "intruder", _("Intruder")
    USER_ERROR = "user_error", _("User error at entry or exit")
    STAFF_ON_SITE = "staff_on_site", _("Staff on an armed site")
    HVAC = "hvac", _("Heating, cooling, moving air")
    DECORATION = "decoration", _("Hanging decoration or loose poster")
    WEATHER = "weather", _("Weather")
    ANIMAL = "animal", _("Animal or insect")
    EQUIPMENT = "equipment", _("Equipment")
    POWER = "power", _("Power")
    LINE = "line", _("Communication line")
    CONTRACTOR = "contractor", _("Contractor or cleaning")
    TEST = "test", _("Test or service")
    FIRE = "fire", _("Fire or smoke")
    MEDICAL = "medical", _("Medical")
    UNKNOWN = "unknown", _("Not found out")


class Case(models.Model):
    """Something that an operator must answer. It closes only with disposition and cause."""

    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=12, choices=CaseKind.choices)
    signal_kind = models.CharField(max_length=16, help_text=_("The gravest kind among its signals."))
    state = models.CharField(max_length=8, choices=CaseState.choices, default=CaseState.WAITING)
    system = models.ForeignKey(
        "alarms.AlarmSystem", null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    campus = models.ForeignKey(
        "places.Campus", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    zone = models.ForeignKey(
        "alarms.Zone", null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    partition = models.CharField(max_length=8, blank=True)
    plan = models.ForeignKey(
        "alarms.ActionPlan",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The plan that held when it was opened; a plan that changes later changes no open case."),
    )
    source_key = models.CharField(
        max_length=120,
        blank=True,
        help_text=_("What may open only one case, e.g. an unknown account on a day. Blank for alarms."),
    )
    shape = models.JSONField(
        default=dict, help_text=_("What grouping has to remember about its signals (`builder.grouping`).")
    )
    title = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    opened_on = models.DateField(help_text=_("The local day."))
    last_signal_at = models.DateTimeField()
    signal_count = models.PositiveIntegerField(default=0)
    urgency = models.PositiveSmallIntegerField(
        default=0, help_text=_("0 to 100; of the case, never of a person.")
    )
    """Without what it has waited, as ``reasons``: that is reckoned on looking (`queries.queue`)."""
    reasons = models.JSONField(default=list, help_text=_("Why it stands where it stands in the queue."))
    verification_level = models.PositiveSmallIntegerField(
        default=1, help_text=_("AVS-01 level 0 to 4, recomputed from the entries.")
    )
    is_test = models.BooleanField(default=False)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    first_answer_at = models.DateTimeField(null=True, blank=True)
    escalated_level = models.PositiveSmallIntegerField(
        default=0, help_text=_("How often it was escalated because nobody answered it.")
    )
    police_dispatched_at = models.DateTimeField(null=True, blank=True)
    guard_dispatched_at = models.DateTimeField(null=True, blank=True)
    aborted_at = models.DateTimeField(null=True, blank=True)
    verified_before_dispatch = models.BooleanField(default=False)
    disposition = models.CharField(max_length=10, choices=Disposition.choices, blank=True)
    cause = models.CharField(max_length=14, choices=Cause.choices, blank=True)
    cause_role = models.CharField(
        max_length=40, blank=True, help_text=_("The role of whoever set it off; never a name.")
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    record_class = models.CharField(
        max_length=24, choices=RecordClass.choices, default=RecordClass.FACILITY, editable=False
    )
    generated = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("alarm case")
        ordering = ["-opened_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-urgency"], condition=~Q(state="closed"), name="case_queue"),
            models.Index(fields=["opened_on", "kind"], name="case_day"),
            models.Index(fields=["campus", "opened_on"], name="case_campus"),
            models.Index(fields=["zone", "opened_on"], condition=Q(zone__isnull=False), name="case_zone"),
            models.Index(
                fields=["system", "partition"], condition=~Q(state="closed"), name="case_open_of_system"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source_key"], condition=~Q(source_key=""), name="case_of_its_source_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=CaseKind.values), name="case_kind_known"),
            models.CheckConstraint(condition=Q(urgency__lte=100), name="case_urgency_to_100"),
            models.CheckConstraint(condition=Q(verification_level__lte=4), name="case_level_to_4"),
            models.CheckConstraint(
                condition=~Q(state=CaseState.CLOSED)
                | (Q(closed_at__isnull=False) & ~Q(disposition="") & ~Q(cause="")),
                name="case_closes_with_disposition_and_cause",
            ),
            models.CheckConstraint(
                condition=Q(state=CaseState.CLOSED) | Q(closed_at__isnull=True),
                name="case_open_has_no_end",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="case_times_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.CLAIMED) | Q(claimed_by__isnull=False),
                name="case_claimed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class EntryKind(models.TextChoices):
    """What an entry of a case tells."""

    OPENED = "opened", _("Opened")
    SIGNAL = "signal", _("Signal")
    CLAIMED = "claimed", _("Claimed")
    RELEASED = "released", _("Given back")
    STEP = "step", _("Step done")
    SKIPPED = "skipped", _("Step not possible")
    CALL = "call", _("Call")
    EVIDENCE = "evidence", _("Evidence")
    DISPATCHED_POLICE = "dispatched_police", _("Police sent")
    DISPATCHED_GUARD = "dispatched_guard", _("Guard sent")
    ABORTED = "aborted", _("Called off")
    NOTE = "note", _("Note")
    ESCALATED = "escalated", _("Escalated")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Opened again")


class CaseEntry(models.Model):
    """One thing that happened in a case. Never changed; its number is what a desk resumes from."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=18, choices=EntryKind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=200, blank=True)
    step = models.ForeignKey(
        "alarms.PlanStep", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.CharField(max_length=500, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("case entry")
        verbose_name_plural = _("case entries")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="case_entry_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class HandOver(models.Model):
    """What one shift tells the next. Never changed."""

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    open_cases = models.PositiveIntegerField()
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("shift hand-over")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
