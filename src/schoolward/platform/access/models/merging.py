"""That two records of one person were put together: which rows moved, and that it was undone."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from schoolward.platform.access.models.accounts import Account
from schoolward.platform.access.models.agencies import Agency


class Merging(models.Model):
    """The rows about ``merged`` became rows about ``kept``. ``moved`` names each, so that all go back.

    ``followed`` are the rows that were begun since on what had moved, and went back with it.
    """

    kept = models.CharField(max_length=120, db_index=True)
    merged = models.CharField(max_length=120, db_index=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    moved = models.JSONField(default=list)
    followed = models.JSONField(default=list)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    undone_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="merging_of_two"),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="merging_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=(Q(undone_at__isnull=True) & Q(undone_reason=""))
                | (Q(undone_at__isnull=False) & ~Q(undone_reason="")),
                name="merging_undone_with_a_reason",
            ),
        ]
