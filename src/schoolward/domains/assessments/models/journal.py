"""The journal of a walk that was filled without a network, as it came (docs/reference/walk-journal.md).

Rows are only ever added; the database refuses a change (migration 0005). What they mean stands in answers
and photographs beside them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.assessments.models.walks import Walk
from schoolward.protocols.walk_journal import KINDS


class WalkEntry(models.Model):
    """One step on one device. A strand is one device's line of entries, or that of the pages here."""

    id = models.UUIDField(primary_key=True, editable=False)
    walk = models.ForeignKey(Walk, on_delete=models.PROTECT, related_name="entries")
    strand = models.UUIDField()
    sequence = models.PositiveBigIntegerField()
    moment = models.CharField(max_length=40, help_text=_("By the device's clock, which may be wrong."))
    kind = models.CharField(max_length=8)
    payload = models.TextField(help_text=_("JSON, letter by letter as the device wrote it."))
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    skew_s = models.FloatField(
        null=True, blank=True, help_text=_("Seconds by which the device's clock was ahead.")
    )

    class Meta:
        ordering = ["walk", "strand", "sequence"]
        verbose_name_plural = "walk entries"
        constraints = [
            models.UniqueConstraint(fields=["walk", "strand", "sequence"], name="walk_entry_place"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="walk_entry_counted_from_one"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="walk_entry_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sequence}"


class WalkPhoto(models.Model):
    """A photograph that was put before the entry that names it. The same bytes in two walks are two rows."""

    walk = models.ForeignKey(Walk, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["walk", "pk"]
        constraints = [models.UniqueConstraint(fields=["walk", "sha256"], name="walk_photo_once")]
