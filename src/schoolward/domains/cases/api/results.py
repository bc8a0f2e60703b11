"""What came of visits to the attendance center, over HTTP."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from schoolward.analysis.attendance.gain import LEAST_STUDENTS
from schoolward.analysis.school_days import school_year
from schoolward.domains.cases.queries.results import attendance_gain
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today

router = Router()


class GainOut(Schema):
    """M29 in percentage points; ``null`` where there are too few to tell, and for counts of 1 to 10."""

    value: float | None
    low: float | None
    high: float | None
    change_alone: float | None
    students: int | None
    compared_with: int | None
    verdict: str


@router.get("/results", url_name="centre_results", response=GainOut)
def results(request: HttpRequest) -> dict[str, Any]:
    """Whether attendance rose after first visits of this school year and the one before (M29)."""
    viewer = viewer_of(request)
    first, last = school_year(today(viewer.at))
    found = attendance_gain(viewer, first.replace(year=first.year - 1), last)
    told = found.compared

    def shown(count: int | None) -> int | None:
        return None if count is None or 0 < count < LEAST_STUDENTS else count

    return {
        **{name: getattr(told, name) for name in ("value", "low", "high", "verdict")},
        "change_alone": found.alone.value,
        "students": shown(told.students),
        "compared_with": shown(told.compared_with),
    }
