"""Crosswalk files that were brought in: which items of different instruments and versions ask the same."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class CrosswalkFile(models.Model):
    """One file, as it came. It never changes; what it says holds for every trend from then on."""

    key = models.SlugField(max_length=64, unique=True)
    title = models.CharField(max_length=200)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, unique=True)
    links = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(key="") & ~Q(title=""), name="crosswalk_has_key_and_title"),
        ]

    def __str__(self) -> str:
        return self.title
