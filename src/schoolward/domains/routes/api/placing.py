"""Where guards protect most pupils, and walking buses with the fewest leaders, over HTTP."""

# No deferred annotations here: Ninja reads them where it runs.

from datetime import time
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, File, Form, Schema
from ninja.files import UploadedFile

from schoolward.domains.routes import actions
from schoolward.domains.routes.api.plans import file_of
from schoolward.domains.routes.api.routing import router, written
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.files.in_memory import only_in_memory
from schoolward.platform.ui.asking import Text

only_in_memory("api:route_guards_ask", "api:route_bus_ask", most=actions.MOST_BYTES)


class GuardsIn(Schema):
    """How many guards, and whether ``all`` crossings of a way must be guarded or ``any``."""

    guards: Annotated[int, Field(ge=1, le=actions.MOST_GUARDS)] = 1
    protects: Text = "all"


class PlacedOut(Schema):
    """A crossing to guard; ``alone`` is how many would be unprotected without it, null where not shown."""

    where: str
    longitude: float
    latitude: float
    is_guarded: bool
    alone: int | None


class GuardsOut(Schema):
    """Where guards would stand; no choice protects more than ``bound``. Null where too small to be shown."""

    guards: int
    posts_elsewhere: int
    pupils: int | None
    protected: int | None
    bound: int | None
    greedy: int | None
    is_proved: bool
    without_crossing: int | None
    places: list[PlacedOut]


class BusAskIn(Schema):
    """The site's short name, and within which limits."""

    site: Text = ""
    arrives_at: time = time(7, 50)
    detour: Annotated[float, Field(ge=actions.BUS_DETOURS[0], le=actions.BUS_DETOURS[1])] = 1.3
    pupils_per_leader: Annotated[int, Field(ge=1, le=30)] = 6
    farthest_m: Annotated[float, Field(ge=actions.FARTHEST_M[0], le=actions.FARTHEST_M[1])] = 1600


class AskedStopOut(Schema):
    """A corner, and when the line leaves it; the last is the school."""

    place: str
    longitude: float
    latitude: float
    leaves_at: time


class LineOut(Schema):
    """One leader's walk, with how many pupils the leader takes."""

    pupils: int
    walk_m: float
    stops: list[AskedStopOut]


class BusAnswerOut(Schema):
    """Walking buses; no plan has fewer leaders, or with as many less danger, than told."""

    site: str
    pupils: int
    left_out: int
    fewest_leaders: int
    danger: float
    least_danger: float
    is_proved: bool
    lines: list[LineOut]


@router.post("/ask/guards", url_name="route_guards_ask", response=GuardsOut)
def ask_guards(request: HttpRequest, sent: Form[GuardsIn], pupils: File[UploadedFile | None] = None) -> Any:
    """Ask where so many guards protect most pupils of a CSV (id, school, lon, lat). Nothing of it is kept."""
    viewer = viewer_of(request)
    check(viewer, "routes.plan")
    return written(actions.place_guards, viewer, pupils=file_of(request, pupils), **sent.dict())


@router.post("/ask/bus", url_name="route_bus_ask", response=BusAnswerOut)
def ask_bus(request: HttpRequest, sent: Form[BusAskIn], pupils: File[UploadedFile | None] = None) -> Any:
    """Ask for walking buses to a site from a CSV (id, school, lon, lat). Nothing of it is kept."""
    viewer = viewer_of(request)
    check(viewer, "routes.plan")
    return written(actions.plan_bus, viewer, pupils=file_of(request, pupils), **sent.dict())
