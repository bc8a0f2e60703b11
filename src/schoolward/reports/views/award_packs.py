"""The audit pack of an award, on the page and as files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.domains.grants.queries import awards
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.audit.actions import record
from schoolward.platform.measures.period import PeriodError
from schoolward.reports.award_pack.pack import pack
from schoolward.reports.errors import CannotPrint, UnfitDate
from schoolward.reports.sheets.files import MEDIA_TYPES
from schoolward.reports.views.profiles import day_asked, refused, sheet_file


def _award(viewer: Viewer, key: str) -> Any:
    return get_object_or_404(awards(viewer), key=key)


@require_safe
@requires("grants.view")
def award_pack(request: HttpRequest, key: str) -> HttpResponse:
    """Every entry of an award to its evidence, as of a day."""
    viewer = viewer_of(request)
    award = _award(viewer, key)
    try:
        day = day_asked(request, at=viewer.at)
    except (UnfitDate, PeriodError) as error:
        return refused(request, error)
    context = {"sheet": pack(award, day, by=viewer), "award": award, "day": day}
    return render(request, "reports/award_pack.html", context)


@require_safe
@requires("grants.view")
def award_pack_file(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """The pack as a file: pdf, csv or json."""
    viewer = viewer_of(request)
    if kind not in MEDIA_TYPES:
        raise Http404(_("There is no such file."))
    award = _award(viewer, key)
    try:
        day = day_asked(request, at=viewer.at)
        answer = sheet_file(pack(award, day, by=viewer), kind)
    except (UnfitDate, PeriodError, CannotPrint) as error:
        return refused(request, error)
    record(
        "grants.pack_exported",
        by=viewer,
        at=viewer.at,
        subject=f"grants.Award:{award.pk}",
        detail={"format": kind, "as_of": day},
    )
    return answer
