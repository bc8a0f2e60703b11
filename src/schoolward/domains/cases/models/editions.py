"""Tables of counts as they were given, each cohort by itself. They name nobody, and outlive a seal."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CountedTable(models.TextChoices):
    """A table that is counted once in a while and kept: cohorts every month, a half-year once."""

    COHORTS = "cohorts", _("What monthly tracking came to")
    ACADEMIES = "academies", _("What became of cohorts of academies")
    HALVES = "halves", _("Performance measures of half-years")


class CountEdition(models.Model):
    """The counts of one cohort on a day. It is never changed: a later one takes its place.

    ``counts`` are by name and kept to judge whether a later edition may follow; what a reader gets is
    ``told``, where a count that may not be told is null. A half-year is named by its first day and has one.
    """

    table = models.CharField(max_length=9, choices=CountedTable.choices)
    cohort = models.CharField(max_length=20)
    counted_on = models.DateField()
    counts = models.JSONField()
    told = models.JSONField()
    about = models.CharField(max_length=20, blank=True, help_text=_("The school year that it is told of."))
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["table", "cohort", "counted_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "cohort", "counted_on"], name="count_edition_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(table__in=CountedTable.values), name="count_edition_of_a_known_table"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.cohort} {self.counted_on}"
