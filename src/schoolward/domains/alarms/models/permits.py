"""Permits for alarm systems, and appeals against fees. Fees are computed (analysis.alarm_fees), not kept."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Permit(models.Model):
    """A permit under an ordinance (a file in ``data/ordinances``), from its issue to its end."""

    system = models.ForeignKey("alarms.AlarmSystem", on_delete=models.PROTECT, related_name="permits")
    ordinance = models.CharField(max_length=60)
    number = models.CharField(max_length=40)
    issued_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["system", "issued_on"]
        constraints = [
            models.UniqueConstraint(fields=["ordinance", "number"], name="permit_number_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("issued_on")),
                name="permit_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class AppealOutcome(models.TextChoices):
    """How an appeal ended."""

    GRANTED = "granted", _("Granted: nothing is owed")
    DENIED = "denied", _("Denied")
    WITHDRAWN = "withdrawn", _("Withdrawn by us, or filed by mistake")


class Appeal(models.Model):
    """An appeal against the fee for one case."""

    case = models.OneToOneField("alarms.Case", on_delete=models.PROTECT, related_name="appeal")
    filed_on = models.DateField()
    grounds = models.CharField(max_length=500)
    decided_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=AppealOutcome.choices, blank=True)

    class Meta:
        ordering = ["-filed_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, outcome="")
                | (Q(decided_on__gte=F("filed_on")) & ~Q(outcome="")),
                name="appeal_decided_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.filed_on}"
