"""What is to be done about a signal, whom to call, when a site is to be armed, and who is testing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.alarms.models.signals import SignalKind


class ActionPlan(models.Model):
    """The steps for one kind of signal, at one campus or (blank) everywhere, from one day to another."""

    signal_kind = models.CharField(max_length=16, choices=SignalKind.choices)
    campus = models.ForeignKey(
        "places.Campus", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    title = models.CharField(max_length=120)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["signal_kind", "campus", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="action_plan_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class StepKind(models.TextChoices):
    """What a step asks for."""

    CALL = "call", _("Call somebody on the list")
    CAMERA = "camera", _("Look at the camera")
    DISPATCH = "dispatch", _("Decide: police, guard, or call off")
    INFORM = "inform", _("Inform")
    CHECK = "check", _("Check")


class PlanStep(models.Model):
    """One step of a plan. A required one must be done, or said to be impossible, before a case closes."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=StepKind.choices)
    text = models.CharField(max_length=300)
    is_required = models.BooleanField(default=True)

    class Meta:
        ordering = ["plan", "order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "order"], name="plan_step_order_once"),
            models.CheckConstraint(condition=Q(kind__in=StepKind.values), name="plan_step_kind_known"),
        ]

    def __str__(self) -> str:
        return self.text


class CallContact(models.Model):
    """Whom to call about a campus, in order: an office or a role, with its number."""

    campus = models.ForeignKey("places.Campus", on_delete=models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120, help_text=_("The role or office, e.g. head custodian."))
    phone = models.CharField(max_length=40)
    wait_seconds = models.PositiveSmallIntegerField(
        default=60, help_text=_("How long to wait for an answer before the next one is due.")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The account that is told by e-mail when a case escalates to this place of the list."),
    )
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["campus", "order"]
        constraints = [
            models.UniqueConstraint(fields=["campus", "order"], name="call_contact_order_once"),
        ]

    def __str__(self) -> str:
        return self.title


class ArmingSchedule(models.Model):
    """When a system is expected to be open on a weekday: on school days, or on days without school."""

    system = models.ForeignKey("alarms.AlarmSystem", on_delete=models.CASCADE, related_name="schedules")
    weekday = models.PositiveSmallIntegerField(help_text=_("0 is Monday."))
    on_school_days = models.BooleanField(default=True)
    opens = models.TimeField()
    closes = models.TimeField()
    tolerance_minutes = models.PositiveSmallIntegerField(default=30)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["system", "weekday"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="arming_schedule_weekday"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="arming_schedule_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.weekday}: {self.opens:%H:%M}-{self.closes:%H:%M}"


class OnTest(models.Model):
    """A time in which a system's signals are kept and shown, but open no case."""

    system = models.ForeignKey("alarms.AlarmSystem", on_delete=models.CASCADE, related_name="tests")
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("test period")
        ordering = ["-begins"]
        indexes = [models.Index(fields=["system", "ends"], name="on_test_system")]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="on_test_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.system}: {self.begins:%Y-%m-%d %H:%M}"
