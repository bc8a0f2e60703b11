"""Networks and plans of schools over HTTP: what the pages show, and planning from a file of pupils."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a paginator.

from datetime import datetime
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Schema
from ninja.errors import HttpError
from ninja.files import UploadedFile
from ninja.pagination import paginate

from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.api.routing import router, written
from schoolward.domains.routes.models import SchoolPlan, StreetNetwork
from schoolward.domains.routes.models.plans import MOST_DETOUR
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.files.in_memory import TOO_LONG, only_in_memory
from schoolward.platform.ui.asking import Slices, Text

only_in_memory("api:route_plans", "api:route_plan_ask", most=actions.MOST_BYTES)

Degrees = Annotated[float, Field(ge=-180, le=180)]


class NetworkOut(Schema):
    """A network of streets. ``about`` tells what was read, left out and assumed where the map is silent."""

    key: str
    title: str
    source: str
    attribution: str
    license_url: str
    digest: str
    made_at: datetime
    registered_at: datetime
    nodes: int
    edges: int
    length_m: float
    stress_version: str
    current: bool
    invented: bool
    about: dict[str, Any]


class ShedOut(Schema):
    """Pupils within so many minutes of the shortest walk; null where not shown."""

    minutes: int
    pupils: int | None
    share: float | None


class TradeOffOut(Schema):
    """Means over the pupils with a way at one limit of the detour, to ten meters."""

    detour: float
    length_m: float
    stress_m: float


class FixOut(Schema):
    """A fix and how many pupils could walk with it who cannot now; null where not shown. Degrees WGS 84."""

    rank: int
    countermeasure: str
    where: str
    longitude: float
    latitude: float
    frees: int | None
    barrier_id: int | None


class PlanOut(Schema):
    """The newest plan of a site. Lengths in meters; stress in meters of a quiet path. No pupil is in it."""

    site: str
    name: str
    year: int
    season: str
    made_at: datetime
    network: str
    longitude: float
    latitude: float
    detour: float
    pupils: int
    shortest_m: float | None
    route_m: float | None
    shortest_stress_m: float | None
    stress_m: float | None
    sheds: list[ShedOut]
    trade_off: list[TradeOffOut]
    tolerable: dict[str, Any] = Field(
        description="What counts as a way that can be walked; how many can and cannot, null where not shown."
    )
    basis: dict[str, Any] = Field(description="Stress model, minute of the day, collisions and barriers.")
    fixes: list[FixOut]
    invented: bool

    @staticmethod
    def resolve_site(plan: SchoolPlan) -> str:
        """The site's short name."""
        return plan.campus.slug

    @staticmethod
    def resolve_name(plan: SchoolPlan) -> str:
        """The site's name."""
        return plan.campus.name

    @staticmethod
    def resolve_network(plan: SchoolPlan) -> str:
        """The network's key."""
        return plan.network.key

    @staticmethod
    def resolve_fixes(plan: SchoolPlan) -> list[Any]:
        """The fixes, the one that frees most first."""
        return list(plan.fixes.all())


class StreetsOut(Schema):
    """A GeoJSON FeatureCollection (RFC 7946) of lines."""

    type: str
    attribution: str
    features: list[dict[str, Any]]


class PlanIn(Schema):
    """How to plan."""

    detour: Annotated[float, Field(ge=1, le=MOST_DETOUR)] = 1.3


class AskIn(Schema):
    """What changes, and where: ``closed``, ``signal`` or ``sidewalk``."""

    change: Text = "closed"
    longitude: Degrees | None = None
    latitude: Degrees | None = None


class SiteOutcomeOut(Schema):
    """What became of a site: ``planned``, ``stands`` (too few came or went) or ``few`` (too few pupils)."""

    site: str
    outcome: str


class PlannedOut(Schema):
    """What came of a file of pupils, of which nothing is kept."""

    sites: list[SiteOutcomeOut]
    off_network: int = Field(
        description="Pupils farther than a kilometer from every street; they are left out."
    )


class SiteAnswerOut(Schema):
    """What a change does at one site; null where the number is too small to be shown."""

    name: str
    pupils: int | None
    touched: int | None
    without_way: int | None
    change_m: float | None


class AnswerOut(Schema):
    """What a change does, by the safest way however long."""

    place: str
    touched: int | None
    sites: list[SiteAnswerOut]


@router.get("/networks", url_name="route_networks", response=list[NetworkOut])
@paginate(Slices)
def networks(request: HttpRequest) -> QuerySet[StreetNetwork]:
    """Networks of streets, the newest first; plans are made on the current one."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    return queries.networks(viewer)


@router.get("/schools", url_name="route_plans", response=list[PlanOut])
@paginate(Slices)
def plans(request: HttpRequest) -> QuerySet[SchoolPlan]:
    """The newest plan of each site, by name."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    return queries.newest_plans(viewer).prefetch_related("fixes")


@router.post("/schools", url_name="route_plans", response=PlannedOut)
def plan_schools(
    request: HttpRequest, sent: Form[PlanIn], pupils: File[UploadedFile | None] = None
) -> dict[str, Any]:
    """Plan from a CSV of pupils (id, school, lon, lat), which is read in memory alone."""
    viewer = viewer_of(request)
    check(viewer, "routes.plan")
    done = written(actions.plan_ways, viewer, pupils=_bytes(request, pupils), detour=sent.detour)
    return {
        "sites": [{"site": one.slug, "outcome": one.outcome.value} for one in done.sites],
        "off_network": done.off_network,
    }


@router.post("/ask", url_name="route_plan_ask", response=AnswerOut)
def ask(request: HttpRequest, sent: Form[AskIn], pupils: File[UploadedFile | None] = None) -> Any:
    """Ask what a change would do to the ways of the pupils of a CSV. Nothing of it is kept."""
    viewer = viewer_of(request)
    check(viewer, "routes.plan")
    if sent.longitude is None or sent.latitude is None:
        raise HttpError(422, "longitude, latitude: say where, in degrees.")
    return written(actions.ask_about_change, viewer, pupils=_bytes(request, pupils), **sent.dict())


@router.get("/schools/{key}", url_name="route_plan", response=PlanOut)
def plan(request: HttpRequest, key: str) -> SchoolPlan:
    """The newest plan of a site."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    return get_object_or_404(queries.newest_plans(viewer), campus__slug=key)


@router.get("/schools/{key}/streets", url_name="route_plan_streets", response=StreetsOut)
def plan_streets(request: HttpRequest, key: str) -> dict[str, Any]:
    """The streets of a site's newest plan, with their pupils as shown."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    return queries.streets_geojson(get_object_or_404(queries.newest_plans(viewer), campus__slug=key))


def _bytes(request: HttpRequest, file: UploadedFile | None) -> bytes:
    if request.META.get(TOO_LONG):
        raise HttpError(422, "pupils: the file is too long; give it in parts of whole schools.")
    if file is None:
        raise HttpError(422, "pupils: send a CSV with the columns id, school, lon, lat.")
    data: bytes = file.read()
    return data
