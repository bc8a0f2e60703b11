"""The tables of a grant application about chosen sites: the page, and each table as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from schoolward.domains.routes import queries
from schoolward.domains.routes.forms import ApplicationForm
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.audit.actions import record
from schoolward.platform.demo.clock import today
from schoolward.platform.exchange.writers import write_csv, write_xlsx
from schoolward.platform.ui.lists import CSV_TYPE, XLSX_TYPE

_KINDS = {"csv": (CSV_TYPE, write_csv), "xlsx": (XLSX_TYPE, write_xlsx)}


def _form(request: HttpRequest) -> ApplicationForm:
    return ApplicationForm(request.GET if "site" in request.GET else None, viewer=viewer_of(request))


@require_safe
@requires("routes.application")
def application(request: HttpRequest) -> HttpResponse:
    """Choose sites, and read what an application about them asks for."""
    viewer = viewer_of(request)
    form = _form(request)
    context: dict[str, Any] = {"form": form, "form_known": queries.APPLICATION_FORM}
    if form.is_valid():
        given = form.cleaned_data
        context["tables"] = queries.application_tables(
            viewer, given["site"], on=today(viewer.at), opportunity=given["opportunity"]
        )
        query = QueryDict(mutable=True)
        query.setlist("site", [str(pk) for pk in given["site"]])
        query["opportunity"] = given["opportunity"]
        context["query"] = query.urlencode()
        context["paper"] = reverse("reports:route_application_file", args=["pdf"])
    return render(request, "routes/application.html", context, status=400 if form.errors else 200)


@require_safe
@requires("routes.application")
def application_file(request: HttpRequest, key: str, kind: str) -> HttpResponseBase:
    """One table as CSV or Excel."""
    viewer = viewer_of(request)
    form = _form(request)
    if key not in queries.APPLICATION_TABLES or kind not in _KINDS or not form.is_valid():
        raise Http404
    given = form.cleaned_data
    table = queries.application_table(
        key, viewer, given["site"], on=today(viewer.at), opportunity=given["opportunity"]
    )
    record(
        "list.exported",
        by=viewer,
        at=viewer.at,
        subject=f"list:{reverse('routes:application')}",
        detail={"format": kind, "table": key, "count": len(table.rows)},
    )
    media, write = _KINDS[kind]
    response = StreamingHttpResponse(write(table.names, table.values()), content_type=media)
    response["Content-Disposition"] = f'attachment; filename="application-{slugify(key)}.{kind}"'
    return response
