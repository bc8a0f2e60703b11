"""The paper of a Safe Routes grant application over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from schoolward.domains.routes import queries
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo import clock
from schoolward.platform.ui.asking import RowNumber
from schoolward.reports.errors import CannotPrint
from schoolward.reports.route_application.paper import PERMISSION, note_export, route_application
from schoolward.reports.sheets.files import MEDIA_TYPES
from schoolward.reports.sheets.shape import Sheet
from schoolward.reports.sheets.tables import sheet_json
from schoolward.reports.views.profiles import sheet_file

router = Router()


class SitesIn(Schema):
    """The sites by number, at least one, and the short name of the opportunity that is applied for."""

    site: Annotated[list[RowNumber], Field(max_length=500)] = []
    opportunity: Annotated[str, Field(max_length=60)] = ""


@router.get("/route-application", url_name="route_application_paper", response=dict[str, Any])
def paper(request: HttpRequest, asked: Query[SitesIn]) -> dict[str, Any]:
    """The tables of an application for Safe Routes money about these sites, each with its source and date."""
    return sheet_json(_composed(viewer_of(request), asked))


@router.get("/route-application/files/{kind}", url_name="route_application_paper_file")
def paper_file(request: HttpRequest, kind: str, asked: Query[SitesIn]) -> HttpResponse:
    """The same as a file: pdf, csv or json."""
    viewer = viewer_of(request)
    check(viewer, PERMISSION)
    if kind not in MEDIA_TYPES:
        raise HttpError(404, f"there is no file {kind!r}; there is {', '.join(MEDIA_TYPES)}")
    sheet = _composed(viewer, asked)
    try:
        answer = sheet_file(sheet, kind)
    except CannotPrint as error:
        raise HttpError(422, str(error)) from error
    note_export(kind, asked.site, asked.opportunity, by=viewer)
    return answer


def _composed(viewer: Viewer, asked: SitesIn) -> Sheet:
    check(viewer, PERMISSION)
    if wrong := queries.wrong_about_application(viewer, asked.site, asked.opportunity):
        raise HttpError(422, wrong)
    return route_application(asked.site, on=clock.today(viewer.at), by=viewer, opportunity=asked.opportunity)
