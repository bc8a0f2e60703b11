"""What every row that only grows says of itself."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnly(models.Model):
    """A row that says what happened. The database refuses to change it (migration 0002)."""

    at = models.DateTimeField()
    on = models.DateField(help_text=_("The district's local date of it."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=200, help_text=_("The member of staff, never a young person."))
    invented = models.BooleanField(default=False)

    class Meta:
        abstract = True
