"""The paper of a Safe Routes grant application as files; its page is that of the tables."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.domains.routes.forms import ApplicationForm
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo import clock
from schoolward.reports.errors import CannotPrint
from schoolward.reports.route_application.paper import PERMISSION, note_export, route_application
from schoolward.reports.sheets.files import MEDIA_TYPES
from schoolward.reports.views.profiles import refused, sheet_file


@require_safe
@requires(PERMISSION)
def route_application_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The tables about the sites that are asked for, as one file: pdf, csv or json."""
    viewer = viewer_of(request)
    form = ApplicationForm(request.GET, viewer=viewer)
    if kind not in MEDIA_TYPES or not form.is_valid():
        raise Http404(_("There is no such file."))
    given = form.cleaned_data
    sheet = route_application(
        given["site"], on=clock.today(viewer.at), by=viewer, opportunity=given["opportunity"]
    )
    try:
        answer = sheet_file(sheet, kind)
    except CannotPrint as error:
        return refused(request, error)
    note_export(kind, given["site"], given["opportunity"], by=viewer)
    return answer
