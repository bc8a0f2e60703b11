"""The table of performance measures, by half a year, on a page and as CSV."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from schoolward.domains.cases.queries.performance import Performance, halves, performance
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.audit.actions import record
from schoolward.platform.demo.clock import today
from schoolward.platform.exchange.writers import write_csv

COLUMNS = (
    "program",
    "measure",
    "definition",
    "unit",
    "value",
    "denominator",
    "held_against",
    "state",
    "from",
    "to",
)


def asked(request: HttpRequest, day: date) -> date:
    """The half-year that is asked for by its first day; this one where it is none of the last six."""
    wanted = request.GET.get("half", "")
    return next((first for first, _last in halves(day) if first.isoformat() == wanted), day)


@require_safe
@requires("cases.performance")
def table(request: HttpRequest) -> HttpResponse:
    """What grants ask of programs: each measure with its definition and what it is held against."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    found = performance(viewer, asked(request, day), day)
    tabs = [
        (
            f"{date_format(first, 'M')}–{date_format(last, 'M Y')}",  # noqa: RUF001 - from one month to another
            f"?half={first.isoformat()}",
            first == found.first,
        )
        for first, last in halves(day)
    ]
    context = {"found": found, "tabs": tabs, "may_open": may(viewer, "cases.view")}
    return render(request, "cases/performance.html", context)


@require_safe
@requires("cases.performance")
def table_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same as CSV. "hidden" and "not collected" are said and are no zeros."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    found = performance(viewer, asked(request, day), day)
    record("cases.performance_exported", by=viewer, at=viewer.at, subject="cases.Referral")
    response = StreamingHttpResponse(write_csv(COLUMNS, rows(found)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="performance-{found.first}.csv"'
    return response


def rows(found: Performance) -> list[tuple[object, ...]]:
    """The table's rows in the order of :data:`COLUMNS`."""
    return [
        (
            line.title,
            line.measure,
            line.definition,
            line.unit,
            "" if line.value is None else round(line.value, 1),
            "" if line.of is None else line.of,
            line.held_against,
            "hidden" if line.is_hidden else "" if line.is_collected else "not collected",
            found.first,
            found.last,
        )
        for line in found.lines
    ]
