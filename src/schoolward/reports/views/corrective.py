"""The corrective-action plan as a page and as files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.domains.places.queries import campus_by_slug, operating_campuses
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo import clock
from schoolward.platform.measures.period import PeriodError
from schoolward.reports.corrective_actions.plan import plan
from schoolward.reports.errors import CannotPrint, UnfitDate
from schoolward.reports.sheets.files import MEDIA_TYPES
from schoolward.reports.views.profiles import day_asked, refused, sheet_file


def _site(request: HttpRequest, viewer: Viewer) -> Any | None:
    """The site that is asked for, ``None`` for all. Raises ``Http404`` where it is not the viewer's."""
    slug = request.GET.get("site", "").strip()
    if not slug:
        return None
    campus = campus_by_slug(slug)
    if campus is None or (viewer.campus_ids is not None and campus.pk not in viewer.campus_ids):
        raise Http404(_("There is no such site."))
    return campus


@require_safe
@requires("assessments.view")
def corrective_actions(request: HttpRequest) -> HttpResponse:
    """What is to be mended, of one site or of all, by trade and area."""
    viewer = viewer_of(request)
    campus = _site(request, viewer)
    try:
        day = day_asked(request, at=viewer.at)
        sheet = plan(day, by=viewer, campus=campus)
    except (UnfitDate, PeriodError) as error:
        return refused(request, error)
    sites = operating_campuses(day).order_by("name", "pk")
    if viewer.campus_ids is not None:
        sites = sites.filter(pk__in=viewer.campus_ids)
    context = {
        "sheet": sheet,
        "campus": campus,
        "day": day,
        "sites": sites,
        "is_today": day == clock.today(viewer.at),
    }
    return render(request, "reports/corrective_actions.html", context)


@require_safe
@requires("assessments.view")
def corrective_actions_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The plan as a file: pdf, csv or json."""
    viewer = viewer_of(request)
    if kind not in MEDIA_TYPES:
        raise Http404(_("There is no such file."))
    campus = _site(request, viewer)
    try:
        day = day_asked(request, at=viewer.at)
        return sheet_file(plan(day, by=viewer, campus=campus), kind)
    except (UnfitDate, PeriodError, CannotPrint) as error:
        return refused(request, error)
