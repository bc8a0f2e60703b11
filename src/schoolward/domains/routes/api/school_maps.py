"""The map of a school and the way from here over HTTP. A place stands in the body of a question alone."""

import gzip
import json
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_variables
from ninja import Field, Schema
from ninja.errors import HttpError

from schoolward.analysis.routing.ways import WayProblem
from schoolward.analysis.school_map.gathering import NoStreetNear
from schoolward.analysis.typesetting import MissingCharacter
from schoolward.domains.routes import queries
from schoolward.domains.routes.api.routing import router
from schoolward.domains.routes.forms.ways import WayForm
from schoolward.domains.routes.queries.school_maps import SchoolMap
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.asking import cleaned


class MapOut(Schema):
    """A GeoJSON FeatureCollection (RFC 7946); docs/reference/school-map.md describes its properties."""

    type: str
    school: str
    as_of: str
    zone_minutes: float = Field(description="A walk to the edge of the walk zone.")
    zone_m: float | None = Field(
        description="Meters along streets to its edge, where the district states a distance."
    )
    attribution: str
    invented: str = Field(description="What of it is invented, in a sentence; empty where nothing is.")
    features: list[dict[str, Any]]


class WayIn(Schema):
    """Where one starts: longitude and latitude (WGS 84), or a corner by the names of two streets."""

    place: Annotated[str, Field(max_length=200)] = ""
    longitude: float | None = None
    latitude: float | None = None
    detour: float = Field(1.3, description="1.0, 1.1, 1.2, 1.3, 1.4 or 1.5 times the shortest walk.")


class WayOut(Schema):
    """One way. Lengths in meters; stress in meters of a quiet path that would be as pleasant."""

    length_m: float
    minutes: int
    stress: float
    line: dict[str, Any] | None = Field(description="A GeoJSON LineString; null where nothing is walked.")
    steps: list[dict[str, Any]] = Field(
        description="Each with `words` and `kind`: `along` a street, or `cross` a road with its `help`."
    )


class OfferOut(Schema):
    """The least stress of a way that is at most so many times the shortest walk."""

    detour: float
    length_m: float
    minutes: int
    stress: float


class HazardOut(Schema):
    """A place on the way that is known for one at which to take care."""

    where: str
    why: str
    longitude: float
    latitude: float


class WaysOut(Schema):
    """The shortest and the safest way, and what a longer one buys. Nothing of the question is kept."""

    school: str
    as_of: str
    detour: float
    from_street_m: float
    is_shortest: bool
    shortest: WayOut
    safest: WayOut
    offers: list[OfferOut]
    hazards: list[HazardOut] = Field(description="On the safest way.")
    in_walk_zone: bool = Field(description="Whether the shortest way is within the school's walk zone.")
    walk_zone_m: float
    attribution: str
    invented: str


@router.get("/schools/{key}/map", url_name="route_map", response=MapOut)
def school_map(request: HttpRequest, key: str) -> Any:
    """A school's map as GeoJSON: streets, crossings, guards, what to keep away from, what is suggested."""
    asked = _asked(request, key)
    try:
        return json.loads(gzip.decompress(queries.drawn(asked).packed))
    except NoStreetNear as problem:
        raise HttpError(404, str(problem)) from problem


@router.get("/schools/{key}/map/sheet", url_name="route_map_sheet")
def school_map_sheet(request: HttpRequest, key: str) -> HttpResponse:
    """The map as one page of PDF that a parent can read."""
    asked = _asked(request, key)
    try:
        return HttpResponse(queries.printed(asked), content_type="application/pdf")
    except NoStreetNear as problem:
        raise HttpError(404, str(problem)) from problem
    except MissingCharacter as problem:
        raise HttpError(422, str(problem)) from problem


@router.post("/schools/{key}/way", url_name="route_way", response=WaysOut)
@sensitive_variables()
def way(request: HttpRequest, key: str, sent: WayIn, response: HttpResponse) -> Any:
    """The safest way from a place to a school. The place is not kept, logged or audited."""
    asked = _asked(request, key)
    given = cleaned(WayForm(sent.dict(), asked=asked))
    response["Cache-Control"] = "private, no-store"
    try:
        return queries.way_to(asked, given["start"], detour=given["detour"])
    except WayProblem as problem:
        raise HttpError(422, f"place: {queries.why_no_way(problem)}") from None


def _asked(request: HttpRequest, key: str) -> SchoolMap:
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    found = queries.map_of(key, today(viewer.at), own_sites=viewer.campus_ids)
    if found is None:
        raise HttpError(404, "No map of such a site is here.")
    return found
