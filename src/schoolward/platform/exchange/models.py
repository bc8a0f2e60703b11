"""The history of imports: who brought which file in, when, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """Where an import stands."""

    READING = "reading", _("Being read")
    PREVIEWED = "previewed", _("Previewed, not applied")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    FAILED = "failed", _("Failed, nothing applied")
    DISCARDED = "discarded", _("Discarded, nothing applied")


class ImportRun(models.Model):
    """One file brought in through one exchange. Who is copied, so that the history outlives accounts."""

    exchange = models.CharField(max_length=60)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=ImportState.choices)
    report = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    job_id = models.UUIDField(null=True)
    account_id = models.BigIntegerField(null=True)
    account_name = models.CharField(max_length=200)
    membership_id = models.BigIntegerField(null=True)
    agency_id = models.BigIntegerField(null=True)
    started_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(
        null=True, help_text="When an import about young people lost its file and what its rows said."
    )

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [
            models.Index(fields=["account_id", "-started_at"], name="import_account"),
            models.Index(fields=["exchange", "-started_at"], name="import_exchange"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_known"),
            models.CheckConstraint(condition=Q(size__gte=0), name="import_size_not_negative"),
            models.CheckConstraint(
                condition=Q(state="applied", applied_at__isnull=False)
                | (~Q(state="applied") & Q(applied_at__isnull=True)),
                name="import_applied_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exchange}: {self.file_name}"
