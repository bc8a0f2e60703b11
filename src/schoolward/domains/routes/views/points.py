"""Barriers, crossings and guards as GeoJSON, for maps and for a city's engineer."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from schoolward.domains.routes import queries
from schoolward.domains.routes.filters import BarrierFilter, CrossingFilter
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.audit.actions import record

GEOJSON = "application/geo+json"


def narrowed(request: HttpRequest, rows: QuerySet[Any], by: type[django_filters.FilterSet]) -> QuerySet[Any]:
    """The rows that the address asks for; none where its filters make no sense."""
    filters = by(request.GET or None, queryset=rows, request=request)
    return filters.queryset.none() if filters.is_bound and not filters.is_valid() else filters.qs


def _sent(request: HttpRequest, name: str, made: dict[str, Any]) -> HttpResponse:
    viewer = viewer_of(request)
    record(
        "list.exported",
        by=viewer,
        at=viewer.at,
        subject=f"list:routes:{name}",
        detail={"format": "geojson", "count": len(made["features"])},
    )
    response = JsonResponse(made, content_type=GEOJSON)
    response["Content-Disposition"] = f'inline; filename="{name}.geojson"'
    return response


@require_safe
@requires("routes.view")
def barrier_points(request: HttpRequest) -> HttpResponse:
    """The barriers of the list, as it is narrowed."""
    rows = narrowed(request, queries.barriers(viewer_of(request)), BarrierFilter)
    return _sent(request, "barriers", queries.barrier_points(rows))


@require_safe
@requires("routes.view")
def crossing_points(request: HttpRequest) -> HttpResponse:
    """The crossings of the list, as it is narrowed."""
    rows = narrowed(request, queries.crossings(viewer_of(request)), CrossingFilter)
    return _sent(request, "crossings", queries.crossing_points(rows))


@require_safe
@requires("routes.view")
def post_points(request: HttpRequest) -> HttpResponse:
    """Posts of guards, at their crossings."""
    rows = queries.posts(viewer_of(request)).order_by("reference")
    return _sent(request, "guards", queries.guard_points(rows))
