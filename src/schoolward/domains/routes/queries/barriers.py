"""Barriers, what is recommended about them, and how they stood on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, QuerySet, Subquery, When

from schoolward.domains.routes.models import (
    OPEN_BARRIERS,
    Answer,
    Barrier,
    BarrierState,
    BarrierStep,
    Recommendation,
    Severity,
)
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer

BY_SEVERITY = Case(
    *(When(severity=value, then=place) for place, value in enumerate(Severity.values)),
    output_field=IntegerField(),
)
"""The order of severity, the most severe first."""

ANSWER_WITHIN = timedelta(days=60)
"""An owner that has not answered for so long is asked again."""


def barriers(viewer: Viewer) -> QuerySet[Barrier]:
    """The barriers that the viewer may see, with their site."""
    return visible(Barrier.objects.select_related("campus"), viewer)


def open_barriers(viewer: Viewer) -> QuerySet[Barrier]:
    """Barriers about which somebody still has something to do, the most severe and oldest first."""
    rows = barriers(viewer).filter(state__in=OPEN_BARRIERS)
    return rows.annotate(severity_order=BY_SEVERITY).order_by("severity_order", "found_on", "pk")


def to_decide(viewer: Viewer) -> QuerySet[Barrier]:
    """Reported barriers that wait for somebody to say whether they are any."""
    return open_barriers(viewer).filter(state=BarrierState.REPORTED)


def recommendations(viewer: Viewer) -> QuerySet[Recommendation]:
    """The recommendations that the viewer may see."""
    return visible(Recommendation.objects.select_related("barrier__campus", "work"), viewer)


def unanswered(viewer: Viewer, *, on: date) -> QuerySet[Recommendation]:
    """Recommendations whose owner has not answered for :data:`ANSWER_WITHIN`, the oldest first."""
    rows = recommendations(viewer).filter(answer=Answer.WAITING, sent_on__lte=on - ANSWER_WITHIN)
    return rows.order_by("sent_on", "pk")


def steps_of(barrier: Barrier) -> list[BarrierStep]:
    """Every step that a barrier made, oldest first."""
    return list(barrier.steps.order_by("number"))


def as_of(rows: QuerySet[Barrier], day: date) -> QuerySet[Any]:
    """Barriers that were known at the end of `day`, annotated with ``state_then``."""
    last = BarrierStep.objects.filter(barrier=OuterRef("pk"), on__lte=day).order_by("-number")
    return rows.annotate(state_then=Subquery(last.values("to_state")[:1])).filter(state_then__isnull=False)


def totals(rows: QuerySet[Barrier]) -> dict[str, int]:
    """How many barriers stand in each state; states without one are there with 0."""
    found = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return {state: found.get(state, 0) for state in BarrierState.values}


def closed_fixes(viewer: Viewer) -> QuerySet[Barrier]:
    """Closed barriers, the newest first: each is a fix whose day is known."""
    return barriers(viewer).filter(state=BarrierState.CLOSED).order_by("-closed_on", "pk")


def sites_fixed_between(first: date, last: date) -> set[int]:
    """Sites at which a barrier was closed on any of these days."""
    rows = Barrier.objects.filter(state=BarrierState.CLOSED, closed_on__range=(first, last))
    return set(rows.values_list("campus_id", flat=True))
