"""The register of kept files: one row a content, whoever hands it in and however often."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class StoredFile(models.Model):
    """A content that is kept on disk. Never changed; what it is called is the business of whoever refers to
    it."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=120)
    first_name = models.CharField(max_length=255, help_text="What it was called when it first came in.")
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gte=0), name="stored_file_size_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} ({self.sha256[:12]})"
