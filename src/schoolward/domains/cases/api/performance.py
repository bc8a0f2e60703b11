"""The performance measures of programs over HTTP."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from schoolward.domains.cases.queries.performance import performance
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today

router = Router()


class LineOut(Schema):
    """One measure of a program; an empty ``program`` is all of them. ``null``: hidden, or not collected."""

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
    """The measures of a half-year."""

    first: date
    last: date
    is_invented: bool
    lines: list[LineOut]


@router.get("/performance", url_name="cases_performance", response=PerformanceOut)
def measures(request: HttpRequest, half: date | None = None) -> Any:
    """What grants ask of programs, of the half-year that a day lies in (this one where none is given).

    Counts of 1 to 10 are hidden with what would give them away.
    """
    viewer = viewer_of(request)
    day = today(viewer.at)
    return performance(viewer, half or day, day)
