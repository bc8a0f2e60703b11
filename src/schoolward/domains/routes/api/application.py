"""The tables of a grant application over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Schema
from ninja.errors import HttpError

from schoolward.domains.routes import queries
from schoolward.domains.routes.api.routing import router
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.asking import RowNumber

Value = str | float | int | None


class TableOut(Schema):
    """A table. ``columns`` are names, ``rows`` their values in that order; null is not known or not shown,
    and ``withheld`` says by row and column which are not shown. ``records`` are the addresses behind them.
    ``heading`` is where the program's form asks for it, empty for the district's own; ``source`` and
    ``as_of`` say where the numbers are from and up to which day they tell."""

    key: str
    title: str
    note: str
    invented: bool
    heading: str
    source: str
    as_of: date | None
    columns: list[str]
    rows: list[list[Value]]
    withheld: list[tuple[int, str]]
    records: list[list[str]]


class Asked(Schema):
    """The sites by number, at least one, and the short name of the opportunity that is applied for."""

    site: Annotated[list[RowNumber], Field(max_length=500)] = []
    opportunity: Annotated[str, Field(max_length=60)] = ""


@router.get("/application", url_name="route_application", response=list[TableOut])
def application(request: HttpRequest, asked: Query[Asked]) -> list[dict[str, Any]]:
    """What an application for Safe Routes money asks about these sites, as far as they are the caller's."""
    viewer = viewer_of(request)
    check(viewer, "routes.application")
    if wrong := queries.wrong_about_application(viewer, asked.site, asked.opportunity):
        raise HttpError(422, wrong)
    tables = queries.application_tables(
        viewer, asked.site, on=today(viewer.at), opportunity=asked.opportunity
    )
    return [
        {
            "key": table.key,
            "title": str(table.title),
            "note": str(table.note),
            "invented": table.invented,
            "heading": str(table.heading),
            "source": str(table.source),
            "as_of": table.as_of,
            "columns": table.names,
            "rows": [[_plain(cell.value) for cell in row] for row in table.rows],
            "withheld": [
                (number, name)
                for number, row in enumerate(table.rows)
                for name, cell in zip(table.names, row, strict=True)
                if cell.withheld
            ],
            "records": [[cell.url for cell in row] for row in table.rows],
        }
        for table in tables
    ]


def _plain(value: Any) -> Value:
    return value if value is None or isinstance(value, str | int | float) else str(value)
