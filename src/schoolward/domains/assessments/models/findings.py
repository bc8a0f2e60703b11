"""Findings: what failed, once for each campus and item while it is unresolved, and the work that mends it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.assessments.models.assessments import Assessment
from schoolward.domains.assessments.models.instruments import Instrument, InstrumentItem
from schoolward.domains.assessments.models.walks import Walk
from schoolward.platform.access.models import RecordClass


class FindingState(models.TextChoices):
    """How a finding stands. It follows its work, wherever that is moved."""

    OPEN = "open", _("To be decided")
    ACCEPTED = "accepted", _("Accepted, in work")
    DECLINED = "declined", _("Declined")
    RESOLVED = "resolved", _("Verified as mended")


UNRESOLVED = (FindingState.OPEN, FindingState.ACCEPTED)


class Finding(models.Model):
    """A failed item at a campus. ``item`` is the row of the version in which it was first found."""

    campus = models.ForeignKey("places.Campus", on_delete=models.PROTECT, related_name="+")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(InstrumentItem, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=64)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="findings")
    zone = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    recommendation = models.TextField(blank=True)
    severity = models.CharField(max_length=10)
    trade = models.CharField(max_length=20)
    estimate_cents = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=FindingState.choices, default=FindingState.OPEN)
    reason = models.TextField(blank=True, help_text=_("Why it was declined."))
    found_on = models.DateField()
    settled_on = models.DateField(null=True, blank=True, help_text=_("When it was declined or verified."))
    work = models.ForeignKey(
        "work.WorkItem", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    record_class = models.CharField(
        max_length=24, choices=RecordClass.choices, default=RecordClass.FACILITY, editable=False
    )
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["-found_on", "pk"]
        indexes = [
            models.Index(fields=["campus", "state"], name="finding_campus_state"),
            models.Index(fields=["state", "trade"], name="finding_state_trade"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FindingState.values), name="finding_state_known"),
            models.UniqueConstraint(
                fields=["campus", "item"],
                condition=Q(state__in=UNRESOLVED),
                name="finding_of_item_once_while_open",
            ),
            models.CheckConstraint(
                condition=~Q(state=FindingState.DECLINED) | ~Q(reason=""),
                name="finding_declined_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNRESOLVED, settled_on__isnull=True)
                | Q(~Q(state__in=UNRESOLVED), settled_on__isnull=False),
                name="finding_settled_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(estimate_cents__isnull=True) | Q(estimate_cents__gte=0),
                name="finding_estimate_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_unresolved(self) -> bool:
        """Whether somebody still has something to do."""
        return self.state in UNRESOLVED


class Sighting(models.Model):
    """A walk in which a finding was seen again: found, still there, or mended. Never changed."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="sightings")
    walk = models.ForeignKey(Walk, on_delete=models.PROTECT, related_name="sightings")
    is_mended = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    on = models.DateField()

    class Meta:
        ordering = ["finding", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "walk"], name="sighting_once_a_walk"),
        ]


class ReinspectionRequest(models.Model):
    """A short second look at just some findings of one campus."""

    campus = models.ForeignKey("places.Campus", on_delete=models.PROTECT, related_name="+")
    findings = models.ManyToManyField(Finding, related_name="reinspections")
    due = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    done_on = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return f"R-{self.pk:05d}"
