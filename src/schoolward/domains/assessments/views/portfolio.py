"""All sites at a glance, and one site's panel on its profile."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from schoolward.domains.assessments import queries
from schoolward.domains.assessments.tables import FINDING_TONES, SEVERITY_TONES
from schoolward.domains.places.panels import campus_of_panel
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import today

FINDINGS_SHOWN = 8


@require_safe
@requires("assessments.view")
def grid(request: HttpRequest) -> HttpResponse:
    """Every site in operation as a square that fills as its recommendations are verified."""
    viewer = viewer_of(request)
    shade = _shade(request)
    lines = queries.campus_lines(viewer, today(viewer.at))
    context = {
        "lines": lines,
        "shade": shade,
        "shade_title": dict(queries.SHADES)[shade],
        "shades": queries.SHADES,
        "legend": queries.classes(shade),
        "points_url": f"{reverse('assessments:grid_points')}?shade={shade}",
        "unplaced": [line.campus for line in lines if line.campus.longitude is None],
        "covered": sum(1 for line in lines if line.is_covered),
        "complete": sum(1 for line in lines if line.progress is not None and line.progress.complete),
        "recommended": sum(1 for line in lines if line.progress is not None),
    }
    return render(request, "assessments/grid.html", context)


@require_safe
@requires("assessments.view")
def grid_points(request: HttpRequest) -> HttpResponse:
    """The sites of the grid as GeoJSON, shaded by one fact."""
    viewer = viewer_of(request)
    shade = _shade(request)
    lines = queries.campus_lines(viewer, today(viewer.at))
    return JsonResponse(queries.on_the_map(lines, shade), content_type="application/geo+json")


def _shade(request: HttpRequest) -> queries.Shade:
    """The fact that the map shows: the score, where nothing else is asked. Others are not found."""
    asked = request.GET.get("shade", "") or queries.Shade.SCORE
    if asked not in list(queries.Shade):
        raise Http404
    return queries.Shade(asked)


@require_safe
@requires("assessments.view")
def site_panel(request: HttpRequest, campus_id: int) -> HttpResponse:
    """The site profile's panel: the last assessment, what changed, and what is unresolved."""
    viewer = viewer_of(request)
    campus = campus_of_panel(viewer, campus_id)
    lines = queries.campus_lines(viewer, today(viewer.at), campus_id=campus_id)
    unresolved = queries.unresolved(viewer).filter(campus_id=campus_id).order_by(*queries.IN_ORDER)
    context = {
        "campus": campus,
        "line": lines[0] if lines else None,
        "assessments": queries.assessments(viewer).filter(campus_id=campus_id)[:6],
        "findings": unresolved[:FINDINGS_SHOWN],
        "unresolved": unresolved.count(),
        "severity_tones": SEVERITY_TONES,
        "finding_tones": FINDING_TONES,
        "may_plan": may(viewer, "assessments.plan"),
    }
    return render(request, "assessments/site_panel.html", context)
