"""Dashboards of programs over HTTP."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from schoolward.domains.cases.queries import dashboards as queries
from schoolward.domains.cases.queries.dashboard_figures import Figure
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today

router = Router()


class FigureOut(Schema):
    """A measure of one program over a time. ``null``: withheld (``is_withheld``), or not collected.

    ``records`` is the address under which the records behind it are listed.
    """

    measure: str
    title: str
    code: str
    unit: str
    first: date | None
    last: date | None
    value: float | None
    numerator: float | None
    denominator: float | None
    is_withheld: bool
    is_collected: bool
    note: str
    records: str


class LateOut(Schema):
    """Something that is late or stands still today, and where it is opened."""

    text: str
    url: str


class ProgramLineOut(Schema):
    """A program with its figures of twelve months. Places that the caller may not see are ``null``."""

    program: str
    title: str
    kind: str
    state: str
    offered_now: int
    places: int | None
    free: int | None
    waiting: int | None
    figures: list[FigureOut]
    late: list[LateOut]


class OfferedOut(Schema):
    """An offering that runs or begins, with its sessions; ``planned`` is the plan's number of sessions."""

    offering: int
    place: str
    starts_on: date
    ends_on: date
    seats: int | None
    registered: int | None
    waiting: int | None
    held: int
    cancelled: int
    not_reported: int
    ahead: int
    planned: int | None


class HeadsOut(Schema):
    """Heads that came from one day to another: months of a few stand with the next ones."""

    first: date
    last: date
    heads: int


class RatingOut(Schema):
    """What a source says of it, of whom, and when."""

    rating: str
    source: str
    population: str
    dated: date


class SpentOut(Schema):
    """Cents spent for it in a school year; ``null`` where the ledger ties nothing to it."""

    first: date
    last: date
    cents: int | None


class DashboardOut(ProgramLineOut):
    """One program: its figures are of this school year and of the last one.

    ``spent`` is ``null`` where money is not the caller's to see.
    """

    offered: list[OfferedOut]
    heads: list[HeadsOut]
    ratings: list[RatingOut]
    spent: list[SpentOut] | None


def figure_out(figure: Figure) -> dict[str, Any]:
    """A figure as it goes out."""
    reading = figure.reading
    return {
        "measure": reading.measure.key,
        "title": str(reading.measure.title),
        "code": reading.measure.code,
        "unit": reading.measure.unit,
        "first": reading.period.start,
        "last": reading.period.end,
        "value": reading.value,
        "numerator": reading.numerator,
        "denominator": reading.denominator,
        "is_withheld": reading.suppressed,
        "is_collected": reading.collected,
        "note": reading.note,
        "records": figure.trace_url,
    }


def _line_out(found: Any, offered_now: int, figures: list[Figure]) -> dict[str, Any]:
    places = found.capacity
    return {
        "program": found.program.key,
        "title": found.program.title,
        "kind": found.program.kind,
        "state": found.state.value,
        "offered_now": offered_now,
        "places": places.maximum if places else None,
        "free": places.vacant if places else None,
        "waiting": places.waiting if places else None,
        "figures": [figure_out(one) for one in figures],
        "late": [{"text": one.text, "url": one.url} for one in found.late],
    }


def dashboard_out(found: queries.Dashboard, day: date) -> dict[str, Any]:
    """A dashboard as it goes out."""
    figures = [one for group in found.groups for line in group.lines for one in line.figures]
    of_offering = ("starts_on", "ends_on", "seats", "registered", "waiting")
    of_sessions = ("held", "cancelled", "not_reported", "ahead", "planned")
    now = sum(one.offering.starts_on <= day for one in found.offered)
    return {
        **_line_out(found, now, figures),
        "offered": [
            {
                "offering": one.offering.pk,
                "place": one.offering.where,
                **{name: getattr(one.offering, name) for name in of_offering},
                **{name: getattr(one, name) for name in of_sessions},
            }
            for one in found.offered
        ],
        "heads": [{"first": one.first, "last": one.last, "heads": one.heads} for one in found.heads],
        "ratings": [
            {name: getattr(one, name) for name in ("rating", "source", "population", "dated")}
            for one in found.ratings
        ],
        "spent": None
        if found.spent is None
        else [
            {"first": period.start, "last": period.end, "cents": cents}
            for period, cents in zip(found.periods, found.spent, strict=True)
        ],
    }


def overview_out(rows: list[queries.Overview]) -> list[dict[str, Any]]:
    """The overview as it goes out."""
    return [_line_out(row, row.offered, [*row.figures]) for row in rows]


@router.get("/dashboards", url_name="cases_dashboards", response=list[ProgramLineOut])
def dashboards(request: HttpRequest) -> list[dict[str, Any]]:
    """Every program whose figures are the caller's to see; a provider's own alone."""
    viewer = viewer_of(request)
    return overview_out(queries.overview(viewer, today(viewer.at)))


@router.get("/dashboards/{key}", url_name="cases_dashboard", response=DashboardOut)
def dashboard(request: HttpRequest, key: str) -> dict[str, Any]:
    """One program at a glance: delivered, reached, what came of it, what is late. Small counts are hidden."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    found = queries.dashboard(viewer, key, day)
    if found is None:
        raise Http404
    return dashboard_out(found, day)
