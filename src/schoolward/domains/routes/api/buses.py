"""Walking school buses over HTTP: stops, leaders with their vetting, and every walk."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a paginator.

from datetime import date, time
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Schema, Status
from ninja.pagination import paginate

from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.api.barriers import Degrees
from schoolward.domains.routes.api.routing import router, written
from schoolward.domains.routes.models import BusLeader, BusRun, WalkingBus
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.asking import RowNumber, Slices, Text


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


class BusIn(Schema):
    """A walking bus as a whole. Days are numbered from Monday 0. The name is the way's, and no one's."""

    campus_id: RowNumber
    name: Annotated[str, Field(max_length=120)]
    capacity: Annotated[int, Field(ge=1, le=200)]
    pupils_per_leader: Annotated[int, Field(ge=1, le=30)] = 6
    weekdays: Annotated[list[int], Field(max_length=7)] = list(actions.SCHOOL_DAYS)
    valid_from: date
    valid_to: date | None = None


class StopIn(Schema):
    """A stop: a corner, and no one's home."""

    place: Annotated[str, Field(max_length=200)]
    longitude: Degrees
    latitude: Degrees
    leaves_at: time


class StopsIn(Schema):
    """All stops of a bus, first to last; the last is the school."""

    stops: Annotated[list[StopIn], Field(max_length=100)]


class LeaderIn(Schema):
    """An account that may lead, and the two dates of its vetting; no result of it is kept."""

    account_id: RowNumber
    valid_from: date
    valid_to: date | None = None
    vetted_on: date | None = None
    vetted_until: date | None = None


def _bus(viewer: Viewer, key: str) -> WalkingBus:
    return get_object_or_404(queries.buses(viewer), key=key)


@router.get("/buses", url_name="route_buses", response=list[BusOut])
@paginate(Slices)
def buses(request: HttpRequest) -> QuerySet[WalkingBus]:
    """Walking buses by name, with their stops."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    return queries.buses(viewer).prefetch_related("stops").order_by("name", "pk")


@router.post("/buses", url_name="route_bus_enter", response={201: BusOut})
def enter(request: HttpRequest, sent: BusIn) -> Status[WalkingBus]:
    """Enter a walking bus. Its short name is made of its name."""
    viewer = viewer_of(request)
    check(viewer, "routes.manage")
    return Status(201, written(actions.keep_bus, viewer, **sent.dict()))


@router.get("/buses/{key}", url_name="route_bus", response=BusOut)
def bus(request: HttpRequest, key: str) -> WalkingBus:
    """One walking bus."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    return _bus(viewer, key)


@router.put("/buses/{key}", url_name="route_bus_change", response=BusOut)
def change(request: HttpRequest, key: str, sent: BusIn) -> Any:
    """Change a walking bus."""
    viewer = viewer_of(request)
    check(viewer, "routes.manage")
    return written(actions.keep_bus, viewer, bus_id=_bus(viewer, key).pk, **sent.dict())


@router.put("/buses/{key}/stops", url_name="route_stops", response=BusOut)
def stops(request: HttpRequest, key: str, sent: StopsIn) -> Any:
    """Give a bus its stops; what was there is replaced."""
    viewer = viewer_of(request)
    check(viewer, "routes.manage")
    told = [actions.Stop(**stop.dict()) for stop in sent.stops]
    return written(actions.set_stops, viewer, bus_id=_bus(viewer, key).pk, stops=told)


@router.post("/buses/{key}/leaders", url_name="route_leader_keep", response=LeaderOut)
def keep_leader(request: HttpRequest, key: str, sent: LeaderIn) -> dict[str, Any]:
    """Let an account lead, or bring its vetting up to date."""
    viewer = viewer_of(request)
    check(viewer, "routes.manage")
    made = written(actions.keep_leader, viewer, bus_id=_bus(viewer, key).pk, **sent.dict())
    return _leader(made, today(viewer.at))


def _leader(leader: BusLeader, day: date) -> dict[str, Any]:
    return {
        "id": leader.pk,
        "account": leader.account.name,
        "vetted_until": leader.vetted_until,
        "against": actions.why_not_leading(leader, day),
    }


@router.get("/buses/{key}/walks", url_name="route_walks", response=list[WalkOut])
@paginate(Slices)
def walks(request: HttpRequest, key: str) -> QuerySet[BusRun]:
    """The walks of a bus, the newest first."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    return queries.runs(viewer).filter(bus=_bus(viewer, key)).order_by("-day", "direction")


@router.get("/buses/{key}/leaders", url_name="route_leaders", response=list[LeaderOut])
def leaders(request: HttpRequest, key: str) -> list[dict[str, Any]]:
    """Who may lead a bus, and why not today. For those who write walks down."""
    viewer = viewer_of(request)
    check(viewer, "routes.lead")
    one = _bus(viewer, key)
    day = today(viewer.at)
    rows = queries.leaders(viewer).filter(bus=one).order_by("account__name", "pk")
    return [_leader(leader, day) for leader in rows]


@router.post("/buses/{key}/walks", url_name="route_walk", response={201: WalkOut})
def walk(request: HttpRequest, key: str, sent: WalkIn) -> Status[BusRun]:
    """Write a walk down. Safe to be sent twice."""
    viewer = viewer_of(request)
    check(viewer, "routes.lead")
    one = _bus(viewer, key)
    given = sent.dict()
    made = written(actions.keep_run, viewer, bus_id=one.pk, leader_ids=given.pop("leaders"), **given)
    return Status(201, made)
