"""Monthly tracking of who takes part in outreach, in four areas of life: words of change, and no level.

It is not asked how a young person stands, only whether it goes better than when they began: so there is
nothing to add up and nobody to be put above another (``docs/decisions/0080``).
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.models.referrals import Referral
from schoolward.domains.cases.models.youth import Youth
from schoolward.platform.access.models import ProtectedRecord, RecordClass


class Going(models.TextChoices):
    """How it goes in an area, beside the time when they began. Decided together with the young person."""

    BETTER = "better", _("Better")
    SAME = "same", _("As before")
    WORSE = "worse", _("Harder")
    NONE = "none", _("Nothing to do with it")
    UNKNOWN = "unknown", _("Not known")


class Area(models.TextChoices):
    """The four areas of the program's own case management."""

    JUSTICE = "justice", _("Justice")
    SCHOOL = "school", _("School")
    FAMILY = "family", _("Family")
    CLUB = "club", _("Club")


def _area(label: Any) -> models.CharField[str, str]:
    return models.CharField(label, max_length=7, choices=Going.choices)


class MonthlyTrack(ProtectedRecord):
    """One young person in one month; ``month`` is its first day. No area has a word of what happened."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="months")
    month = models.DateField()
    justice = _area(_("With the justice system"))
    school = _area(_("At school"))
    family = _area(_("In the family"))
    club = _area(_("At the club"))
    told_on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    invented = models.BooleanField(default=False)

    changeable = frozenset({"justice", "school", "family", "club", "told_on", "by_id"})

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["youth", "month"], name="month_once_a_youth"),
            models.CheckConstraint(
                condition=Q(justice__in=Going.values)
                & Q(school__in=Going.values)
                & Q(family__in=Going.values)
                & Q(club__in=Going.values),
                name="month_words_known",
            ),
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.EDUCATION), name="month_is_an_education_record"
            ),
        ]
