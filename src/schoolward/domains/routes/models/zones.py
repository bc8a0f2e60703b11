"""How far pupils are expected to walk: the district's distances by level of school, as of a day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LEAST_ZONE_M, MOST_ZONE_M = 160.0, 8_050.0
"""Meters along streets: a tenth of a mile, and five miles."""


class WalkZoneRule(models.Model):
    """One version of the walk zones. It never changes; a later one, also of the same day, takes its place."""

    valid_from = models.DateField()
    elementary_m = models.FloatField(help_text=_("Meters along streets to an elementary school."))
    middle_m = models.FloatField(help_text=_("Meters along streets to a middle or junior high school."))
    high_m = models.FloatField(help_text=_("Meters along streets to a high school."))
    source = models.CharField(max_length=200, help_text=_("Where the district says so."))
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("walk zone")
        verbose_name_plural = _("walk zones")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    elementary_m__range=(LEAST_ZONE_M, MOST_ZONE_M),
                    middle_m__range=(LEAST_ZONE_M, MOST_ZONE_M),
                    high_m__range=(LEAST_ZONE_M, MOST_ZONE_M),
                ),
                name="routes_zone_walkable",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="routes_zone_says_where"),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}: {self.elementary_m:g}, {self.middle_m:g}, {self.high_m:g} m"
