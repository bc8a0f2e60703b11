"""What every row that a person enters says: who did it, and when."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Entered(models.Model):
    """A row that somebody entered."""

    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=200)
    invented = models.BooleanField(default=False)

    class Meta:
        abstract = True
