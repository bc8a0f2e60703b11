"""Crossings over HTTP: what they are like, what was counted there, and what the warrants say."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a paginator.

from datetime import date, time
from math import isinf
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Schema, Status
from ninja.errors import HttpError
from ninja.pagination import paginate

from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.api.barriers import Degrees, PointsOut
from schoolward.domains.routes.api.routing import router, written
from schoolward.domains.routes.models import Crossing, CrossingCount
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.asking import RowNumber, Slices, Text

Count = Annotated[int, Field(ge=0, le=20_000)]


class CrossingOut(Schema):
    """A crossing. Lengths in feet, speed in miles an hour, degrees WGS 84."""

    id: int
    reference: str
    campus_id: int
    place: str
    longitude: float
    latitude: float
    control: str
    lanes: int
    divided: bool
    width_ft: float
    has_refuge: bool
    rural: bool
    speed_85_mph: float | None
    controlled_within_ft: float | None
    invented: bool


class CountOut(Schema):
    """What was counted. ``gaps`` is null where nobody counted them."""

    id: int
    crossing_id: int
    day: date
    begins: time
    minutes: int
    vehicles: int
    turning: int
    pupils: int
    rows: int
    gaps: int | None


class CrossingIn(Schema):
    """A crossing as a whole: what is left out is none, or not known. Feet, and miles an hour."""

    campus_id: RowNumber
    place: Annotated[str, Field(max_length=200)]
    longitude: Degrees
    latitude: Degrees
    control: Text
    lanes: Annotated[int, Field(ge=1, le=12)]
    width_ft: Annotated[float, Field(ge=1, le=300)]
    divided: bool = False
    has_refuge: bool = False
    rural: bool = False
    speed_85_mph: Annotated[float, Field(ge=1, le=100)] | None = None
    controlled_within_ft: Annotated[float, Field(ge=0, le=100_000)] | None = None


class NewCrossingIn(CrossingIn):
    """A crossing to be entered; it gets a reference where it is given none."""

    reference: Annotated[str, Field(max_length=40)] = ""


class CountIn(Schema):
    """A count. The same day and hour again corrects it."""

    day: date
    begins: time
    minutes: Count
    vehicles: Count
    pupils: Count
    turning: Count = 0
    rows: Count = 1
    gaps: Count | None = None


class NeedOut(Schema):
    """What a criterion needs and what was found; null where not counted, or where nothing is near."""

    quantity: str
    bound: str
    wanted: float
    hours: int
    found: float | None
    outcome: str


class CriterionOut(Schema):
    """One criterion, by the day that speaks most for it."""

    key: str
    title: str
    outcome: str
    day: date | None
    needs: list[NeedOut]


class WarrantsOut(Schema):
    """Whether a guard is warranted, by which edition, and why."""

    outcome: str
    warrants: str
    edition: str
    source: str
    confirmed: bool
    gap_seconds: float
    criteria: list[CriterionOut]


def _crossings(viewer: Viewer, campus_id: int | None) -> QuerySet[Crossing]:
    rows = queries.crossings(viewer).order_by("reference")
    return rows if campus_id is None else rows.filter(campus_id=campus_id)


@router.get("/crossings", url_name="route_crossings", response=list[CrossingOut])
@paginate(Slices)
def crossings(request: HttpRequest, campus_id: RowNumber | None = None) -> QuerySet[Crossing]:
    """Crossings by reference; of one site."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    return _crossings(viewer, campus_id)


@router.get("/crossings.geojson", url_name="route_crossing_points", response=PointsOut)
def points(request: HttpRequest, campus_id: RowNumber | None = None) -> dict[str, Any]:
    """Crossings as GeoJSON, as a city's engineer takes them into a map."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    return queries.crossing_points(_crossings(viewer, campus_id))


@router.post("/crossings", url_name="route_crossing_enter", response={201: CrossingOut})
def enter(request: HttpRequest, sent: NewCrossingIn) -> Status[Crossing]:
    """Enter a crossing."""
    viewer = viewer_of(request)
    check(viewer, "routes.manage")
    return Status(201, _kept(viewer, sent))


@router.get("/crossings/{pk}", url_name="route_crossing", response=CrossingOut)
def crossing(request: HttpRequest, pk: RowNumber) -> Crossing:
    """One crossing."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    return get_object_or_404(queries.crossings(viewer), pk=pk)


@router.put("/crossings/{pk}", url_name="route_crossing_change", response=CrossingOut)
def change(request: HttpRequest, pk: RowNumber, sent: CrossingIn) -> Any:
    """Change what is known of a crossing."""
    viewer = viewer_of(request)
    check(viewer, "routes.manage")
    get_object_or_404(queries.crossings(viewer), pk=pk)
    return _kept(viewer, sent, crossing_id=pk)


def _kept(viewer: Viewer, sent: CrossingIn, **named: Any) -> Any:
    values = sent.dict()
    told = {name: values.pop(name) for name in ("campus_id", "reference") if name in values}
    return written(actions.keep_crossing, viewer, values=values, **told, **named)


@router.get("/crossings/{pk}/warrants", url_name="route_warrants", response=WarrantsOut)
def warrants(request: HttpRequest, pk: RowNumber, warrants: str = queries.DEFAULT_WARRANTS) -> dict[str, Any]:
    """Whether a guard is warranted at a crossing, by one of the shipped sets of warrants."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    one = get_object_or_404(queries.crossings(viewer), pk=pk)
    known = [key for key, _title in queries.keys_of_warrants()]
    if warrants not in known:
        raise HttpError(422, f"warrants: one of {', '.join(known)}")
    found = queries.verdict(one, on=today(viewer.at), key=warrants)
    if found is None:
        raise HttpError(404, "no edition of these warrants holds on the day of the count")
    return {
        "outcome": found.outcome,
        "warrants": found.edition.key,
        "edition": found.edition.edition,
        "source": found.edition.source,
        "confirmed": found.edition.confirmed,
        "gap_seconds": found.gap_s,
        "criteria": [
            {
                "key": judged.criterion.key,
                "title": judged.criterion.title,
                "outcome": judged.outcome,
                "day": judged.day,
                "needs": [
                    {
                        "quantity": need.need.quantity,
                        "bound": need.need.bound,
                        "wanted": need.need.value,
                        "hours": need.need.hours,
                        "found": None if need.found is None or isinf(need.found) else need.found,
                        "outcome": need.outcome,
                    }
                    for need in judged.needs
                ],
            }
            for judged in found.criteria
        ],
    }


@router.get("/crossings/{pk}/counts", url_name="route_counts", response=list[CountOut])
@paginate(Slices)
def counts(request: HttpRequest, pk: RowNumber) -> QuerySet[CrossingCount]:
    """What was counted at a crossing, the newest first."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    one = get_object_or_404(queries.crossings(viewer), pk=pk)
    return queries.counts(viewer).filter(crossing=one).order_by("-day", "begins")


@router.post("/crossings/{pk}/counts", url_name="route_count", response={201: CountOut})
def count(request: HttpRequest, pk: RowNumber, sent: CountIn) -> Status[CrossingCount]:
    """Send what was counted at a crossing."""
    viewer = viewer_of(request)
    check(viewer, "routes.count")
    get_object_or_404(queries.crossings(viewer), pk=pk)
    return Status(201, written(actions.keep_count, viewer, crossing_id=pk, **sent.dict()))
