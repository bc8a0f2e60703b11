"""Incidents of discipline one by one, and how often students were removed, by school."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from schoolward.domains.cases.exchange.discipline import DisciplineIncidents, export_row
from schoolward.domains.cases.filters import DisciplineFilter
from schoolward.domains.cases.models import DisciplineIncident
from schoolward.domains.cases.queries import discipline as queries
from schoolward.domains.cases.tables import DisciplineTable
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.audit.actions import record
from schoolward.platform.exchange.writers import write_csv
from schoolward.platform.ui.lists import Action, Empty, ListPage


class Incidents(ListPage):
    """What the state's files tell of incidents: no student is named, numbered or counted apart."""

    title = gettext_lazy("Incidents of discipline")
    permission = queries.VIEW
    table_class = DisciplineTable
    filterset_class = DisciplineFilter

    def queryset(self, viewer: Viewer) -> QuerySet[DisciplineIncident]:
        return queries.incidents(viewer)

    def lead(self) -> str:
        return _("As the files for CALPADS tell them. Who was in one stands with the school, and not here.")

    def actions(self) -> list[Action]:
        found = [Action(_("Removals by school"), reverse("cases:removals"))]
        if may(self.viewer, "discipline.import"):
            create = reverse("exchange:create", args=[DisciplineIncidents.key])
            found.append(Action(_("Bring in files"), create, primary=False))
        return found

    def empty(self) -> Empty:
        action = None
        if may(self.viewer, "discipline.import"):
            action = Action(_("Bring in files"), reverse("exchange:create", args=[DisciplineIncidents.key]))
        return Empty(
            _("No incident yet"),
            _("Bring in the files SINC, SIRS and SOFF that the district sends to the state."),
            action,
        )

    def export_table(self, queryset: QuerySet[Any]) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
        rows = queryset.iterator(chunk_size=2000)
        return DisciplineIncidents().column_names, (export_row(row) for row in rows)


@require_safe
@requires(queries.COUNTS)
def removal_table(request: HttpRequest) -> HttpResponse:
    """Removals of a school year, by school and what followed."""
    viewer = viewer_of(request)
    years = queries.years(viewer)
    year = _asked(request, years)
    tabs = [(_title(one), f"?year={one}", one == year) for one in years]
    context = {
        "found": queries.removals(viewer, year) if year is not None else None,
        "title": _title(year) if year is not None else "",
        "tabs": tabs,
        "may_view": may(viewer, queries.VIEW),
    }
    return render(request, "cases/removals.html", context)


@require_safe
@requires(queries.COUNTS)
def removal_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same as CSV. "hidden" is said and is no zero."""
    viewer = viewer_of(request)
    year = _asked(request, queries.years(viewer))
    if year is None:
        raise Http404
    found = queries.removals(viewer, year)
    record("cases.removals_exported", by=viewer, at=viewer.at, subject="cases.DisciplineIncident")
    rows = (
        (year, row.school or "all schools", *("hidden" if one is None else one for one in row.counts))
        for row in found.rows
    )
    columns = ("school_year", "school", *found.codes)
    response = StreamingHttpResponse(write_csv(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="removals-{year}.csv"'
    return response


def _asked(request: HttpRequest, years: list[int]) -> int | None:
    """The school year that is asked for; the last one where it is none of those there are."""
    wanted = request.GET.get("year", "")
    return next((year for year in years if str(year) == wanted), years[0] if years else None)


def _title(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02}"
