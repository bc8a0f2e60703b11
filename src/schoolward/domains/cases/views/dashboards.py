"""Dashboards of programs: all of them, one of them, and what is behind its heads and its money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.domains.cases.queries import dashboards as queries
from schoolward.domains.cases.queries.dashboard_figures import (
    Figure,
    Heads,
    heads_by_step,
    sessions_behind,
    years,
)
from schoolward.platform.access.permissions import may
from schoolward.platform.access.policy import readable
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.audit.actions import record
from schoolward.platform.demo.clock import today
from schoolward.platform.exchange.writers import write_csv, write_xlsx
from schoolward.platform.measures.display import display
from schoolward.platform.ui.charts import bars, chart_svg
from schoolward.platform.ui.lists import XLSX_TYPE
from schoolward.platform.ui.record_pages import Adds, NoRecordNumber, RecordPage, place_asked, record_page

COLUMNS = ("program", "measure", "title", "unit", "from", "to", "value", "numerator", "denominator", "state")


def figure_row(figure: Figure) -> tuple[object, ...]:
    """A figure in the order of :data:`COLUMNS`. Withheld and not collected are said, and are no zeros."""
    reading = figure.reading
    state = "withheld" if reading.suppressed else "" if reading.collected else "not collected"
    return (
        reading.scope.program,
        reading.measure.key,
        str(reading.measure.title),
        reading.measure.unit,
        reading.period.start,
        reading.period.end,
        None if reading.value is None else round(reading.value, 2),
        reading.numerator,
        reading.denominator,
        state,
    )


def _rows(found: queries.Dashboard) -> Iterator[tuple[object, ...]]:
    return (figure_row(one) for group in found.groups for line in group.lines for one in line.figures)


def _file(
    request: HttpRequest, name: str, rows: Iterable[Sequence[object]], viewer: Viewer
) -> HttpResponseBase | None:
    """The table as the file that ``export`` asks for; ``None`` where a page is asked for."""
    kind = request.GET.get("export", "")
    if kind not in ("csv", "xlsx"):
        return None
    subject = f"dashboard:{name}"
    record("programs.figures_exported", by=viewer, at=viewer.at, subject=subject, detail={"format": kind})
    if kind == "csv":
        response = StreamingHttpResponse(write_csv(COLUMNS, rows), content_type="text/csv; charset=utf-8")
    else:
        response = StreamingHttpResponse(write_xlsx(COLUMNS, rows), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


@require_safe
@requires("programs.figures")
def overview(request: HttpRequest) -> HttpResponseBase:
    """Every program whose figures are the viewer's to see."""
    viewer = viewer_of(request)
    rows = queries.overview(viewer, today(viewer.at))
    table = (figure_row(one) for row in rows for one in row.figures)
    if (file := _file(request, "programs", table, viewer)) is not None:
        return file
    context = {"rows": rows, "late": sum(bool(row.late) for row in rows)}
    return render(request, "dashboards/overview.html", context)


@require_safe
@requires("programs.figures")
def program(request: HttpRequest, key: str) -> HttpResponseBase:
    """One program at a glance."""
    viewer = viewer_of(request)
    found = queries.dashboard(viewer, key, today(viewer.at))
    if found is None:
        raise Http404
    if (file := _file(request, key, _rows(found), viewer)) is not None:
        return file
    context = {
        "found": found,
        "program": found.program,
        "chart": _heads_chart(found.heads),
        "heads": [(_span(one), one) for one in found.heads],
        "spent": list(zip(found.spent or (), found.periods, strict=False)),
        "may_see_performance": may(viewer, "cases.performance"),
    }
    return render(request, "dashboards/program.html", context)


def _span(one: Heads) -> str:
    """The months of a step: one of them, or from one to another."""
    last = date_format(one.last, "M Y")
    if (one.first.year, one.first.month) == (one.last.year, one.last.month):
        return last
    return _("%(first)s to %(last)s") % {"first": date_format(one.first, "M Y"), "last": last}


def _heads_chart(heads: list[Heads]) -> str:
    if not any(one.heads for one in heads):
        return ""
    most = max(heads, key=lambda one: one.heads)
    return chart_svg(
        bars([(_span(one), one.heads) for one in heads], unit=_("heads")),
        title=_("Heads that came, by month"),
        description=_("Most came in %(span)s: %(heads)s.")
        % {"span": _span(most), "heads": display(most.heads, "heads")},
    )


@require_safe
@requires("programs.figures")
def heads(request: HttpRequest, key: str) -> HttpResponse:
    """The sessions behind the heads of some months; ``to`` is the last day of a step of the chart, the newest
    without it.
    """
    viewer = viewer_of(request)
    program = queries.program_of(viewer, key)
    steps = heads_by_step(program.kind, key, years(today(viewer.at))) if program is not None else []
    asked = request.GET.get("to") or (steps[-1].last.isoformat() if steps else "")
    step = next((one for one in steps if one.last.isoformat() == asked), None)
    if program is None or step is None:
        raise Http404
    rows = sessions_behind(program.kind, key, step)
    page = _records(request, rows, lambda row, by: row.attended if readable(row, "attended", by) else None)
    context = {
        "program": program,
        "title": _("Heads at %(program)s") % {"program": program.title},
        "lead": _("%(span)s: %(heads)d heads.") % {"span": _span(step), "heads": step.heads},
        "unit": "heads",
        "page": page,
        "link": f"to={step.last}",
    }
    return render(request, "dashboards/records.html", context)


def _records(request: HttpRequest, rows: QuerySet[Any], adds: Adds) -> RecordPage:
    """A page of the records behind a sum."""
    try:
        place = place_asked(request.GET)
    except NoRecordNumber as error:
        raise Http404 from error
    return record_page(rows, viewer_of(request), records=rows.count(), adds=adds, **place)


@require_safe
@requires("programs.figures")
def money(request: HttpRequest, key: str) -> HttpResponse:
    """The parts of expenditures behind what was spent for a program in a school year."""
    viewer = viewer_of(request)
    periods = {str(one.start): one for one in years(today(viewer.at))}
    period = periods.get(request.GET.get("year", ""), next(iter(periods.values())))
    found = queries.program_of(viewer, key)
    rows = queries.money(viewer, key, period) if found is not None else None
    if rows is None:
        raise Http404
    days = {
        "first": date_format(period.start or date.min, "F j, Y"),
        "last": date_format(period.end or period.as_of, "F j, Y"),
    }
    context = {
        "program": found,
        "title": _("Spent for %(program)s") % {"program": found.title},
        "lead": _("%(first)s to %(last)s: what the ledger ties to the program's initiative.") % days,
        "unit": "cents",
        "page": _records(request, rows, lambda row, _by: row.amount_cents),
        "link": f"year={period.start}",
    }
    return render(request, "dashboards/records.html", context)
