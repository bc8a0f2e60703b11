"""How long sites stood armed, by day: derived from openings and closings, to sum a year quickly."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ArmedDay(models.Model):
    """How long a site stood armed on a local day. No row: not at all. Kept by `actions.armed_days`."""

    is_derived = True  # a sum over signals, and none of them

    site = models.PositiveBigIntegerField(help_text=_("The campus's number."))
    day = models.DateField(help_text=_("Local."))
    microseconds = models.PositiveBigIntegerField(
        help_text=_("True time: a day on which the clocks change has 23 hours or 25.")
    )

    class Meta:
        verbose_name = _("armed day")
        constraints = [models.UniqueConstraint(fields=["site", "day"], name="armed_day_once")]
        indexes = [
            # Sums over all sites are read from the index alone.
            models.Index(fields=["day", "site", "microseconds"], name="armed_day_sums"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.site}: {self.microseconds}"


class ArmedUntil(models.Model):
    """Up to which day the armed days are complete: one row, which writers of openings and closings lock.

    Rows of days after it are left from before something late came in, and are not to be read.
    """

    is_derived = True

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    day = models.DateField(null=True, blank=True, help_text=_("The last complete day; blank for none."))
    time_zone = models.CharField(
        max_length=64, help_text=_("Whose days they are; those of another zone are none.")
    )
    standing = models.JSONField(
        null=True, blank=True, help_text=_("Systems and partitions that stood armed at the end of the day.")
    )

    class Meta:
        verbose_name = _("end of the armed days")
        verbose_name_plural = _("end of the armed days")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="armed_until_once")]

    def __str__(self) -> str:
        return "" if self.day is None else f"{self.day:%Y-%m-%d}"
