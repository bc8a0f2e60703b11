"""Crossings with their warrants, posts of guards, and walking buses, over HTTP."""

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
from schoolward.domains.routes.api.routing import router, written
from schoolward.domains.routes.models import BusRun, Crossing, CrossingCount, GuardPost, WalkingBus
from schoolward.platform.access.permissions import check
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


class PostOut(Schema):
    """A guard's post. Who stands there is not told here."""

    id: int
    reference: str
    crossing_id: int
    agency_id: int
    morning_begins: time | None
    morning_ends: time | None
    afternoon_begins: time | None
    afternoon_ends: time | None
    guards: int
    valid_from: date
    valid_to: date | None
    invented: bool


class StopOut(Schema):
    """A stop; at the last, the school, the bus arrives."""

    number: int
    place: str
    longitude: float
    latitude: float
    leaves_at: time


class BusOut(Schema):
    """A walking bus. Days are numbered from Monday 0."""

    key: str
    name: str
    campus_id: int
    capacity: int
    pupils_per_leader: int
    weekdays: list[int]
    valid_from: date
    valid_to: date | None
    stops: list[StopOut]
    invented: bool

    @staticmethod
    def resolve_stops(bus: WalkingBus) -> Any:
        """First to last."""
        return bus.stops.all()


class WalkOut(Schema):
    """A walk: heads, never names."""

    id: int
    day: date
    direction: str
    pupils: int


class WalkIn(Schema):
    """A walk. ``leaders`` are numbers of the bus's leaders, each with live vetting on the day."""

    day: date
    pupils: Annotated[int, Field(ge=0, le=200)]
    leaders: list[RowNumber] = []
    direction: Text = "arrival"
    note: Text = ""


class LeaderOut(Schema):
    """Who may lead; ``against`` says why not today, and is empty where nothing stands against it."""

    id: int
    account: str
    vetted_until: date | None
    against: str


@router.get("/crossings", url_name="route_crossings", response=list[CrossingOut])
@paginate(Slices)
def crossings(request: HttpRequest, campus_id: RowNumber | None = None) -> QuerySet[Crossing]:
    """Crossings by reference; of one site."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    rows = queries.crossings(viewer).order_by("reference")
    return rows if campus_id is None else rows.filter(campus_id=campus_id)


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


@router.post("/crossings/{pk}/counts", url_name="route_count", response={201: CountOut})
def count(request: HttpRequest, pk: RowNumber, sent: CountIn) -> Status[CrossingCount]:
    """Send what was counted at a crossing."""
    viewer = viewer_of(request)
    check(viewer, "routes.count")
    get_object_or_404(queries.crossings(viewer), pk=pk)
    return Status(201, written(actions.keep_count, viewer, crossing_id=pk, **sent.dict()))


@router.get("/posts", url_name="route_posts", response=list[PostOut])
@paginate(Slices)
def posts(request: HttpRequest, on: date | None = None) -> QuerySet[GuardPost]:
    """Posts of guards by reference; those that exist on a day."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    rows = queries.posts(viewer) if on is None else queries.posts_on(viewer, on)
    return rows.order_by("reference")


@router.get("/buses", url_name="route_buses", response=list[BusOut])
@paginate(Slices)
def buses(request: HttpRequest) -> QuerySet[WalkingBus]:
    """Walking buses by name, with their stops."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    return queries.buses(viewer).prefetch_related("stops").order_by("name", "pk")


@router.get("/buses/{key}/leaders", url_name="route_leaders", response=list[LeaderOut])
def leaders(request: HttpRequest, key: str) -> list[dict[str, Any]]:
    """Who may lead a bus, and why not today. For those who write walks down."""
    viewer = viewer_of(request)
    check(viewer, "routes.lead")
    one = get_object_or_404(queries.buses(viewer), key=key)
    day = today(viewer.at)
    return [
        {
            "id": leader.pk,
            "account": leader.account.name,
            "vetted_until": leader.vetted_until,
            "against": actions.why_not_leading(leader, day),
        }
        for leader in queries.leaders(viewer).filter(bus=one).order_by("account__name", "pk")
    ]


@router.post("/buses/{key}/walks", url_name="route_walk", response={201: WalkOut})
def walk(request: HttpRequest, key: str, sent: WalkIn) -> Status[BusRun]:
    """Write a walk down. Safe to be sent twice."""
    viewer = viewer_of(request)
    check(viewer, "routes.lead")
    one = get_object_or_404(queries.buses(viewer), key=key)
    given = sent.dict()
    made = written(actions.keep_run, viewer, bus_id=one.pk, leader_ids=given.pop("leaders"), **given)
    return Status(201, made)
