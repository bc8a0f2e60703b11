"""Reads of what comes in between assessments: codes, reports of defects and preventive plans."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from schoolward.domains.assessments.models import DefectPoint, DefectReport, DefectState, PreventivePlan
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer


def points(viewer: Viewer) -> QuerySet[DefectPoint]:
    """The codes that the viewer may see, with how many reports came from each."""
    counted = DefectPoint.objects.select_related("campus").annotate(told=Count("reports"))
    return visible(counted, viewer)


def point_of(token: str) -> DefectPoint | None:
    """The spot whose code this is, if it is in use."""
    return DefectPoint.objects.select_related("campus").filter(token=token, ended_at__isnull=True).first()


def defects(viewer: Viewer) -> QuerySet[DefectReport]:
    """The reports that the viewer may see, the newest first."""
    return visible(DefectReport.objects.select_related("point", "campus", "work"), viewer)


def new_defects(viewer: Viewer) -> int:
    """How many reports nobody has settled yet."""
    return defects(viewer).filter(state=DefectState.NEW).count()


def plans(viewer: Viewer) -> QuerySet[PreventivePlan]:
    """The preventive plans that the viewer may see, with how much work each opened."""
    counted = PreventivePlan.objects.select_related("campus").annotate(opened=Count("runs"))
    return visible(counted, viewer)


def plans_in_force(viewer: Viewer, on: date) -> QuerySet[PreventivePlan]:
    """The plans that hold on a day."""
    begun = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    return visible(PreventivePlan.objects.all(), viewer).filter(begun).order_by("pk")
