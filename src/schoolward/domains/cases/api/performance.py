"""The performance measures of programs over HTTP."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from schoolward.domains.cases.queries.performance import NoTableYetError, performance
from schoolward.domains.cases.queries.performance_counting import given_halves
from schoolward.domains.cases.queries.performance_opened import open_line
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.measures.registry import Part
from schoolward.platform.ui.asking import Text
from schoolward.platform.ui.record_pages import all_records

router = Router()


class LineOut(Schema):
    """One measure of a program; an empty ``program`` is all of them. ``null``: hidden, or not collected."""

    code: str
    program: str
    title: str
    measure: str
    definition: str
    unit: str
    value: float | None
    of: int | None
    held_against: str
    is_hidden: bool
    is_collected: bool


class PerformanceOut(Schema):
    """The measures of a half-year, as they were given on a day."""

    first: date
    last: date
    given: date
    is_invented: bool
    lines: list[LineOut]


@router.get("/performance", url_name="cases_performance", response=PerformanceOut)
def measures(request: HttpRequest, half: date | None = None) -> Any:
    """What grants ask of programs, of the half-year that a day lies in (the last one where none is given).

    Counts of 1 to 10 are hidden with what would give them away. A half-year is counted once, three weeks
    after its end, and stays so; one that has no table yet is answered with 422.
    """
    viewer = viewer_of(request)
    day = today(viewer.at)
    try:
        return performance(viewer, half or given_halves(day)[0][0], day)
    except NoTableYetError as error:
        raise HttpError(422, str(error)) from error


class FigureRecordsOut(Schema):
    """The records behind one figure. ``records`` counts them all, as on the day that the table was given;
    ``keys`` are those of today that the caller reads.

    ``amounts`` is what each of these adds where the figure is a sum or a mean, else empty. ``records`` is
    ``null`` where the figure is hidden or not collected.
    """

    figure: LineOut
    part: Part
    records: int | None
    keys: list[str]
    amounts: list[float | None]


@router.get("/performance/{code}/records", url_name="cases_performance_records", response=FigureRecordsOut)
def records(
    request: HttpRequest,
    code: str,
    program: Text = "",
    half: date | None = None,
    part: Part = Part.NUMERATOR,
) -> dict[str, Any]:
    """The very records that a figure was counted from; ``program`` is a key, or empty for all together.

    Records of young people are named by number, to whoever reads the whole of one, and to nobody else.
    """
    viewer = viewer_of(request)
    day = today(viewer.at)
    asked = half or given_halves(day)[0][0]
    try:
        opened = open_line(viewer, asked, day, program=program, code=code, part=part)
    except NoTableYetError as error:
        raise HttpError(422, str(error)) from error
    if opened is None:
        raise Http404
    lines = [] if opened.behind is None else list(all_records(opened.behind, viewer, adds=opened.adds))
    return {
        "figure": opened.line,
        "part": part,
        "records": None if opened.behind is None else opened.records,
        "keys": [key for key, line in lines if line is not None],
        "amounts": [line.amount for _key, line in lines if line is not None and opened.adds is not None],
    }
