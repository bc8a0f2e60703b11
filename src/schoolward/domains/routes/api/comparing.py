"""Two times, and the seasons around a fix, over HTTP."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a query's schema.

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Schema
from ninja.errors import HttpError

from schoolward.analysis.travel import Share
from schoolward.domains.routes import queries
from schoolward.domains.routes.api.routing import router
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.asking import RowNumber


class ShareOut(Schema):
    """A share of trips on foot or by bike, from 0 to 1, with the ends of its 95 percent interval."""

    active: int
    trips: int
    classes: int
    value: float | None
    low: float | None
    high: float | None
    design_effect: float


class BeyondOut(Schema):
    """By how much more the share changed at a fixed site than at the others, with its 95 percent interval."""

    difference: float | None
    low: float | None
    high: float | None


class ComparisonOut(Schema):
    """Two times. Differences are shares, from -1 to 1; all is null where one is withheld or not collected.

    The interval from ``low`` to ``high`` lacks 0 just where ``p_value`` is below 0.05. ``before_seasons`` and
    ``after_seasons`` are those that have a tally; where ``is_like_with_like`` is false they are not the same
    halves of the year, and part of the difference may be the season. ``until`` is the last day of the second
    time that is known so far, null where it is over. ``beyond``, around a fix alone, is the change less that
    at the sites without one.
    """

    before_from: date
    before_to: date
    after_from: date
    after_to: date
    before_seasons: list[str]
    after_seasons: list[str]
    is_like_with_like: bool
    until: date | None
    left_out: list[str] = Field(description="Halves tallied in one time around a fix alone: not compared.")
    beyond: BeyondOut | None
    withheld: bool
    invented: bool
    before: ShareOut | None
    after: ShareOut | None
    difference: float | None
    low: float | None
    high: float | None
    p_value: float | None
    is_clear: bool
    classes_in_both: int | None


def share_of(found: Share | None) -> dict[str, Any] | None:
    """A share as it is told; ``None`` where it is withheld."""
    names = ("active", "trips", "classes", "value", "low", "high", "design_effect")
    return None if found is None else {name: getattr(found, name) for name in names}


class Times(Schema):
    """The two times, both ends included, and the site; all of the caller's sites without one. A time is whole
    seasons, January 1 to June 30 or July 1 to December 31, or several in a row. Or ``fix``, the number of a
    closed barrier: the two seasons before it against the two after it, at its site."""

    before_from: date | None = None
    before_to: date | None = None
    after_from: date | None = None
    after_to: date | None = None
    campus_id: RowNumber | None = None
    fix: RowNumber | None = None


@router.get("/comparison", url_name="route_comparison", response=ComparisonOut)
def comparison(request: HttpRequest, asked: Query[Times]) -> dict[str, Any]:
    """Two times side by side, or the seasons around a fix, with classes as clusters."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    day = today(viewer.at)
    if asked.fix is not None:
        if beside := asked.model_dump(exclude={"fix"}, exclude_none=True):
            raise HttpError(422, f"fix: names its own times and site; leave out {', '.join(beside)}")
        return _around(viewer, asked.fix, day)
    first, second = (asked.before_from, asked.before_to), (asked.after_from, asked.after_to)
    if first[0] is None or first[1] is None or second[0] is None or second[1] is None:
        # Asked only now: whoever may not see it is not told what is wanting.
        raise HttpError(422, "before_from, before_to, after_from, after_to: give all four days, or fix")
    if first[1] < first[0] or second[1] < second[0]:
        raise HttpError(422, "before_to, after_to: the last day lies before the first")
    if second[0] <= first[1]:
        raise HttpError(422, "after_from: the second time begins before the first has ended")
    for side, span in (("before", (first[0], first[1])), ("after", (second[0], second[1]))):
        if not queries.is_of_whole_seasons(*span):
            raise HttpError(
                422,
                f"{side}_from, {side}_to: give whole seasons, January 1 to June 30 or July 1 to December 31, "
                "or several in a row; a few days would tell of a few pupils",
            )
    found = queries.two_times(
        viewer,
        (first[0], first[1]),
        (second[0], second[1]),
        today=day,
        campus_ids=None if asked.campus_id is None else [asked.campus_id],
    )
    return _compared(found)


def _around(viewer: Viewer, fix: int, day: date) -> dict[str, Any]:
    barrier = get_object_or_404(queries.closed_fixes(viewer), pk=fix)
    assert barrier.closed_on is not None  # noqa: S101 - it is closed
    around = queries.around_a_fix(viewer, barrier.campus_id, barrier.closed_on, today=day)
    beyond = around.beyond
    return {
        **_compared(around.there),
        "left_out": [half.value for half in around.left_out],
        "beyond": beyond and {name: getattr(beyond, name) for name in ("difference", "low", "high")},
    }


def _compared(found: queries.TwoTimes) -> dict[str, Any]:
    made = found.comparison
    names = ("difference", "low", "high", "p_value")
    earlier, later = ([f"{year}-{half.value}" for year, half in side] for side in found.seasons)
    return {
        "before_from": found.first[0],
        "before_to": found.first[1],
        "after_from": found.second[0],
        "after_to": found.second[1],
        "before_seasons": earlier,
        "after_seasons": later,
        "is_like_with_like": found.is_like_with_like,
        "until": found.until,
        "left_out": [],
        "beyond": None,
        "withheld": found.withheld,
        "invented": found.invented,
        "before": share_of(made.before) if made else None,
        "after": share_of(made.after) if made else None,
        **{name: getattr(made, name) if made else None for name in names},
        "is_clear": bool(made and made.is_clear),
        "classes_in_both": made.in_both if made else None,
    }
