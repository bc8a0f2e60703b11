"""The register of assessments: which campus was looked at, how, when and by whom."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role


class AssessmentKind(models.TextChoices):
    """What kind of look it was."""

    CPTED = "cpted", _("Environmental design (CPTED)")
    SECURITY_AUDIT = "security_audit", _("Security audit")
    VULNERABILITY = "vulnerability", _("Vulnerability assessment")
    WALK = "walk", _("Safety walk")
    OTHER = "other", _("Other")


class Assessment(models.Model):
    """One assessment of one campus."""

    reference = models.CharField(
        max_length=40, unique=True, help_text=_("Your own number for it; given when left empty.")
    )
    campus = models.ForeignKey("places.Campus", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=AssessmentKind.choices)
    assessed_on = models.DateField()
    assessor_role = models.CharField(max_length=40, choices=Role.choices)
    document = models.CharField(
        max_length=300, blank=True, help_text=_("Where the document is kept: a file number or an address.")
    )
    record_class = models.CharField(
        max_length=24, choices=RecordClass.choices, default=RecordClass.FACILITY, editable=False
    )
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["-assessed_on", "reference"]
        indexes = [models.Index(fields=["campus", "-assessed_on"], name="assessment_campus_on")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AssessmentKind.values), name="assessment_kind_known"),
            models.UniqueConstraint(
                fields=["campus", "kind", "assessed_on"], name="assessment_once_a_day_and_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.reference
