"""Instruments as they are kept: the file itself, unchanged, and its items as rows.

A version that an assessment uses never changes: the database refuses it (migration 0003).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.assessments.models.assessments import AssessmentKind


class InstrumentFormat(models.TextChoices):
    """What kind of file it came as."""

    YAML = "yaml", _("YAML")
    XLSFORM = "xlsform", _("XLSForm")
    XFORM = "xform", _("XForm")


class Instrument(models.Model):
    """What its versions have in common."""

    key = models.SlugField(max_length=64, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=AssessmentKind.choices)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AssessmentKind.values), name="instrument_kind_known"),
            models.CheckConstraint(condition=~Q(key="") & ~Q(title=""), name="instrument_has_key_and_title"),
        ]

    def __str__(self) -> str:
        return self.title


class InstrumentVersion(models.Model):
    """One version: the file as it came in, and from when to when it is used (both included)."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    version = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    credit = models.TextField(blank=True)
    format = models.CharField(max_length=8, choices=InstrumentFormat.choices)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text=_("The last day of its use."))
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["instrument__title", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "version"], name="instrument_version_once"),
            models.CheckConstraint(
                condition=Q(format__in=InstrumentFormat.values), name="instrument_format_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="instrument_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class InstrumentItem(models.Model):
    """One statement of a version, in walking order. What it says in full stands in the file."""

    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="items")
    code = models.CharField(max_length=64)
    position = models.PositiveIntegerField()
    section = models.CharField(max_length=64)
    text = models.TextField()
    severity = models.CharField(max_length=10, blank=True)
    trade = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="instrument_item_once"),
            models.UniqueConstraint(fields=["version", "position"], name="instrument_item_place"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text[:60]}"
