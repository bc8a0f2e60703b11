"""Incidents of discipline over HTTP, without a student, and removals by school."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema

from schoolward.domains.cases.models import DisciplineIncident
from schoolward.domains.cases.queries import discipline as queries
from schoolward.platform.access.views import viewer_of

router = Router()
MOST = 200
Year = Annotated[int, Field(ge=1990, le=2999)]


class ResultOut(Schema):
    """What followed, by its code, and for how many students."""

    code: str
    students: int


class DisciplineIncidentOut(Schema):
    """An incident as the state's files tell it. ``month`` is the first day of its month."""

    id: int
    cds_code: str
    school: str
    school_year: int
    number: str
    month: date
    statutory: bool
    offenses: list[str]
    weapons: list[str]
    results: list[ResultOut]


class RemovalsOut(Schema):
    """A school, or all (blank), and its removals in the order of ``codes``; ``null`` is hidden."""

    school: str
    counts: list[int | None]


class RemovalTableOut(Schema):
    """Removals of a school year."""

    year: int
    codes: list[str]
    titles: list[str]
    rows: list[RemovalsOut]


@router.get("", url_name="cases_discipline", response=list[DisciplineIncidentOut])
def incidents(
    request: HttpRequest,
    year: Year | None = None,
    cds_code: Annotated[str, Field(pattern=r"^\d{0,14}$")] = "",
    offset: Annotated[int, Field(ge=0, le=2**31)] = 0,
) -> list[dict[str, Any]]:
    """The incidents, the newest first, two hundred at a time; of a school year and of a school."""
    rows = queries.incidents(viewer_of(request))
    if year is not None:
        rows = rows.filter(school_year=year)
    if cds_code:
        rows = rows.filter(school__cds_code=cds_code)
    return [_incident(row) for row in rows[offset : offset + MOST]]


@router.get("/removals", url_name="cases_removals", response=RemovalTableOut)
def removals(request: HttpRequest, year: Year | None = None) -> Any:
    """How often students were removed in a school year (without one, the last there is), by school and what
    followed. Small counts are hidden, with what would give them away."""
    viewer = viewer_of(request)
    told = queries.years(viewer)
    if year is None and not told:
        raise Http404
    return queries.removals(viewer, year if year is not None else told[0])


def _incident(row: DisciplineIncident) -> dict[str, Any]:
    lines = row.lines.all()
    return {
        **{name: getattr(row, name) for name in ("id", "school_year", "number", "month", "statutory")},
        "cds_code": row.school.cds_code,
        "school": row.school.name,
        "offenses": [line.code for line in lines if line.about == "offense"],
        "weapons": [line.code for line in lines if line.about == "weapon"],
        "results": [line for line in lines if line.about == "result"],
    }
