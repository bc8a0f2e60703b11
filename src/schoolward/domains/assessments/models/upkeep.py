"""What comes in between assessments: defects told by whoever sees them, and work that comes back."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.roles import Role


class DefectKind(models.TextChoices):
    """What is wrong, in words that anybody can choose by."""

    LOCK = "lock", _("Does not lock or latch")
    BROKEN = "broken", _("Broken or torn")
    LIGHT = "light", _("Light is out")
    GLASS = "glass", _("Broken glass")
    GRAFFITI = "graffiti", _("Graffiti")
    OVERGROWN = "overgrown", _("Overgrown, hides the view")
    HAZARD = "hazard", _("Somebody could get hurt")
    OTHER = "other", _("Something else")


class DefectState(models.TextChoices):
    """What became of a report."""

    NEW = "new", _("New")
    WORK = "work", _("Became work")
    DISMISSED = "dismissed", _("Dismissed")


class DefectPoint(models.Model):
    """A door, gate or other spot with a QR code. The token opens its form to anybody who stands there."""

    campus = models.ForeignKey("places.Campus", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=120)
    token = models.CharField(max_length=43, unique=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(
        null=True, blank=True, help_text=_("From then on the code opens nothing.")
    )
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["campus__name", "label"]
        constraints = [
            models.CheckConstraint(condition=~Q(label="") & ~Q(token=""), name="defect_point_has_label"),
            models.UniqueConstraint(
                fields=["campus", "label"], condition=Q(ended_at__isnull=True), name="defect_point_label_once"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class DefectReport(models.Model):
    """What somebody reported at a spot. Nothing of who it was is kept."""

    point = models.ForeignKey(DefectPoint, on_delete=models.PROTECT, related_name="reports")
    campus = models.ForeignKey("places.Campus", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=DefectKind.choices)
    text = models.CharField(max_length=300, blank=True)
    client_id = models.UUIDField(unique=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DefectState.choices, default=DefectState.NEW)
    reason = models.CharField(max_length=300, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    work = models.ForeignKey(
        "work.WorkItem", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["point", "at"], name="defect_point_at")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DefectKind.values), name="defect_kind_known"),
            models.CheckConstraint(
                condition=Q(state=DefectState.NEW, work__isnull=True, settled_on__isnull=True)
                | Q(state=DefectState.WORK, work__isnull=False, settled_on__isnull=False)
                | Q(Q(state=DefectState.DISMISSED, settled_on__isnull=False), ~Q(reason="")),
                name="defect_state_with_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.point}"

    @property
    def is_joined(self) -> bool:
        """Whether its work was there before, and not opened for it."""
        return self.work is not None and self.work.source != f"assessments.DefectReport:{self.pk}"


class Recurrence(models.TextChoices):
    """How often preventive work comes back."""

    WEEK = "week", _("Every week")
    MONTH = "month", _("Every month")
    QUARTER = "quarter", _("Every quarter")
    HALF_YEAR = "half_year", _("Every half year")
    YEAR = "year", _("Every year")


class PreventivePlan(models.Model):
    """Work that comes back: at one campus, or at every campus in operation."""

    title = models.CharField(max_length=200)
    instructions = models.TextField(blank=True)
    campus = models.ForeignKey(
        "places.Campus", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    every = models.CharField(max_length=10, choices=Recurrence.choices)
    trade = models.CharField(max_length=20)
    severity = models.CharField(max_length=10)
    owner_role = models.CharField(max_length=40, choices=Role.choices, blank=True)
    estimate_cents = models.BigIntegerField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(every__in=Recurrence.values), name="plan_every_known"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="plan_dates_in_order",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="plan_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class PlanRun(models.Model):
    """The work that a plan opened for one campus in one period; the pair keeps it from being opened twice."""

    plan = models.ForeignKey(PreventivePlan, on_delete=models.PROTECT, related_name="runs")
    campus = models.ForeignKey("places.Campus", on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=10, help_text=_("Such as 2012-Q3, 2012-09, 2012-W36."))
    work = models.ForeignKey("work.WorkItem", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["plan", "-period", "campus"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "campus", "period"], name="plan_once_a_period"),
        ]
