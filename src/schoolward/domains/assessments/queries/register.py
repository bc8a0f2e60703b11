"""Reads of the register: which campus was or will be assessed, and which assessments count on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from schoolward.domains.assessments.models import Assessment, AssessmentKind
from schoolward.domains.assessments.models.assessments import FINISHED
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer

COVERED_FOR_MONTHS = 24
OF_SITES = ~Q(kind=AssessmentKind.WAY_TO_SCHOOL)
"""Assessments of sites themselves: who has walked the streets around one has not assessed it."""


def assessments(viewer: Viewer) -> QuerySet[Assessment]:
    """The assessments that the viewer may see, those to come first, then the newest."""
    return visible(Assessment.objects.select_related("campus", "version__instrument"), viewer)


def covered_since(day: date) -> date:
    """The first day on which an assessment still counts on `day`: the same day 24 months before.

    From February 29 it is February 28.
    """
    year = day.year - COVERED_FOR_MONTHS // 12
    return date(year, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def finished() -> QuerySet[Assessment]:
    """The assessments that are done; planned ones and those under way count nowhere."""
    return Assessment.objects.filter(state__in=FINISHED)


def recent(day: date) -> QuerySet[Assessment]:
    """The assessments of the 24 months up to `day`, both ends included."""
    return finished().filter(OF_SITES, assessed_on__range=(covered_since(day), day))


def fallen_due(day: date, *, campus_id: int | None = None) -> QuerySet[Assessment]:
    """The walks that were planned for a day of the 24 months before `day`, handed in or not."""
    planned = Assessment.objects.filter(
        OF_SITES, version__isnull=False, planned_on__gte=covered_since(day), planned_on__lt=day
    )
    return planned if campus_id is None else planned.filter(campus_id=campus_id)


def has_any(day: date) -> bool:
    """Whether any assessment is in the register by `day`: until then nothing about coverage is known."""
    return finished().filter(OF_SITES, assessed_on__lte=day).exists()


def before(assessment: Assessment) -> Assessment | None:
    """The finished assessment of the same campus with the same instrument before this one."""
    if assessment.version is None:
        return None
    earlier = finished().filter(
        campus_id=assessment.campus_id, version__instrument_id=assessment.version.instrument_id
    )
    earlier = earlier.exclude(pk=assessment.pk).select_related("version__instrument", "version__file")
    if assessment.assessed_on is not None:
        earlier = earlier.filter(assessed_on__lte=assessment.assessed_on)
    return earlier.order_by("-assessed_on", "-pk").first()


def latest_scored(day: date, *, kind: str, campus_id: int | None = None) -> QuerySet[Assessment]:
    """Of each campus and instrument of a kind the last scored assessment up to `day`."""
    scored = finished().filter(kind=kind, score__isnull=False, assessed_on__lte=day)
    if campus_id is not None:
        scored = scored.filter(campus_id=campus_id)
    rows = scored.order_by("assessed_on", "pk").values_list("campus_id", "version__instrument_id", "pk")
    newest = {(campus, instrument): pk for campus, instrument, pk in rows}
    return Assessment.objects.filter(pk__in=list(newest.values()))
