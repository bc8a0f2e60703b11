"""What was decided about each thing that a walk audit of the way to school found failing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.routes.models.barriers import Barrier


class AuditDecision(models.Model):
    """One failing item of one handed-in walk audit, decided once: it is a barrier, or why it is none."""

    assessment = models.ForeignKey(
        "assessments.Assessment", on_delete=models.PROTECT, related_name="+", verbose_name=_("walk audit")
    )
    code = models.CharField(max_length=64, help_text=_("The code of the item in its instrument."))
    barrier = models.ForeignKey(
        Barrier, null=True, blank=True, on_delete=models.PROTECT, related_name="audit_decisions"
    )
    reason = models.TextField(blank=True, help_text=_("Why it is no barrier."))
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=200)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["assessment", "code"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "code"], name="routes_audit_decided_once"),
            models.CheckConstraint(
                condition=(Q(barrier__isnull=False) & Q(reason=""))
                | (Q(barrier__isnull=True) & ~Q(reason="")),
                name="routes_audit_barrier_or_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}/{self.code}"
