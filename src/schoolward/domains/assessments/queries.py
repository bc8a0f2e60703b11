"""Reads of the register of assessments."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from schoolward.domains.assessments.models import Assessment
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer

COVERED_FOR_MONTHS = 24


def assessments(viewer: Viewer) -> QuerySet[Assessment]:
    """The assessments that the viewer may see."""
    return visible(Assessment.objects.select_related("campus"), viewer)


def covered_since(day: date) -> date:
    """The first day on which an assessment still counts on `day`: the same day 24 months before.

    From February 29 it is February 28.
    """
    year = day.year - COVERED_FOR_MONTHS // 12
    return date(year, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def recent(day: date) -> QuerySet[Assessment]:
    """The assessments of the 24 months up to `day`, both ends included."""
    return Assessment.objects.filter(assessed_on__range=(covered_since(day), day))


def has_any(day: date) -> bool:
    """Whether any assessment is in the register by `day`: until then nothing about coverage is known."""
    return Assessment.objects.filter(assessed_on__lte=day).exists()
