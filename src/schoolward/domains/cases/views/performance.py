"""The table of performance measures by half a year, and the records behind each of its figures."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from schoolward.domains.cases.queries.performance import NoTableYetError, Performance, performance
from schoolward.domains.cases.queries.performance_counting import given_halves, given_on, half_of
from schoolward.domains.cases.queries.performance_opened import OpenedLine, open_line
from schoolward.domains.cases.queries.performance_rows import TOGETHER
from schoolward.domains.cases.views.centre import has_purpose
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.audit.actions import record
from schoolward.platform.demo.clock import today
from schoolward.platform.exchange.writers import write_csv
from schoolward.platform.measures.registry import Part
from schoolward.platform.ui.record_pages import COLUMNS as RECORD_COLUMNS
from schoolward.platform.ui.record_pages import (
    NoRecordNumber,
    all_records,
    file_rows,
    place_asked,
    record_page,
)

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
    """The half-year that is asked for by its first day; the last one where it is none of the last six."""
    wanted = request.GET.get("half", "")
    there = [first for first, _last in given_halves(day)]
    return next((first for first in there if first.isoformat() == wanted), there[0])


@require_safe
@requires("cases.performance")
def table(request: HttpRequest) -> HttpResponse:
    """What grants ask of programs: each measure with its definition and what it is held against."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    first, last = half_of(asked(request, day))
    tabs = [
        (
            f"{date_format(begin, 'M')}–{date_format(end, 'M Y')}",  # noqa: RUF001 - from one month to another
            f"?half={begin.isoformat()}",
            begin == first,
        )
        for begin, end in given_halves(day)
    ]
    context = {"first": first, "last": last, "tabs": tabs, "next": _next(day)}
    try:
        context["found"] = performance(viewer, first, day)
    except NoTableYetError:
        context["found"] = None
    return render(request, "cases/performance.html", context)


def _next(day: date) -> tuple[date, date, date]:
    """The next half-year that gets a table: its days, and the day of its table."""
    first, last = half_of(given_halves(day, 1)[0][1] + timedelta(days=1))
    return first, last, given_on(last)


@require_safe
@requires("cases.performance")
def table_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same as CSV. "hidden" and "not collected" are said and are no zeros."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    try:
        found = performance(viewer, asked(request, day), day)
    except NoTableYetError as error:
        raise Http404 from error
    record("cases.performance_exported", by=viewer, at=viewer.at, subject="cases.Referral")
    response = StreamingHttpResponse(write_csv(COLUMNS, rows(found)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="performance-{found.first}.csv"'
    return response


def _opened(request: HttpRequest, code: str) -> OpenedLine:
    """The figure that is asked for, with its records; what there is not is not found."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    try:
        part = Part(request.GET.get("part") or Part.NUMERATOR)
    except ValueError as error:
        raise Http404 from error
    program = request.GET.get("program", TOGETHER)
    try:
        opened = open_line(viewer, asked(request, day), day, program=program, code=code, part=part)
    except NoTableYetError as error:
        raise Http404 from error
    if opened is None:
        raise Http404
    return opened


@require_safe
@requires("cases.performance")
def records(request: HttpRequest, code: str) -> HttpResponse:
    """The records behind one figure, page by page."""
    viewer = viewer_of(request)
    opened = _opened(request, code)
    page = None
    if opened.behind is not None:
        try:
            place = place_asked(request.GET)
        except NoRecordNumber as error:
            raise Http404 from error
        page = record_page(opened.behind, viewer, records=opened.records, adds=opened.adds, **place)
    about = {"half": opened.first.isoformat(), "program": opened.line.program}
    context = {
        "opened": opened,
        "line": opened.line,
        "page": page,
        "about": urlencode(about),
        "link": urlencode({**about, "part": opened.part}),
        "has_purpose": has_purpose(viewer),
        "may_open": may(viewer, "cases.view"),
    }
    return render(request, "cases/performance_records.html", context)


@require_safe
@requires("cases.performance")
def records_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """The same as CSV: those of young people by number, as far as the viewer reads them whole."""
    viewer = viewer_of(request)
    opened = _opened(request, code)
    told = {"half": str(opened.first), "program": opened.line.program, "part": str(opened.part)}
    record(
        "cases.performance_records_exported", by=viewer, at=viewer.at, subject=f"figure:{code}", detail=told
    )
    host = request.build_absolute_uri("/").rstrip("/")
    lines = () if opened.behind is None else all_records(opened.behind, viewer, adds=opened.adds)
    found = file_rows(lines, unit=opened.unit, host=host)
    columns = RECORD_COLUMNS if opened.adds is None else (*RECORD_COLUMNS, "amount")
    cut = (row[: len(columns)] for row in found)
    response = StreamingHttpResponse(write_csv(columns, cut), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="performance-{code}-{opened.first}.csv"'
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
