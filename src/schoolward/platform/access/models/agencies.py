"""The partners of the partnership, and the classes of records that pass between them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RecordClass(models.TextChoices):
    """What law and custody a record stands under. Set when it is made; survives copying.

    Education and law-enforcement-unit records: 34 CFR 99.3 and 99.8.
    """

    PUBLIC = "public", _("Public")
    FACILITY = "facility", _("Facility")
    EDUCATION = "education", _("Education record")
    LAW_ENFORCEMENT_UNIT = "law_enforcement_unit", _("Law-enforcement-unit record")
    POLICE = "police", _("Police record")
    PROTECTED = "protected", _("Protected (special category)")


class AgencyKind(models.TextChoices):
    """The kinds of partner. They are peers; none is the root of the others."""

    DISTRICT = "district", _("School district")
    POLICE = "police", _("Police department")
    CITY = "city", _("City")
    COUNTY = "county", _("County")
    PRIVATE_SCHOOL = "private_school", _("Private school")
    CHARTER = "charter", _("Charter school")
    COMMUNITY = "community", _("Community organization")


class Agency(models.Model):
    """A partner of the partnership."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=AgencyKind.choices)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When it left the partnership: from then on nobody acts for it.")
    )

    class Meta:
        verbose_name_plural = "agencies"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AgencyKind.values), name="agency_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name
